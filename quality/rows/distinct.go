package rows

import (
	"github.com/intactdata/intact/quality/expr"
)

// distinct counts the values that differ in each group. It keeps each pair of a
// group and a value that it met.
type distinct struct {
	*crossing
	of     expr.Computed
	values *dictionary
	met    map[uint64]struct{}
	counts []int64
}

func newDistinct(s *scan, f *fold) (body, error) {
	of, err := s.evaluator.Prepare(f.of.Term.Args[0])
	return &distinct{crossing: f.crossing, of: of, values: newDictionary(), met: map[uint64]struct{}{}}, err
}

func (d *distinct) consume(b *expr.Batch) error {
	v, err := d.of.Vector()
	if err != nil {
		return err
	}
	d.counts = grown(d.counts, d.groups())
	if err := d.values.number(v, b.Rows); err != nil {
		return err
	}
	d.each(v, func(group, row int) {
		pair := uint64(group)<<32 | uint64(d.values.ids[row])
		if _, ok := d.met[pair]; !ok {
			d.met[pair] = struct{}{}
			d.counts[group]++
		}
	})
	return nil
}

func (d *distinct) value(group int) (expr.Value, error) { return expr.ValueOf(d.counts[group]) }
