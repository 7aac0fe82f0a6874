package exact

import (
	"math/big"
	"math/bits"
)

// An Int128 is an integer of 128 bits in two's complement.
type Int128 struct {
	Lo uint64
	Hi int64
}

// Widen returns an integer as one of 128 bits.
func Widen(x int64) Int128 { return Int128{Lo: uint64(x), Hi: x >> 63} }

// Negated returns −n.
func (n Int128) Negated() Int128 {
	lo, borrow := bits.Sub64(0, n.Lo, 0)
	return Int128{Lo: lo, Hi: -n.Hi - int64(borrow)}
}

// Compare returns −1, 0 or 1 as n is less than, equal to or greater than m.
func (n Int128) Compare(m Int128) int {
	switch {
	case n == m:
		return 0
	case n.Hi < m.Hi || n.Hi == m.Hi && n.Lo < m.Lo:
		return -1
	}
	return 1
}

// Big returns n.
func (n Int128) Big() *big.Int {
	z := new(big.Int).Lsh(big.NewInt(n.Hi), 64)
	return z.Add(z, new(big.Int).SetUint64(n.Lo))
}

// A Wide is an integer of 256 bits in two's complement, the least significant
// word first: room for the sum of any number of integers.
type Wide [4]uint64

// Add adds an integer.
func (w *Wide) Add(n Int128) {
	sign := uint64(n.Hi >> 63)
	var carry uint64
	w[0], carry = bits.Add64(w[0], n.Lo, 0)
	w[1], carry = bits.Add64(w[1], uint64(n.Hi), carry)
	w[2], carry = bits.Add64(w[2], sign, carry)
	w[3], _ = bits.Add64(w[3], sign, carry)
}

// abs returns the magnitude.
func (w Wide) abs() (Wide, bool) {
	if int64(w[3]) >= 0 {
		return w, false
	}
	var borrow uint64
	for i := range w {
		w[i], borrow = bits.Sub64(0, w[i], borrow)
	}
	return w, true
}

// Over returns w/n rounded half away from zero, and whether 128 bits hold it.
func (w Wide) Over(n uint64) (Int128, bool) {
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
	z := Int128{Lo: q[0], Hi: int64(q[1])}
	if q[3] != 0 || q[2] != 0 || z.Hi < 0 {
		return Int128{}, false
	}
	if negative {
		z = z.Negated()
	}
	return z, true
}

// Int64 returns w, and whether 64 bits hold it.
func (w Wide) Int64() (int64, bool) {
	i := int64(w[0])
	var same Wide
	same.Add(Widen(i))
	return i, same == w
}

// Big returns w.
func (w Wide) Big() *big.Int {
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
