package rolling

import "math"

// A bitset is a bit for each of some places or slots, 64 to a word, the first one
// the least significant. Bits beyond the last are 0.
type bitset []uint64

// words returns how many words hold n bits.
func words(n int) int { return (n + 63) >> 6 }

func (b bitset) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b bitset) set(i int) { b[i>>6] |= 1 << (i & 63) }

// setRun sets the bits from one up to another.
func (b bitset) setRun(from, to int) {
	if from >= to {
		return
	}
	first, last := from>>6, (to-1)>>6
	begin, end := uint64(math.MaxUint64)<<(from&63), uint64(math.MaxUint64)>>(-to&63)
	if first == last {
		b[first] |= begin & end
		return
	}
	b[first] |= begin
	for i := first + 1; i < last; i++ {
		b[i] = math.MaxUint64
	}
	b[last] |= end
}

// word returns the 64 bits from the given one on.
func (b bitset) word(from int) uint64 {
	i, s := from>>6, from&63
	word := uint64(0)
	if i < len(b) {
		word = b[i] >> s
	}
	if i+1 < len(b) {
		word |= b[i+1] << (64 - s)
	}
	return word
}

// spread sets, n−1 times, each bit that comes after one that is set, but none of
// those in begins: they begin a group, and nothing of what was before is theirs.
// It uses begins up. A doubled step takes a bit twice as far as the step before.
func (b bitset) spread(n int, begins bitset) {
	for covered := 1; covered < n; {
		by := min(covered, n-covered)
		// What is as far as covered behind a beginning has its own group's by now.
		b.orBehind(b, by, begins)
		begins.orBehind(begins, by, nil)
		covered += by
	}
}

// orBehind sets the bits that come so many places after those of other, but for
// those in without.
func (b bitset) orBehind(other bitset, by int, without bitset) {
	skip, s := by>>6, by&63
	for i := len(b) - 1; i >= skip; i-- {
		word := other[i-skip] << s
		if i > skip {
			word |= other[i-skip-1] >> (64 - s)
		}
		if without != nil {
			word &^= without[i]
		}
		b[i] |= word
	}
}
