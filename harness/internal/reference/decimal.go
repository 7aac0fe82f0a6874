package reference

import (
	"fmt"
	"math/big"
	"slices"
)

// Digits after the point.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
const (
	numericScale    = 9
	bigNumericScale = 38
)

// encodeDecimal returns v scaled to an integer in two's complement, least
// byte first and as short as can be. More digits than the type has are an
// error: they would be lost.
func encodeDecimal(v *big.Rat, scale int) ([]byte, error) {
	scaled := new(big.Rat).Mul(v, new(big.Rat).SetInt(pow10(scale)))
	if !scaled.IsInt() {
		return nil, fmt.Errorf("%s has more than %d digits after the point", v.RatString(), scale)
	}
	n := scaled.Num()
	size := n.BitLen()/8 + 1
	if n.Sign() < 0 { // -128 fits in one byte, 128 does not
		size = new(big.Int).Not(n).BitLen()/8 + 1
		n = new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(8*size)))
	}
	b := n.FillBytes(make([]byte, size))
	slices.Reverse(b)
	return b, nil
}

func decodeDecimal(b []byte, scale int) *big.Rat {
	b = slices.Clone(b)
	slices.Reverse(b)
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return new(big.Rat).SetFrac(n, pow10(scale))
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
