package rows

import (
	"github.com/intactdata/intact/quality/expr"
)

// count is how many rows each group has.
type count struct{ *crossing }

func newCount(_ *scan, f *fold) (body, error) { return count{f.crossing}, nil }

func (c count) consume(*expr.Batch) error { return nil }

func (c count) fill(out *expr.Vector, low, high int) error {
	fillCounts(out, c.total[low:high])
	return nil
}

func (count) kept() int64 { return 0 } // the crossing's

// fillCounts sets a vector to counts.
func fillCounts(out *expr.Vector, counts []int64) {
	out.Valid = out.Valid.Fill(len(counts))
	copy(out.Ints, counts)
}

// countIf counts where a predicate is TRUE.
type countIf struct {
	*crossing
	predicate expr.Computed
	trues     []int64
	rows      expr.Bitmap // scratch
}

func newCountIf(s *scan, f *fold) (body, error) {
	of := f.of.Term.Args[0]
	if of.AlwaysTrue() {
		return newCount(s, f)
	}
	p, err := s.evaluator.Prepare(of)
	return &countIf{crossing: f.crossing, predicate: p}, err
}

// consume adds the rows to their groups. Where most selected rows are among them
// it adds the whole crossing and takes the others off, so that a column that is
// nearly complete costs next to nothing.
func (c *countIf) consume(b *expr.Batch) error {
	v, err := c.predicate.Vector()
	if err != nil {
		return err
	}
	c.trues = grown(c.trues, c.groups())
	c.rows = v.Trues(c.rows, b.Rows)
	n := 0
	for w, sel := range c.selection.rows {
		c.rows[w] &= sel
	}
	if n = c.rows.Ones(); 2*n <= c.selection.count || !c.few() {
		if n > 0 {
			c.scatter(c.rows, c.trues, 1)
		}
		return nil
	}
	for g, n := range c.batch {
		c.trues[g] += n
	}
	for w, sel := range c.selection.rows {
		c.rows[w] = sel &^ c.rows[w]
	}
	c.scatter(c.rows, c.trues, -1)
	return nil
}

func (c *countIf) fill(out *expr.Vector, low, high int) error {
	fillCounts(out, c.trues[low:high])
	return nil
}

func (c *countIf) kept() int64 { return 8 * int64(cap(c.trues)) }
