package rolling

import (
	"fmt"
	"math/big"
	"math/bits"
	"strings"

	"github.com/intactdata/intact/rolling/internal/exact"
)

// Numeric is a value of BigQuery's [NUMERIC]: so many billionths, as a 128-bit
// integer in two's complement, the layout of Arrow's decimal128.
//
// [NUMERIC]: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
type Numeric struct {
	Lo uint64
	Hi int64
}

// numericScale is the number of digits behind the point.
const numericScale = 9

// billion is how many billionths make 1.
const billion = 1e9

// maxNumeric is 10^38−1 billionths, the largest NUMERIC.
var maxNumeric = Numeric{Lo: 0x098a223fffffffff, Hi: 0x4b3b4ca85a86c47a}

// ParseNumeric reads a decimal such as "-12.5", with at most nine digits behind
// the point and 29 before it.
func ParseNumeric(s string) (Numeric, error) {
	fail := func() (Numeric, error) {
		return Numeric{}, fmt.Errorf("%q is no NUMERIC: write digits, at most 29 before the point and 9 behind it", s)
	}
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(whole) > 29 || len(fraction) > numericScale || !wholeNumber(whole+fraction) {
		return fail()
	}
	var n Numeric
	for _, d := range whole + fraction + "000000000"[len(fraction):] {
		hi, lo := bits.Mul64(n.Lo, 10)
		lo, carry := bits.Add64(lo, uint64(d-'0'), 0)
		n = Numeric{Lo: lo, Hi: n.Hi*10 + int64(hi+carry)}
	}
	if len(digits) < len(s) {
		n = n.negated()
	}
	return n, nil
}

// Big returns the number of billionths.
func (n Numeric) Big() *big.Int { return exact.Int128(n).Big() }

// String returns the decimal without trailing zeros, as BigQuery writes it.
func (n Numeric) String() string {
	sign := ""
	z := n.Big()
	if z.Sign() < 0 {
		sign = "-"
		z.Neg(z)
	}
	digits := fmt.Sprintf("%0*s", numericScale+1, z.String())
	point := len(digits) - numericScale
	text := sign + digits[:point] + "." + digits[point:]
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// Compare returns −1, 0 or 1 as n is less than, equal to or greater than m.
func (n Numeric) Compare(m Numeric) int { return exact.Int128(n).Compare(exact.Int128(m)) }

// inRange reports whether n is a NUMERIC: 128 bits hold a little more.
func (n Numeric) inRange() bool {
	return n.Compare(maxNumeric) <= 0 && n.Compare(maxNumeric.negated()) >= 0
}

func (n Numeric) negated() Numeric { return Numeric(exact.Int128(n).Negated()) }

// sumOfNumerics returns the exact sum, in billionths.
func sumOfNumerics(n []Numeric) (w exact.Wide) {
	for _, v := range n {
		w.Add(exact.Int128(v))
	}
	return w
}
