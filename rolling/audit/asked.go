package audit

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// asked says which rows of batches somebody asks for: those of the suite's days, where its
// filter and the check's are TRUE.
type asked struct {
	evaluator *expr.Evaluator
	is        expr.Computed
	trues     expr.Bitmap
}

// newAsked adds the columns that it needs to those that are read.
func newAsked(where expr.Expr, s expr.Schema, read []string) (*asked, []string, error) {
	a := &asked{}
	if where.IsZero() {
		return a, read, nil
	}
	bound, err := where.BindPredicate(s)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range bound.Columns() {
		if !slices.Contains(read, name) {
			read = append(read, name)
		}
	}
	a.evaluator = expr.NewEvaluator(read)
	a.is, err = a.evaluator.Prepare(bound)
	return a, read, err
}

// of are the rows of a batch, until the next one.
func (a *asked) of(b *expr.Batch) (expr.Bitmap, error) {
	if a.evaluator == nil {
		a.trues = a.trues.Fill(b.Rows)
		return a.trues, nil
	}
	a.evaluator.Next(b)
	v, err := a.is.Vector()
	if err != nil {
		return nil, err
	}
	a.trues = v.Trues(a.trues, b.Rows)
	return a.trues, nil
}
