package rolling

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// A Column is a column of values with its name. Rows where it is NULL are those
// whose bit in the validity bitmap is 0.
type Column struct {
	name  string
	kind  valueKind
	f     []float64
	i     []int64
	n     []Numeric
	valid Bitmap
}

type valueKind uint8

const (
	float64Kind valueKind = iota + 1
	int64Kind
	numericKind
)

var valueKindNames = [...]string{float64Kind: "FLOAT64", int64Kind: "INT64", numericKind: "NUMERIC"}

// Float64s is a column of FLOAT64. NaN and ±Inf are not usable, as if NULL.
func Float64s(name string, values []float64, valid Bitmap) Column {
	return Column{name: name, kind: float64Kind, f: values, valid: valid}
}

// Int64s is a column of INT64.
func Int64s(name string, values []int64, valid Bitmap) Column {
	return Column{name: name, kind: int64Kind, i: values, valid: valid}
}

// Numerics is a column of NUMERIC.
func Numerics(name string, values []Numeric, valid Bitmap) Column {
	return Column{name: name, kind: numericKind, n: values, valid: valid}
}

// Name returns the name of the column.
func (c Column) Name() string { return c.name }

func (c Column) len() int {
	switch c.kind {
	case int64Kind:
		return len(c.i)
	case numericKind:
		return len(c.n)
	}
	return len(c.f)
}

// usable reports whether row i holds a value that can be computed with.
func (c *Column) usable(i int) bool {
	return c.valid.Valid(i) && (c.kind != float64Kind || finite(c.f[i]))
}

// finite is false for NaN and ±Inf.
func finite(x float64) bool { return x-x == 0 }

// A Bitmap says which slots are valid, one bit each, the least significant
// first: the layout of Apache Arrow. A nil Bitmap is all valid.
type Bitmap []byte

// NewBitmap returns a bitmap of n slots, none of them valid.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+7)/8) }

// Valid reports whether slot i is valid.
func (b Bitmap) Valid(i int) bool {
	return b == nil || b[i>>3]>>(i&7)&1 != 0
}

// Set makes slot i valid.
func (b Bitmap) Set(i int) { b[i>>3] |= 1 << (i & 7) }

// covers reports whether the bitmap has a bit for each of n slots.
func (b Bitmap) covers(n int) bool { return b == nil || len(b) >= (n+7)/8 }

// appendUnset appends which of n slots from the given one on are not set, counted
// from there.
func (b Bitmap) appendUnset(unset []int32, from, n int) []int32 {
	for at := 0; at < n; {
		slot := from + at
		word, width := uint64(b[slot>>3]), 8
		if i := slot >> 3; i+8 <= len(b) {
			word, width = binary.LittleEndian.Uint64(b[i:]), 64
		}
		word >>= slot & 7
		width = min(width-slot&7, n-at)
		for word = ^word & (math.MaxUint64 >> (64 - width)); word != 0; word &= word - 1 {
			unset = append(unset, int32(at+bits.TrailingZeros64(word)))
		}
		at += width
	}
	return unset
}
