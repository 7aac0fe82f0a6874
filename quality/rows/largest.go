package rows

import (
	"github.com/intactdata/intact/quality/expr"
)

// largest keeps the value beside the largest number of each group.
type largest struct {
	*crossing
	of, by expr.Computed
	best   []beside
}

type beside struct{ value, number expr.Value }

func newLargest(s *scan, f *fold) (body, error) {
	of, err := s.evaluator.Prepare(f.of.Term.Args[0])
	if err != nil {
		return nil, err
	}
	by, err := s.evaluator.Prepare(f.of.Term.Args[1])
	return &largest{crossing: f.crossing, of: of, by: by}, err
}

func (l *largest) consume(*expr.Batch) error {
	of, err := l.of.Vector()
	if err != nil {
		return err
	}
	by, err := l.by.Vector()
	if err != nil {
		return err
	}
	for len(l.best) < l.groups() {
		l.best = append(l.best, beside{})
	}
	l.each(of, func(group, row int) {
		number := by.Value(row)
		if number.IsNull() {
			return
		}
		best, value := &l.best[group], of.Value(row)
		if order := number.Compare(best.number); best.value.IsNull() || order > 0 || order == 0 && value.Compare(best.value) < 0 {
			*best = beside{value, number}
		}
	})
	return nil
}

func (l *largest) value(group int) (expr.Value, error) { return l.best[group].value, nil }
