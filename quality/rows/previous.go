package rows

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

func newPrevious(n quality.PreviousNode, s *stage) (sink, error) {
	of := make([]expr.Expr, len(n.Values))
	for i, c := range n.Values {
		of[i] = c.Of
	}
	out, at, err := newSorted(n.In, n.Partition, n.Order, s, "previous", of)
	if err != nil {
		return nil, err
	}
	before := make([]int32, 0, batchRows)
	out.add = func(added []expr.Vector, low, high int) error {
		before = before[:0]
		for i := low; i < high; i++ {
			row := int32(-1)
			if !out.first.Get(i) {
				row = out.all[i-1].row
			}
			before = append(before, row)
		}
		for c := range added {
			out.kept.columns[at[c]].gather(&added[c], before)
		}
		return nil
	}
	return out, nil
}

// running is a count and sums over the rows of a partition up to the last tie of
// the one at hand.
type running struct {
	*sorted
	terms []quality.NamedTerm
	at    []int // where the values are
	done  int   // rows that are in it, of all that were ever sent
	count int64
	sums  []totals
	rows  []int32       // scratch: some ties
	value []expr.Vector // the terms up to those
	in    expr.Vector
}

func newRunning(n quality.RunningNode, s *stage) (sink, error) {
	of := make([]expr.Expr, len(n.Terms))
	for i, t := range n.Terms {
		of[i] = slices.Concat(t.Term.Args, []expr.Expr{expr.Lit(true)})[0]
	}
	out, at, err := newSorted(n.In, n.Partition, n.Order, s, "running", of)
	if err != nil {
		return nil, err
	}
	r := &running{sorted: out, terms: n.Terms, at: at, sums: make([]totals, len(at)), value: make([]expr.Vector, len(at))}
	out.add = r.add
	return out, nil
}

func (r *running) add(added []expr.Vector, low, high int) error {
	for c, f := range r.schema[r.width:] {
		added[c].Reset(f.Type, high-low)
	}
	for i := low; i < high; i++ {
		if r.first.Get(i) {
			r.count, r.done = 0, r.sent+i
			for c, t := range r.terms {
				r.sums[c] = totals{of: t.Term.Key()}
			}
		}
		if r.done <= r.sent+i {
			if err := r.step(i, r.ties(i)); err != nil {
				return err
			}
		}
		for c := range added {
			copyRow(&added[c], i-low, &r.value[c])
		}
	}
	return nil
}

// step adds the rows from low up to high.
func (r *running) step(low, high int) error {
	r.rows = r.rows[:0]
	for _, o := range r.all[low:high] {
		r.rows = append(r.rows, o.row)
	}
	r.done = r.sent + high
	r.count += int64(len(r.rows))
	for c, t := range r.terms {
		out := &r.value[c]
		out.Reset(r.schema[r.width+c].Type, 1)
		if t.Term.Op == quality.OpCount {
			fillCounts(out, []int64{r.count})
			continue
		}
		r.kept.columns[r.at[c]].gather(&r.in, r.rows)
		ids := make([]uint32, len(r.rows))
		r.sums[c].add(&r.in, valid(&r.in, len(ids)), ids, 1)
		if err := r.sums[c].fill(out, 0, 1); err != nil {
			return err
		}
	}
	return nil
}

// valid are the rows in which a vector is not NULL.
func valid(v *expr.Vector, rows int) []int32 {
	var out []int32
	for i := range rows {
		if v.Valid.Get(i) {
			out = append(out, int32(i))
		}
	}
	return out
}

// copyRow sets a row of a vector to the first of another.
func copyRow(out *expr.Vector, row int, in *expr.Vector) {
	if !in.Valid.Get(0) {
		return
	}
	out.Valid.Set(row)
	switch storageOf(out.Type) {
	case inInts:
		out.Ints[row] = in.Ints[0]
	case inFloats:
		out.Floats[row] = in.Floats[0]
	case inDecimals:
		out.Decimals[row] = in.Decimals[0]
	}
}
