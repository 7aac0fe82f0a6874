package expr

import (
	"math/big"
	"strings"
)

// The ranges and scales of BigQuery's decimals.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
var (
	ten           = big.NewInt(10)
	numericScale  = new(big.Int).Exp(ten, big.NewInt(9), nil)
	bigScale      = new(big.Int).Exp(ten, big.NewInt(38), nil)
	numericUnits  = new(big.Int).Exp(ten, big.NewInt(38), nil) // |units| stays below
	bigUnitsFloor = new(big.Int).Neg(new(big.Int).Lsh(big.NewInt(1), 255))
	bigUnitsTop   = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(1))
)

// roundDecimal rounds to the scale of the type, halves away from zero, and
// reports whether the result lies in its range.
func roundDecimal(r *big.Rat, t Type) (*big.Rat, bool) {
	scale := numericScale
	if t == BigNumeric {
		scale = bigScale
	}
	twice := new(big.Int).Mul(r.Num(), scale)
	twice.Lsh(twice, 1)
	units, rest := new(big.Int).QuoRem(twice, new(big.Int).Lsh(r.Denom(), 1), new(big.Int))
	if rest.CmpAbs(r.Denom()) >= 0 {
		units.Add(units, big.NewInt(int64(r.Sign())))
	}
	fits := units.CmpAbs(numericUnits) < 0
	if t == BigNumeric {
		fits = units.Cmp(bigUnitsFloor) >= 0 && units.Cmp(bigUnitsTop) <= 0
	}
	return new(big.Rat).SetFrac(units, scale), fits
}

// decimalText writes a decimal without trailing zeros: 12.5, -0.1, 3.
func decimalText(r *big.Rat) string {
	s := r.FloatString(38)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
