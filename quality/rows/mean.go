package rows

import (
	"math/big"

	"github.com/intactdata/intact/quality/expr"
)

// mean is a sum divided once.
type mean struct {
	*sum
	counts []int64
}

func newMean(s *scan, f *fold) (body, error) {
	b, err := newSum(s, f)
	if err != nil {
		return nil, err
	}
	return &mean{sum: b.(*sum)}, nil
}

func (m *mean) consume(b *expr.Batch) error {
	v, err := m.of.Vector()
	if err != nil {
		return err
	}
	m.counts = grown(m.counts, m.groups())
	for _, r := range m.populated(v) {
		m.counts[m.ids[r]]++
	}
	return m.sum.consume(b)
}

func (m *mean) fill(out *expr.Vector, low, high int) error {
	return fillEach(out, low, min(high, len(m.counts)), m.value)
}

func (m *mean) kept() int64 { return m.sum.kept() + 8*int64(cap(m.counts)) }

func (m *mean) value(group int) (expr.Value, error) {
	t := &m.totals
	if m.counts[group] == 0 {
		return expr.Value{}, nil
	}
	var exact *big.Rat
	if t.floats != nil {
		if s := &t.floats[group]; !s.finite() {
			return expr.ValueOf(s.more.other)
		}
		exact = t.floats[group].exact()
	} else {
		exact = t.exact(group)
	}
	exact.Quo(exact, new(big.Rat).SetInt64(m.counts[group]))
	if t.rats == nil {
		f, _ := exact.Float64()
		return expr.ValueOf(f)
	}
	return expr.ParseValue(expr.BigNumeric, exact.FloatString(38))
}

// fillEach sets a vector to the values of groups, one by one.
func fillEach(out *expr.Vector, low, high int, value func(group int) (expr.Value, error)) error {
	for group := low; group < high; group++ {
		v, err := value(group)
		if err == nil {
			err = out.SetValue(group-low, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
