package lineage

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// truth is what a predicate is for a row.
type truth int8

const (
	isNull truth = iota
	isFalse
	isTrue
)

// predicate is an expression over batches; nil is TRUE for each row.
type predicate struct {
	evaluator *expr.Evaluator
	computed  expr.Computed
}

func newPredicate(e expr.Expr, schema expr.Schema, columns []string) (*predicate, error) {
	if e.IsZero() {
		return nil, nil
	}
	bound, err := e.BindPredicate(schema)
	if err != nil {
		return nil, err
	}
	if bound.Raw() {
		return nil, fmt.Errorf("%s: raw SQL is not run here: write an expression", e)
	}
	p := &predicate{evaluator: expr.NewEvaluator(columns)}
	p.computed, err = p.evaluator.Prepare(bound)
	return p, err
}

// truths are those of a batch.
func (p *predicate) truths(b *expr.Batch) ([]truth, error) {
	out := make([]truth, b.Rows)
	if p == nil {
		for i := range out {
			out[i] = isTrue
		}
		return out, nil
	}
	p.evaluator.Next(b)
	v, err := p.computed.Vector()
	if err != nil {
		return nil, err
	}
	for i := range out {
		if v.Type == expr.Bool && v.Valid.Get(i) {
			if out[i] = isFalse; v.Bools.Get(i) {
				out[i] = isTrue
			}
		}
	}
	return out, nil
}
