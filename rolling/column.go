package rolling

import (
	"encoding/binary"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
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
	return c.valid.Valid(i) && (c.kind != float64Kind || exact.Finite(c.f[i]))
}

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

// unset sets the bits of those of n slots from the given one on that are not set,
// counted from there.
func (b Bitmap) unset(unset bitset.Set, from, n int) bitset.Set {
	unset = memory.Resized(unset, bitset.Words(n))
	for i := range unset {
		slot := from + i<<6
		unset[i] = ^b.word(slot>>3, slot&7)
	}
	if n&63 != 0 {
		unset[len(unset)-1] &= 1<<(n&63) - 1
	}
	return unset
}

// word returns 64 bits from a bit of a byte on, 0 beyond the last.
func (b Bitmap) word(at, bit int) uint64 {
	if at+9 <= len(b) {
		return binary.LittleEndian.Uint64(b[at:])>>bit | uint64(b[at+8])<<(64-bit)
	}
	var end [9]byte
	copy(end[:], b[at:])
	return binary.LittleEndian.Uint64(end[:])>>bit | uint64(end[8])<<(64-bit)
}
