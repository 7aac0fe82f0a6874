package windows

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
)

// A predicate is evaluated over the batches of a selection.
type predicate struct {
	evaluator *quality.Evaluator
	computed  quality.Computed
}

// prepare is called when all columns of the selection are known.
func (s *selection) prepare(e quality.Expr) (*predicate, error) {
	if e.IsZero() {
		return nil, nil
	}
	p := &predicate{evaluator: quality.NewEvaluator(s.columns)}
	var err error
	p.computed, err = p.evaluator.Prepare(e)
	return p, err
}

// appendTo appends what the predicate is for each row of the batch.
func (p *predicate) appendTo(to []rolling.Truth, b *quality.Batch) ([]rolling.Truth, error) {
	p.evaluator.Next(b)
	v, err := p.computed.Vector()
	if err != nil {
		return nil, err
	}
	for i := range b.Rows {
		t := rolling.Unknown
		if v.Type == quality.Bool && v.Valid.Get(i) {
			if t = rolling.False; v.Bools.Get(i) {
				t = rolling.True
			}
		}
		to = append(to, t)
	}
	return to, nil
}
