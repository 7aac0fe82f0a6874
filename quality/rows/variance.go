package rows

import (
	"math"
	"math/big"

	"github.com/intactdata/intact/quality/expr"
)

// variance is of a sample: (Σx² − (Σx)²/n)/(n − 1), of exact sums, rounded once.
type variance struct {
	*crossing
	of    expr.Computed
	last  func(float64) float64
	parts []moments
}

type moments struct {
	n           int64
	sum, square exactFloat
	decimals    [2]big.Rat // sum and square of NUMERIC
	other       bool       // a value is not finite
}

func newVariance(s *scan, f *fold, last func(float64) float64) (body, error) {
	of, err := s.evaluator.Prepare(f.of.Term.Args[0])
	return &variance{crossing: f.crossing, of: of, last: last}, err
}

func (v *variance) consume(*expr.Batch) error {
	of, err := v.of.Vector()
	if err != nil {
		return err
	}
	v.parts = grown(v.parts, v.groups())
	for _, r := range v.populated(of) {
		v.parts[v.ids[r]].add(of, int(r))
	}
	return nil
}

func (v *variance) fill(out *expr.Vector, low, high int) error {
	return fillEach(out, low, min(high, len(v.parts)), v.value)
}

func (v *variance) kept() int64 { return (16*8 + 2*decimalBytes) * int64(cap(v.parts)) }

func (m *moments) add(v *expr.Vector, row int) {
	m.n++
	switch {
	case v.Floats != nil:
		m.float(v.Floats[row])
	case v.Ints != nil && v.Ints[row]>>52 == v.Ints[row]>>63: // a float holds it
		m.float(float64(v.Ints[row]))
	case v.Ints != nil:
		m.decimal(new(big.Rat).SetInt64(v.Ints[row]))
	default:
		m.decimal(v.Decimals[row])
	}
}

func (m *moments) float(x float64) {
	square := x * x
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		m.other = true
		return
	case x != 0 && (square < 0x1p-900 || square > 0x1p900): // what is below it would be lost
		m.decimal(new(big.Rat).SetFloat64(x))
		return
	}
	m.sum.add(x)
	m.square.add(square)
	m.square.add(math.FMA(x, x, -square)) // what the product has lost
}

func (m *moments) decimal(x *big.Rat) {
	m.decimals[0].Add(&m.decimals[0], x)
	m.decimals[1].Add(&m.decimals[1], new(big.Rat).Mul(x, x))
}

func (v *variance) value(group int) (expr.Value, error) {
	m := &v.parts[group]
	switch {
	case m.n < 2:
		return expr.Value{}, nil
	case m.other:
		return expr.ValueOf(math.NaN())
	}
	n := new(big.Rat).SetInt64(m.n)
	sum, square := m.sum.exact(), m.square.exact()
	sum.Add(sum, &m.decimals[0])
	square.Add(square, &m.decimals[1])
	mean := new(big.Rat).Mul(sum, sum)
	out := square.Sub(square, mean.Quo(mean, n))
	out.Quo(out, n.Sub(n, big.NewRat(1, 1)))
	f, _ := out.Float64()
	return expr.ValueOf(v.last(f))
}
