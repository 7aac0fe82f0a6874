package rows

import (
	"github.com/intactdata/intact/quality/expr"
)

// distinct counts the values that differ in each group. It keeps each pair of a
// group and a value that it met.
type distinct struct {
	*crossing
	of     expr.Computed
	values *keyTable
	exact  expr.ExactKeys
	met    map[uint64]struct{}
	counts []int64
}

func newDistinct(s *scan, f *fold) (body, error) {
	of, err := s.evaluator.Prepare(f.of.Term.Args[0])
	return &distinct{crossing: f.crossing, of: of, values: newKeyTable(1), met: map[uint64]struct{}{}}, err
}

func (d *distinct) consume(b *expr.Batch) error {
	v, err := d.of.Vector()
	if err != nil {
		return err
	}
	if err := d.exact.Add(v, b.Rows, nil); err != nil {
		return err
	}
	values, err := d.values.number([]*expr.Vector{v}, b.Rows)
	if err != nil {
		return err
	}
	d.counts = grown(d.counts, d.groups())
	for _, r := range d.populated(v) {
		group := d.ids[r]
		pair := uint64(group)<<32 | uint64(values[r])
		if _, ok := d.met[pair]; !ok {
			d.met[pair] = struct{}{}
			d.counts[group]++
		}
	}
	return nil
}

func (d *distinct) fill(out *expr.Vector, low, high int) error {
	fillCounts(out, d.counts[low:high])
	return nil
}

func (d *distinct) kept() int64 {
	return d.values.bytes() + d.exact.Bytes() + 24*int64(len(d.met)) + 8*int64(cap(d.counts))
}
