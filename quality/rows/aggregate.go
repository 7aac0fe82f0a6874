package rows

import (
	"strconv"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// aggregate keeps a row for each combination of keys. Its memory grows with those.
type aggregate struct {
	*stage
	node  quality.AggregateNode
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
	a := &aggregate{stage: s, node: n, keys: c, scan: newScan(append(columns, keys...))}
	a.batch.Columns = make([]expr.Vector, len(in)+len(keys))
	a.by = a.scan.grouping(quality.Columns(keys...))
	a.scan.crossing(a.scan.selection(), a.by)
	for _, t := range n.Terms {
		a.scan.add(&quality.Fold{Term: t.Term, By: quality.Columns(keys...)})
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
	out := newStack(a.schema)
	rows := a.by.groups()
	for c, f := range a.schema {
		out.columns[c].Reset(f.Type, rows)
	}
	for g := range rows {
		for c := range a.schema {
			v, err := a.value(g, c)
			if err == nil {
				err = out.columns[c].SetValue(g, v)
			}
			if err != nil {
				return err
			}
		}
	}
	return a.sendAll(out.columns, rows)
}

// value is a key of a group, or a term of it: without keys there is one group,
// even of no rows.
func (a *aggregate) value(group, column int) (expr.Value, error) {
	if column < len(a.node.Keys) {
		return a.by.values[group][column], nil
	}
	t := a.terms[column-len(a.node.Keys)]
	if t.err != nil {
		return expr.Value{}, t.err
	}
	if group >= len(t.total) || t.total[group] == 0 {
		return t.of.Term.OverNothing(), nil
	}
	return t.body.value(group)
}
