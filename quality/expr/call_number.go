package expr

import (
	"fmt"
	"math"
	"math/big"
)

// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions
var numberFunctions = []function{
	{name: "ABS", least: 1, most: 1, bind: bindNumber, row: absolute, spreadsNaN: true},
	{name: "DIV", least: 2, most: 2, bind: bindExact, row: exactly(func(a, b int64) int64 { return a / b }, (*big.Int).Quo)},
	{name: "MOD", least: 2, most: 2, bind: bindExact, row: exactly(func(a, b int64) int64 { return a % b }, (*big.Int).Rem)},
	{name: "FLOOR", least: 1, most: 1, bind: bindRounded, row: rounded(math.Floor, -1), spreadsNaN: true},
	{name: "CEIL", least: 1, most: 1, bind: bindRounded, row: rounded(math.Ceil, 1), spreadsNaN: true},
}

func bindNumber(n CallExpr) (Expr, error) {
	if n.Type = n.Args[0].Type(); n.Type != Null && !n.Type.IsNumber() {
		return Expr{}, fmt.Errorf("%s is %s: %s is of a number", n.Args[0], n.Type, n.Name)
	}
	return Expr{n}, nil
}

// bindRounded has FLOAT64 for INT64, as BigQuery has.
func bindRounded(n CallExpr) (Expr, error) {
	if n.Args[0].Type() == Int64 {
		x, err := to(n.Args[0], Float64)
		if err != nil {
			return Expr{}, err
		}
		n.Args[0] = x
	}
	return bindNumber(n)
}

func bindExact(n CallExpr) (_ Expr, err error) {
	if n.Type, err = unify(n.Args); err != nil {
		return Expr{}, err
	}
	if n.Type != Int64 && n.Type.storage() != inDecimals && n.Type != Null {
		return Expr{}, fmt.Errorf("%s is of INT64 and NUMERIC, and not of %s: CAST it, or divide by / and round", n.Name, n.Type)
	}
	return Expr{n}, nil
}

func absolute(n CallExpr) rowFunc {
	switch n.Type.storage() {
	case inInts:
		return func(in []*Vector, out *Vector, i int) bool {
			out.Ints[i] = int64(magnitude(in[0].Ints[i]))
			return out.Ints[i] >= 0 // which the least INT64 has no place for
		}
	case inFloats:
		return func(in []*Vector, out *Vector, i int) bool {
			out.Floats[i] = math.Abs(in[0].Floats[i])
			return true
		}
	}
	return func(in []*Vector, out *Vector, i int) (ok bool) {
		out.Decimals[i], ok = roundDecimal(new(big.Rat).Abs(in[0].Decimals[i]), n.Type)
		return ok
	}
}

// exactly divides without a fraction, towards 0.
func exactly(ints func(a, b int64) int64, units func(z, x, y *big.Int) *big.Int) func(CallExpr) rowFunc {
	return func(n CallExpr) rowFunc {
		if n.Type == Int64 {
			return func(in []*Vector, out *Vector, i int) bool {
				a, b := in[0].Ints[i], in[1].Ints[i]
				switch {
				case b == 0:
					return false
				case b == -1 && a == minInt64: // Go wraps, and has 0 left
					return n.Name == "MOD"
				}
				out.Ints[i] = ints(a, b)
				return true
			}
		}
		return func(in []*Vector, out *Vector, i int) (ok bool) {
			a, b := in[0].Decimals[i], in[1].Decimals[i]
			if b.Sign() == 0 {
				return false
			}
			// a and b are num/common each, so that their units divide as integers.
			x, y := new(big.Int).Mul(a.Num(), b.Denom()), new(big.Int).Mul(b.Num(), a.Denom())
			r := new(big.Rat).SetInt(units(new(big.Int), x, y))
			if n.Name == "MOD" {
				r.Quo(r, new(big.Rat).SetInt(new(big.Int).Mul(a.Denom(), b.Denom())))
			}
			out.Decimals[i], ok = roundDecimal(r, n.Type)
			return ok
		}
	}
}

// rounded goes to the whole number below, or above.
func rounded(floats func(float64) float64, towards int) func(CallExpr) rowFunc {
	return func(n CallExpr) rowFunc {
		if n.Type == Float64 {
			return func(in []*Vector, out *Vector, i int) bool {
				out.Floats[i] = floats(in[0].Floats[i])
				return true
			}
		}
		return func(in []*Vector, out *Vector, i int) (ok bool) {
			x := in[0].Decimals[i]
			whole, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
			if rest.Sign() == towards {
				whole.Add(whole, big.NewInt(int64(towards)))
			}
			out.Decimals[i], ok = roundDecimal(new(big.Rat).SetInt(whole), n.Type)
			return ok
		}
	}
}
