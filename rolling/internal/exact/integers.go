package exact

import "math"

// exactInt is the largest magnitude up to which every integer is a float64.
const exactInt = 1 << 53

// exactIntBits are its bits as a float64.
const exactIntBits = (1023 + 53) << 52

// Floats appends integers to x as float64, and reports whether all of them are exact.
func Floats(x []float64, ints []int64) ([]float64, bool) {
	for _, i := range ints {
		if i < -exactInt || i > exactInt {
			return x, false
		}
		x = append(x, float64(i))
	}
	return x, true
}

// MeanOfInts returns the exact mean of integers, rounded once.
func MeanOfInts(ints []int64) float64 {
	var a Accumulator
	for _, i := range ints {
		// Two halves, each of which is exact.
		a.Add(math.Ldexp(float64(i>>32), 32))
		a.Add(float64(i & math.MaxUint32))
	}
	return a.Over(uint32(len(ints)))
}

// SumOfInts returns the sum of integers.
func SumOfInts(ints []int64) (w Wide) {
	for _, i := range ints {
		w.Add(Widen(i))
	}
	return w
}
