package profile

import (
	"fmt"
	"math"
)

// z is that of 95 %: of a hundred such intervals about five miss the share that rows
// like these have in the long run.
const z = 1.96

// wilson is the interval in which the share lies that k of n rows were found to have.
// https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
func wilson(k, n int64) (low, high float64) {
	p, m := float64(k)/float64(n), float64(n)
	center := p + z*z/(2*m)
	spread := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max((center-spread)/(1+z*z/m), 0), min((center+spread)/(1+z*z/m), 1)
}

// atLeast is the lower end of the interval, as a suite has it: never more than the share
// itself.
func atLeast(s Share) string {
	low, _ := wilson(s.N, s.Of)
	return percent(math.Floor(low * shareSteps))
}

// atMost is the upper end, never less than the share itself.
func atMost(s Share) string {
	_, high := wilson(s.N, s.Of)
	return percent(math.Ceil(high * shareSteps))
}

// shareSteps is how finely shares are told: by a hundredth of a percent.
const shareSteps = 10_000

func percent(steps float64) string { return fmt.Sprintf("%v%%", steps/100) }

// spread is how far a number of rows is off by chance, where each came by itself.
func spread(n int64) int64 { return int64(math.Ceil(z * math.Sqrt(float64(n)))) }
