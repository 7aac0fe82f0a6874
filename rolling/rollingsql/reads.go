package rollingsql

import (
	"slices"
	"strings"
)

// Reads are the columns that the query reads of each table, whatever its windows are as
// many; each stands there once.
func (q *Query) Reads() map[string][]string {
	out := map[string][]string{}
	add := func(s *Source, columns ...string) {
		for _, c := range columns {
			if f, err := s.Schema.Field(c); err == nil {
				c = f.Name
			}
			if c != "" && !slices.ContainsFunc(out[s.Table], func(o string) bool { return strings.EqualFold(o, c) }) {
				out[s.Table] = append(out[s.Table], c)
			}
		}
	}
	for _, s := range q.sources() {
		add(s, s.Entity...)
		add(s, s.At)
		add(s, s.Reset)
	}
	add(&q.Rows, q.Rows.Order...)
	add(&q.Rows, q.Counted.Columns()...)
	if x := q.Expected; x != nil {
		add(&x.Source, slices.Concat(x.Order, slices.Concat(x.Also...), x.Where.Columns(), []string{x.Due})...)
		add(&q.Rows, x.Team)
	}
	for _, spec := range q.Specs {
		add(&q.Rows, spec.Statistic().Column(), spec.Statistic().Per())
	}
	return out
}
