package exact

// A Divisor is what a window is divided by.
type Divisor struct{ n, minusN, inverse float64 }

func newDivisor(n int) Divisor { return Divisor{float64(n), -float64(n), 1 / float64(n)} }

// Divisors are what windows are divided by, by the number of their values.
type Divisors struct {
	Means []Divisor
	Sums  []Divisor // 1, whatever the number
}

// Reach makes the divisors those of up to so many values, 63 at least.
func (d *Divisors) Reach(most int) {
	for n := len(d.Means); n <= max(63, most); n++ {
		// No value is divided by 1: such a window is refused, and quickly so.
		d.Means, d.Sums = append(d.Means, newDivisor(max(1, n))), append(d.Sums, newDivisor(1))
	}
}
