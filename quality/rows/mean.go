package rows

import (
	"math/big"

	"github.com/intactdata/intact/quality/expr"
)

// mean is a sum divided once.
type mean struct{ *sum }

func newMean(s *scan, f *fold) (body, error) {
	b, err := newSum(s, f)
	if err != nil {
		return nil, err
	}
	return mean{b.(*sum)}, nil
}

func (m mean) value(group int) (expr.Value, error) {
	t := &m.totals[group]
	if t.some == 0 {
		return expr.Value{}, nil
	}
	if m.typ == expr.Float64 && t.floats.other != 0 {
		return expr.ValueOf(t.floats.other)
	}
	exact := t.number.value()
	if m.typ == expr.Float64 {
		exact = t.floats.exact()
	}
	exact.Quo(exact, new(big.Rat).SetInt64(t.some))
	if m.typ == expr.Float64 || m.typ == expr.Int64 {
		f, _ := exact.Float64()
		return expr.ValueOf(f)
	}
	return expr.ParseValue(expr.BigNumeric, exact.FloatString(38))
}
