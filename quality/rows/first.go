package rows

import (
	"math/bits"

	"github.com/intactdata/intact/quality/expr"
)

// first keeps the first rows of each group.
type first struct {
	*crossing
	samples
	of  []expr.Computed
	in  []*expr.Vector // scratch
	row int            // that is offered
}

func newFirst(s *scan, f *fold) (body, error) {
	most, values := f.of.Term.First()
	out := &first{crossing: f.crossing, samples: samples{memory: s.memory.of, most: most}}
	for _, e := range values {
		of, err := s.evaluator.Prepare(e)
		if err != nil {
			return nil, err
		}
		out.of = append(out.of, of)
	}
	out.in = make([]*expr.Vector, len(out.of))
	return out, nil
}

func (f *first) consume(*expr.Batch) error {
	if f.selection.count == 0 {
		return nil
	}
	for i, of := range f.of {
		var err error
		if f.in[i], err = of.Vector(); err != nil {
			return err
		}
	}
	f.best = grown(f.best, f.groups())
	for w, word := range f.selection.rows {
		for ; word != 0; word &= word - 1 {
			f.row = w*64 + bits.TrailingZeros64(word)
			f.offer(int(f.ids[f.row]), len(f.in), f.value)
		}
	}
	return nil
}

// value is one of the row that is offered.
func (f *first) value(i int) expr.Value { return f.in[i].Value(f.row) }
