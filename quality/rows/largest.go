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
	l.best = grown(l.best, l.groups())
	for _, r := range l.populated(of) {
		row := int(r)
		number := by.Value(row)
		if number.IsNull() {
			continue
		}
		best, value := &l.best[l.ids[r]], of.Value(row)
		if order := number.Compare(best.number); best.value.IsNull() || order > 0 || order == 0 && value.Compare(best.value) < 0 {
			*best = beside{value, number}
		}
	}
	return nil
}

func (l *largest) fill(out *expr.Vector, low, high int) error {
	return fillEach(out, low, min(high, len(l.best)), l.value)
}

func (l *largest) kept() int64 { return 2 * valueBytes * int64(cap(l.best)) }

// valueBytes is what a value takes, with a short text.
const valueBytes = 64

func (l *largest) value(group int) (expr.Value, error) { return l.best[group].value, nil }
