package rolling

import (
	"math"

	"github.com/intactdata/intact/rolling/internal/exact"
)

// exactInt is the largest magnitude up to which every integer is a float64.
const exactInt = 1 << 53

// exactIntBits are its bits as a float64.
const exactIntBits = (1023 + 53) << 52

func (j *judge) ofInts(k kind, v values) (number, Reason) {
	var z number
	switch k {
	case mean:
		if j.exactFloats(v.i) {
			z.f = divided(j.floats, float64(len(j.floats)))
			return z, Whole
		}
		var a exact.Accumulator
		for _, i := range v.i {
			// Two halves, each of which is exact.
			a.Add(math.Ldexp(float64(i>>32), 32))
			a.Add(float64(i & math.MaxUint32))
		}
		z.f = a.Over(uint32(len(v.i)))
	case sum:
		var w wide
		for _, i := range v.i {
			w.add(widen(i))
		}
		if z.i = int64(w[0]); widen(z.i) != (Numeric{Lo: w[0], Hi: int64(w[1])}) {
			return number{}, NonFinite
		}
	default:
		z.i = v.i[0]
		for _, i := range v.i[1:] {
			if k == smallest && i < z.i || k == largest && i > z.i {
				z.i = i
			}
		}
	}
	return z, Whole
}

func ofNumerics(k kind, n []Numeric) (number, Reason) {
	if k == mean || k == sum {
		var w wide
		for _, v := range n {
			w.add(v)
		}
		divisor := uint64(1)
		if k == mean {
			divisor = uint64(len(n))
		}
		z, ok := w.over(divisor)
		if !ok {
			return number{}, NonFinite
		}
		return number{n: z}, Whole
	}
	m := n[0]
	for _, v := range n[1:] {
		if c := v.Compare(m); k == smallest && c < 0 || k == largest && c > 0 {
			m = v
		}
	}
	return number{n: m}, Whole
}
