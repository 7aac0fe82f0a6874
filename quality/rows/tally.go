package rows

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// tally counts, for each group of a crossing, where a predicate is TRUE and
// where it is NULL; the rest of the crossing's rows is FALSE.
type tally struct {
	request   *quality.Request
	crossing  *crossing
	predicate expr.Computed
	err       error

	trues, nulls []int64
	rows         expr.Bitmap // scratch
}

func (t *tally) consume(b *expr.Batch) {
	if t.err != nil || t.crossing.failed() != nil {
		return
	}
	v, err := t.predicate.Vector()
	if err != nil {
		t.err = err
		return
	}
	c := t.crossing
	t.trues = grown(t.trues, c.groups())
	t.nulls = grown(t.nulls, c.groups())

	t.rows = v.Trues(t.rows, b.Rows)
	for w, sel := range c.selection.rows {
		t.rows[w] &= sel
	}
	t.count(t.rows, t.trues)

	t.rows = t.rows.Reset(b.Rows)
	some := uint64(0)
	for w, sel := range c.selection.rows {
		t.rows[w] = sel &^ v.Valid[w]
		some |= t.rows[w]
	}
	if some != 0 {
		t.count(t.rows, t.nulls)
	}
}

// count adds the rows to their groups. Where most selected rows are among them
// it adds the whole crossing and takes the others off, so that a column that is
// nearly complete costs next to nothing.
func (t *tally) count(rows expr.Bitmap, to []int64) {
	c := t.crossing
	if n := rows.Ones(); 2*n <= c.selection.count || c.groups() > c.selection.count/8 {
		c.scatter(rows, to, 1)
		return
	}
	for g, n := range c.batch {
		to[g] += n
	}
	for w, sel := range c.selection.rows {
		rows[w] = sel &^ rows[w]
	}
	c.scatter(rows, to, -1)
}

func (t *tally) report(out *quality.Measurements) {
	err := t.err
	if err == nil {
		err = t.crossing.failed()
	}
	if err != nil {
		out.Fail(t.request, err)
		return
	}
	out.Done(t.request)
	t.crossing.segments(func(g int, s quality.Segment) {
		out.Add(t.request, s, quality.Counts{
			True:  t.trues[g],
			False: t.crossing.total[g] - t.trues[g] - t.nulls[g],
			Null:  t.nulls[g],
		})
	})
}
