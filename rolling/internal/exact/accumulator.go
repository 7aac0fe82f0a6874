package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// An Accumulator holds an exact sum of finite float64s, whatever their
// magnitudes: an integer in units of 2^-1074, the smallest float64, in limbs of
// 32 bits that leave room for 2^30 values before a carry must be passed on.
// It is the judge of every faster path and the way out where none applies.
type Accumulator struct {
	limbs [accumulatorLimbs]int64
}

// The largest float64 ends at bit 2098; 32 more bits hold the carries.
const accumulatorLimbs = 67

// Add adds a finite value.
func (a *Accumulator) Add(x float64) {
	b := math.Float64bits(x)
	mantissa, exponent := b&(1<<52-1), b>>52&0x7ff
	shift := uint64(0) // of a subnormal
	if exponent != 0 {
		mantissa |= 1 << 52
		shift = exponent - 1
	}
	hi, lo := bits.Mul64(mantissa, 1<<(shift&31))
	parts := [3]int64{int64(lo & 0xffffffff), int64(lo >> 32), int64(hi)}
	limb := a.limbs[shift>>5 : shift>>5+3]
	if b>>63 != 0 {
		for i, p := range parts {
			limb[i] -= p
		}
		return
	}
	for i, p := range parts {
		limb[i] += p
	}
}

// magnitude passes the carries on and returns the sum as a sign and limbs of 32
// bits, the least significant first.
func (a *Accumulator) magnitude() (digits [accumulatorLimbs]uint32, negative bool) {
	carry := int64(0)
	for i, l := range a.limbs {
		carry += l
		digits[i] = uint32(carry)
		carry >>= 32
	}
	if carry < 0 {
		negative = true
		borrow := uint64(1)
		for i, d := range digits {
			borrow += uint64(^d)
			digits[i] = uint32(borrow)
			borrow >>= 32
		}
	}
	return digits, negative
}

// Over returns the sum divided by n, rounded once to nearest even; a result
// beyond the range of float64 is infinite.
func (a *Accumulator) Over(n uint32) float64 {
	digits, negative := a.magnitude()
	remainder := uint64(0)
	top := -1
	for i := len(digits) - 1; i >= 0; i-- {
		d := remainder<<32 | uint64(digits[i])
		digits[i], remainder = uint32(d/uint64(n)), d%uint64(n)
		if digits[i] != 0 && top < 0 {
			top = i
		}
	}
	x := round(&digits, top, remainder, uint64(n))
	if negative && x != 0 {
		return -x
	}
	return x
}

// round returns digits + remainder/n, in units of 2^-1074, as a float64.
func round(digits *[accumulatorLimbs]uint32, top int, remainder, n uint64) float64 {
	if top < 2 {
		// Below 2^64 units. Where they fit 53 bits the spacing is one unit and
		// the remainder alone decides.
		whole := uint64(digits[1])<<32 | uint64(digits[0])
		if whole < 1<<53 {
			if 2*remainder > n || 2*remainder == n && whole&1 != 0 {
				whole++
			}
			return math.Ldexp(float64(whole), -1074)
		}
	}
	// The top 64 bits, the lowest of them set if anything below them is.
	length := top*32 + bits.Len32(digits[top])
	from := max(length-64, 0)
	word := uint64(0)
	for i := range 3 {
		l := from>>5 + i
		if l > top {
			break
		}
		if s := 32*i - from&31; s >= 0 {
			word |= uint64(digits[l]) << s
		} else {
			word |= uint64(digits[l]) >> -s
		}
	}
	below := remainder != 0 || digits[from>>5]&(1<<(from&31)-1) != 0
	for l := 0; l < from>>5 && !below; l++ {
		below = digits[l] != 0
	}
	// Now to 53 bits: half a unit in the last place is 1<<(drop−1).
	drop := bits.Len64(word) - 53
	half := uint64(1) << (drop - 1)
	mantissa, rest := word>>drop, word&(1<<drop-1)
	if rest > half || rest == half && (below || mantissa&1 != 0) {
		mantissa++
	}
	return math.Ldexp(float64(mantissa), from+drop-1074)
}

// int returns the sum in units of 2^-1074.
func (a *Accumulator) int() *big.Int {
	digits, negative := a.magnitude()
	var buf [4 * accumulatorLimbs]byte
	for i, d := range digits {
		at := len(buf) - 4*i
		buf[at-1], buf[at-2], buf[at-3], buf[at-4] = byte(d), byte(d>>8), byte(d>>16), byte(d>>24)
	}
	z := new(big.Int).SetBytes(buf[:])
	if negative {
		z.Neg(z)
	}
	return z
}
