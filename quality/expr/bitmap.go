package expr

import "math/bits"

// Bitmap holds a bit for each row of a batch, the first row in the lowest bit of
// the first word, as Arrow lays validity out. Bits past the last row are zero.
type Bitmap []uint64

func words(n int) int { return (n + 63) / 64 }

// Get returns row i's bit.
func (b Bitmap) Get(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// Set raises row i's bit.
func (b Bitmap) Set(i int) { b[i>>6] |= 1 << (i & 63) }

// Ones counts the rows whose bit is raised.
func (b Bitmap) Ones() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// Reset returns a bitmap for n rows with every bit zero, in b's memory where it
// is large enough.
func (b Bitmap) Reset(n int) Bitmap {
	b = b.sized(n)
	clear(b)
	return b
}

// Fill returns a bitmap for n rows with every bit raised, in b's memory where it
// is large enough.
func (b Bitmap) Fill(n int) Bitmap {
	b = b.sized(n)
	for i := range b {
		b[i] = ^uint64(0)
	}
	b.trim(n)
	return b
}

func (b Bitmap) sized(n int) Bitmap {
	if cap(b) < words(n) {
		return make(Bitmap, words(n))
	}
	return b[:words(n)]
}

// trim keeps the promise about the bits past the last row.
func (b Bitmap) trim(n int) {
	if n&63 != 0 {
		b[len(b)-1] &= 1<<(n&63) - 1
	}
}
