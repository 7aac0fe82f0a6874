package rolling

import (
	"fmt"
	"math/big"
	"math/bits"
	"strings"
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
func (n Numeric) Big() *big.Int {
	z := new(big.Int).Lsh(big.NewInt(n.Hi), 64)
	return z.Add(z, new(big.Int).SetUint64(n.Lo))
}

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
func (n Numeric) Compare(m Numeric) int {
	switch {
	case n == m:
		return 0
	case n.Hi < m.Hi || n.Hi == m.Hi && n.Lo < m.Lo:
		return -1
	}
	return 1
}

func (n Numeric) negated() Numeric {
	lo, borrow := bits.Sub64(0, n.Lo, 0)
	return Numeric{Lo: lo, Hi: -n.Hi - int64(borrow)}
}

// inRange reports whether n is a NUMERIC: 128 bits hold a little more.
func (n Numeric) inRange() bool {
	return n.Compare(maxNumeric) <= 0 && n.Compare(maxNumeric.negated()) >= 0
}

// A wide is an integer of 256 bits in two's complement, the least significant
// word first: room for the sum of any number of NUMERICs or INT64s.
type wide [4]uint64

func (w *wide) add(n Numeric) {
	sign := uint64(n.Hi >> 63)
	var carry uint64
	w[0], carry = bits.Add64(w[0], n.Lo, 0)
	w[1], carry = bits.Add64(w[1], uint64(n.Hi), carry)
	w[2], carry = bits.Add64(w[2], sign, carry)
	w[3], _ = bits.Add64(w[3], sign, carry)
}

// abs returns the magnitude.
func (w wide) abs() (wide, bool) {
	if int64(w[3]) >= 0 {
		return w, false
	}
	var borrow uint64
	for i := range w {
		w[i], borrow = bits.Sub64(0, w[i], borrow)
	}
	return w, true
}

// over returns w/n rounded half away from zero, as [BigQuery rounds], and
// whether it is a NUMERIC.
//
// [BigQuery rounds]: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
func (w wide) over(n uint64) (Numeric, bool) {
	q, negative := w.abs()
	var rest uint64
	for i := len(q) - 1; i >= 0; i-- {
		q[i], rest = bits.Div64(rest, q[i], n)
	}
	if rest >= n-rest {
		var carry uint64 = 1
		for i := range q {
			q[i], carry = bits.Add64(q[i], 0, carry)
		}
	}
	z := Numeric{Lo: q[0], Hi: int64(q[1])}
	if q[3] != 0 || q[2] != 0 || z.Hi < 0 || !z.inRange() {
		return Numeric{}, false
	}
	if negative {
		z = z.negated()
	}
	return z, true
}

// big returns w.
func (w wide) big() *big.Int {
	m, negative := w.abs()
	z := new(big.Int)
	for i := len(m) - 1; i >= 0; i-- {
		z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(m[i]))
	}
	if negative {
		z.Neg(z)
	}
	return z
}

// widen returns x as an integer that can be added.
func widen(x int64) Numeric { return Numeric{Lo: uint64(x), Hi: x >> 63} }
