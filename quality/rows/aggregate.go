package rows

import (
	"strconv"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// aggregate keeps a row for each combination of keys. Its memory grows with those.
type aggregate struct {
	*stage
	keys  computed
	scan  *scan
	by    *grouping
	terms []*fold
	batch expr.Batch
}

func newAggregate(n quality.AggregateNode, s *stage) (sink, error) {
	in := n.In.Schema()
	of := make([]expr.Expr, len(n.Keys))
	columns := names(in)
	var keys []string
	for i, k := range n.Keys {
		of[i] = k.Of
		keys = append(keys, "\x00key "+strconv.Itoa(i)) // no column is called so
	}
	c, err := compute(in, of...)
	a := &aggregate{stage: s, keys: c, scan: newScan(append(columns, keys...))}
	a.batch.Columns = make([]expr.Vector, len(in)+len(keys))
	a.by = a.scan.grouping(keys)
	a.scan.crossing(a.scan.selection(), a.by)
	for _, t := range n.Terms {
		a.scan.add(&quality.Fold{Term: t.Term, By: keys})
	}
	a.terms = a.scan.folds
	return a, err
}

func (a *aggregate) take(b *expr.Batch) error {
	n := len(b.Columns)
	a.batch.Rows = b.Rows
	copy(a.batch.Columns, b.Columns)
	if err := a.keys.columns(b, a.batch.Columns[n:], a.schema); err != nil {
		return err
	}
	a.scan.consume(&a.batch)
	if a.by.err != nil {
		return a.by.err
	}
	for _, t := range a.terms {
		if t.err != nil {
			return t.err
		}
	}
	return nil
}

func (a *aggregate) end() error {
	rows := a.by.groups()
	if a.by.whole() { // one group, even of no rows
		a.scan.consume(&expr.Batch{Columns: make([]expr.Vector, len(a.batch.Columns))})
	}
	out := &expr.Batch{Columns: make([]expr.Vector, len(a.schema))}
	for low := 0; low < rows; low += batchRows {
		high := min(low+batchRows, rows)
		out.Rows = high - low
		for c, f := range a.schema {
			v := &out.Columns[c]
			if c < len(a.by.columns) {
				a.by.table.parts[c].slice(v, f.Type, low, high)
			} else if err := a.terms[c-len(a.by.columns)].values(v, low, high); err != nil {
				return err
			}
		}
		if err := a.send(out); err != nil {
			return err
		}
	}
	return a.finish()
}
