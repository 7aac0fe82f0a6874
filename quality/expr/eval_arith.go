package expr

import (
	"math"
	"math/big"
	"math/bits"
)

// arithmetic computes + - * / as BigQuery's SAFE_ functions do: NULL instead of
// an error.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#safe_add
func arithmetic(n ArithExpr, t Type) apply {
	switch {
	case n.Left.Type() == Date || n.Right.Type() == Date:
		return func(in []*Vector, out *Vector, rows int) { dates(n.Op, in[0], in[1], out, rows) }
	case t.storage() == inInts:
		return func(in []*Vector, out *Vector, rows int) {
			both(in[0], in[1], rows, func(i int) {
				if r, ok := safeInt(n.Op, in[0].Ints[i], in[1].Ints[i]); ok {
					out.Ints[i] = r
					out.Valid.Set(i)
				}
			})
		}
	case t == Float64:
		return func(in []*Vector, out *Vector, rows int) {
			both(in[0], in[1], rows, func(i int) {
				if r, ok := safeFloat(n.Op, in[0].Floats[i], in[1].Floats[i]); ok {
					out.Floats[i] = r
					out.Valid.Set(i)
				}
			})
		}
	case t.storage() == inDecimals:
		return func(in []*Vector, out *Vector, rows int) {
			both(in[0], in[1], rows, func(i int) {
				if r, ok := safeDecimal(n.Op, in[0].Decimals[i], in[1].Decimals[i], t); ok {
					out.Decimals[i] = r
					out.Valid.Set(i)
				}
			})
		}
	}
	return func([]*Vector, *Vector, int) {} // an operand is NULL in every row
}

func safeInt(op ArithOp, a, b int64) (int64, bool) {
	switch op {
	case Add:
		r := a + b
		return r, (r > a) == (b > 0)
	case Subtract:
		r := a - b
		return r, (r < a) == (b > 0)
	}
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	largest := uint64(math.MaxInt64)
	if (a < 0) != (b < 0) {
		largest = 1 << 63
	}
	return a * b, high == 0 && low <= largest
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// safeFloat is NULL where finite numbers overflow, and for division by zero.
func safeFloat(op ArithOp, a, b float64) (float64, bool) {
	var r float64
	switch op {
	case Add:
		r = a + b
	case Subtract:
		r = a - b
	case Multiply:
		r = a * b
	case Divide:
		if b == 0 {
			return 0, false
		}
		r = a / b
	}
	return r, r-r == 0 || a-a != 0 || b-b != 0
}

func safeDecimal(op ArithOp, a, b *big.Rat, t Type) (*big.Rat, bool) {
	r := new(big.Rat)
	switch op {
	case Add:
		r.Add(a, b)
	case Subtract:
		r.Sub(a, b)
	case Multiply:
		r.Mul(a, b)
	case Divide:
		if b.Sign() == 0 {
			return nil, false
		}
		r.Quo(a, b)
	}
	return roundDecimal(r, t)
}

// The days of 0001-01-01 and 9999-12-31, the ends of BigQuery's DATE.
const (
	firstDay = -719162
	lastDay  = 2932896
)

func dates(op ArithOp, a, b, out *Vector, rows int) {
	both(a, b, rows, func(i int) {
		x, y := a.Ints[i], b.Ints[i]
		r, ok := safeInt(op, x, y)
		if !ok || out.Type == Date && (r < firstDay || r > lastDay) {
			return
		}
		out.Ints[i] = r
		out.Valid.Set(i)
	})
}

func negate(in, out *Vector, rows int) {
	each(in, rows, func(i int) {
		switch in.Type.storage() {
		case inInts:
			if in.Ints[i] == minInt64 {
				return
			}
			out.Ints[i] = -in.Ints[i]
		case inFloats:
			out.Floats[i] = -in.Floats[i]
		case inDecimals:
			out.Decimals[i] = new(big.Rat).Neg(in.Decimals[i])
		}
		out.Valid.Set(i)
	})
}
