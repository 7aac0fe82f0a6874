// Package bitset is sets of small numbers, as bits.
package bitset

import "math"

// A Set is a bit for each of some places or slots, 64 to a word, the first one
// the least significant. Bits beyond the last are 0.
type Set []uint64

// Words returns how many words hold n bits.
func Words(n int) int { return (n + 63) >> 6 }

// Has reports whether a bit is set.
func (b Set) Has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

// Add sets a bit.
func (b Set) Add(i int) { b[i>>6] |= 1 << (i & 63) }

// AddRun sets the bits from one up to another.
func (b Set) AddRun(from, to int) {
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

// Word returns the 64 bits from the given one on.
func (b Set) Word(from int) uint64 {
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

// OrBehind sets the bits that come so many places after those that are set, at least
// one, but for those in without, if that is not nil.
func (b Set) OrBehind(by int, without Set) {
	if by >= 64 {
		b.orFarBehind(by, without)
		return
	}
	left, right := by&63, (64-by)&63
	carry := uint64(0)
	if without == nil {
		for i, word := range b {
			b[i] = word | word<<left | carry
			carry = word >> right
		}
		return
	}
	without = without[:len(b)]
	for i, word := range b {
		b[i] = word | (word<<left|carry)&^without[i]
		carry = word >> right
	}
}

// orFarBehind is OrBehind for places that are words apart. It goes from the last word
// down, so that none is changed before it is read.
func (b Set) orFarBehind(by int, without Set) {
	apart, left := by>>6, by&63
	for i := len(b) - 1; i >= apart; i-- {
		word := b[i-apart] << left
		if i > apart {
			word |= b[i-apart-1] >> (64 - left)
		}
		if without != nil {
			word &^= without[i]
		}
		b[i] |= word
	}
}
