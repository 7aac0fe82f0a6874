package rows

import (
	"math"

	"github.com/intactdata/intact/quality/expr"
)

// extreme keeps the value of each group that is furthest to one side: NaN, if one
// is.
type extreme struct {
	*crossing
	of   expr.Computed
	side int
	best []expr.Value
}

func newExtreme(s *scan, f *fold, side int) (body, error) {
	of, err := s.evaluator.Prepare(f.of.Term.Args[0])
	return &extreme{crossing: f.crossing, of: of, side: side}, err
}

func (e *extreme) consume(*expr.Batch) error {
	v, err := e.of.Vector()
	if err != nil {
		return err
	}
	for len(e.best) < e.groups() {
		e.best = append(e.best, expr.Value{})
	}
	e.each(v, func(group, row int) {
		x := v.Value(row)
		if best := e.best[group]; best.IsNull() || isNaN(x) || !isNaN(best) && x.Compare(best)*e.side > 0 {
			e.best[group] = x
		}
	})
	return nil
}

func (e *extreme) value(group int) (expr.Value, error) { return e.best[group], nil }

func isNaN(v expr.Value) bool {
	f, ok := v.Go().(float64)
	return ok && math.IsNaN(f)
}
