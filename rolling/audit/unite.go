package audit

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// mostTogether is how many columns one statement holds against their windows: each is
// some 12 kB of its text, of which BigQuery takes 1 MB.
// https://cloud.google.com/bigquery/quotas#query_jobs
const mostTogether = 50

// Unite is the stored columns of two checks over the same rows, which are then read once.
func (d derivation) Unite(with quality.Uniter) (quality.Uniter, bool) {
	o, ok := with.(derivation)
	if !ok || d.shared() != o.shared() || len(d.Columns)+len(o.Columns) > mostTogether {
		return nil, false
	}
	d.Columns, d.within, d.through = slices.Clone(d.Columns), slices.Clone(d.within), slices.Clone(d.through)
	for i, c := range o.Columns {
		at := slices.IndexFunc(d.Columns, func(known Column) bool { return known.Name == c.Name })
		if at < 0 {
			d.Columns, d.within = append(d.Columns, c), append(d.within, o.within[i])
		} else if d.Columns[at].Spec != c.Spec || d.within[at] != o.within[i] {
			return nil, false // it is claimed to be two things
		}
	}
	for _, name := range o.through {
		if !expr.Named(d.through, name) {
			d.through = append(d.through, name)
		}
	}
	return d, true
}
