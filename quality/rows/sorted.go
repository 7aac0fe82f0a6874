package rows

import (
	"cmp"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sorted keeps all rows, and when they have all come adds columns to them in the
// order of a partition.
type sorted struct {
	*stage
	rows      *stack
	partition []int
	order     []int
	// add computes the columns that are added, for rows in their order; first says
	// where a partition begins, and peers where the ties of a row end.
	add func(order []int32, first []bool, peers []int) ([]expr.Vector, error)
}

func newSorted(in quality.Relation, partition, order []string, s *stage) (*sorted, error) {
	out := &sorted{stage: s, rows: newStack(in.Schema())}
	for _, list := range []struct {
		names []string
		at    *[]int
	}{{partition, &out.partition}, {order, &out.order}} {
		for _, name := range list.names {
			f, err := in.Schema().Field(name)
			if err != nil {
				return nil, err
			}
			*list.at = append(*list.at, in.Schema().Position(f.Name))
		}
	}
	return out, nil
}

func (s *sorted) take(b *expr.Batch) error { return s.rows.push(b) }

func (s *sorted) end() error {
	order := make([]int32, s.rows.rows)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(s.compare(a, b, s.partition), s.compare(a, b, s.order))
	})
	first, peers := make([]bool, len(order)), make([]int, len(order))
	for i := len(order) - 1; i >= 0; i-- {
		first[i] = i == 0 || s.compare(order[i-1], order[i], s.partition) != 0
		peers[i] = i
		if i+1 < len(order) && !first[i+1] && s.compare(order[i], order[i+1], s.order) == 0 {
			peers[i] = peers[i+1]
		}
	}
	added, err := s.add(order, first, peers)
	if err != nil {
		return err
	}
	columns := make([]expr.Vector, len(s.rows.columns))
	for c := range columns {
		gather(&columns[c], &s.rows.columns[c], order)
	}
	return s.sendAll(append(columns, added...), len(order))
}

func (s *sorted) compare(a, b int32, columns []int) int {
	for _, c := range columns {
		v := &s.rows.columns[c]
		if order := v.Value(int(a)).Compare(v.Value(int(b))); order != 0 {
			return order
		}
	}
	return 0
}

func newPrevious(n quality.PreviousNode, s *stage) (sink, error) {
	out, err := newSorted(n.In, n.Partition, n.Order, s)
	if err != nil {
		return nil, err
	}
	of := make([]expr.Expr, len(n.Values))
	for i, c := range n.Values {
		of[i] = c.Of
	}
	values, err := compute(n.In.Schema(), of...)
	out.add = func(order []int32, first []bool, _ []int) ([]expr.Vector, error) {
		all := &expr.Batch{Rows: out.rows.rows, Columns: out.rows.columns}
		now := make([]expr.Vector, len(of))
		if err := values.columns(all, now, s.schema[len(n.In.Schema()):]); err != nil {
			return nil, err
		}
		before := make([]int32, len(order))
		for i := range order {
			before[i] = -1
			if !first[i] {
				before[i] = order[i-1]
			}
		}
		added := make([]expr.Vector, len(now))
		for c := range now {
			gather(&added[c], &now[c], before)
		}
		return added, nil
	}
	return out, err
}

func newRunning(n quality.RunningNode, s *stage) (sink, error) {
	out, err := newSorted(n.In, n.Partition, n.Order, s)
	if err != nil {
		return nil, err
	}
	var of []expr.Expr
	for _, t := range n.Terms {
		of = append(of, slices.Concat(t.Term.Args, []expr.Expr{expr.Lit(true)})[0])
	}
	values, err := compute(n.In.Schema(), of...)
	out.add = func(order []int32, first []bool, peers []int) ([]expr.Vector, error) {
		all := &expr.Batch{Rows: out.rows.rows, Columns: out.rows.columns}
		now := make([]expr.Vector, len(of))
		types := make(expr.Schema, len(of))
		for i, e := range of {
			types[i].Type = e.Type()
		}
		if err := values.columns(all, now, types); err != nil {
			return nil, err
		}
		added := make([]expr.Vector, len(n.Terms))
		for c, t := range n.Terms {
			added[c].Reset(s.schema[len(n.In.Schema())+c].Type, len(order))
			if err := runTerm(t.Term, &now[c], &added[c], order, first, peers); err != nil {
				return nil, err
			}
		}
		return added, nil
	}
	return out, err
}

// runTerm sets for each row the term over the rows of its partition up to the last
// of its ties.
func runTerm(t quality.Term, of, out *expr.Vector, order []int32, first []bool, peers []int) error {
	var sum total
	done := 0 // rows that are in the sum
	for i := range order {
		if first[i] {
			sum = total{typ: of.Type}
			done = i
		}
		for ; done <= peers[i]; done++ {
			sum.add(of, int(order[done]))
		}
		value, err := sum.count()
		if t.Op == quality.OpSum {
			value, err = sum.value(t.Args[0].String())
		}
		if err == nil {
			err = out.SetValue(i, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
