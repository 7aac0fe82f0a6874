package panel

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// A predicate is evaluated over the batches of a selection.
type predicate struct {
	evaluator *expr.Evaluator
	computed  expr.Computed
	resting   expr.Computed // whether it rests on a NaN
	text      string

	rows  int // that it was evaluated for
	nulls int // of those it was NULL for
	nans  int // and rested on a NaN for
}

// predicate adds the columns of an expression, once all others are known. Without one
// it is nil.
func (s *selection) predicate(setting string, e expr.Expr) (*predicate, error) {
	if e.IsZero() {
		return nil, nil
	}
	bound, err := e.BindPredicate(s.schema)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.words.Say(setting, ""), s.table.Name, err)
	}
	for _, c := range bound.Columns() {
		s.place(c)
	}
	p := &predicate{evaluator: expr.NewEvaluator(s.columns), text: e.String()}
	if p.computed, err = p.evaluator.Prepare(bound); err != nil {
		return nil, err
	}
	rests := bound.RestsOnNaN()
	if rests.IsZero() {
		rests = expr.Lit(false)
	}
	p.resting, err = p.evaluator.Prepare(rests)
	return p, err
}

// truths appends what the predicate is for each row of the batch; nothing for nil.
func (p *predicate) truths(to []rolling.Truth, b *expr.Batch) ([]rolling.Truth, error) {
	if p == nil {
		return to, nil
	}
	p.evaluator.Next(b)
	v, err := p.computed.Vector()
	if err != nil {
		return nil, err
	}
	for i := range b.Rows {
		t := rolling.Unknown
		if v.Type == expr.Bool && v.Valid.Get(i) {
			if t = rolling.False; v.Bools.Get(i) {
				t = rolling.True
			}
		}
		if t == rolling.Unknown {
			p.nulls++
		}
		to = append(to, t)
	}
	p.rows += b.Rows
	if v, err = p.resting.Vector(); err != nil {
		return nil, err
	}
	p.nans += v.Trues(nil, b.Rows).Ones()
	return to, nil
}
