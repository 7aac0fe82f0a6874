package league

import (
	"hash/fnv"
	"math/rand/v2"
)

// stream gives the random numbers of one topic. Streams of different topics do
// not share numbers, so leaving one topic out cannot change another.
func stream(seed uint64, topic ...string) *rand.Rand {
	h := fnv.New64a()
	for _, t := range topic {
		h.Write([]byte(t))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// around draws from a bell-like distribution over [mean-3*step, mean+3*step].
func around(r *rand.Rand, mean, step int) int {
	for range 3 {
		mean += r.IntN(2*step+1) - step
	}
	return mean
}

// between draws evenly from [low, high].
func between(r *rand.Rand, low, high int) int {
	return low + r.IntN(high-low+1)
}

// chance is true in so many of 1000 draws.
func chance(r *rand.Rand, permille int) bool {
	return r.IntN(1000) < permille
}

// pick draws an index with a probability proportional to its weight.
// At least one weight must be positive.
func pick(r *rand.Rand, weights []int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	n := r.IntN(total)
	for i, w := range weights {
		if n < w {
			return i
		}
		n -= w
	}
	return len(weights) - 1
}
