package rolling

import (
	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
	"github.com/intactdata/intact/rolling/internal/places"
)

// A prepared is a column over a run of places, ready to be computed with.
type prepared struct {
	column int
	kind   valueKind
	base   int32 // the number of its first place among those of all parts
	places int

	// The values of FLOAT64, and those of INT64 where all of them are exact as float64.
	exact.Run
	ints     []int64
	numerics []Numeric

	habits []exact.Habit // of each column
	width  int           // of the widest windows over rows

	newestNull []int32 // see findNewestNulls

	// The memory of values, whatever the type of this column.
	intMemory     []int64
	numericMemory []Numeric
}

// begin forgets the batch before.
func (v *prepared) begin(width int) { v.habits, v.width = v.habits[:0], width }

// prepare brings the values of a column over the places of a chunk together.
func (v *prepared) prepare(columns []Column, column int, chunk *places.Chunk) {
	if v.column == column {
		return
	}
	c := &columns[column]
	v.column, v.kind, v.base, v.places = column, c.kind, chunk.From, int(chunk.To-chunk.From)
	v.X, v.ints, v.numerics = nil, nil, nil
	v.Nulls, v.newestNull = v.Nulls[:0], v.newestNull[:0]
	if chunk.Row >= 0 {
		v.take(c, int(chunk.Row), v.places)
	} else {
		v.gather(c, chunk.Refs, chunk.States)
	}
	if c.kind == int64Kind {
		v.Convert(v.ints)
	}
	if v.X == nil {
		return
	}
	for len(v.habits) <= column {
		v.habits = append(v.habits, exact.Habit{})
	}
	v.Sum(&v.habits[column], v.width)
}

// take takes the values of n rows one after the other, all of them counted.
func (v *prepared) take(c *Column, row, n int) {
	if c.valid != nil {
		v.Nulls = c.valid.unset(v.Nulls, row, n)
	}
	switch c.kind {
	case float64Kind:
		v.X = c.f[row : row+n]
	case int64Kind:
		v.ints = c.i[row : row+n]
	default:
		v.numerics = c.n[row : row+n]
	}
}

// gather takes values row by row. That one is NULL is no branch, so that the next
// ones are fetched while one is waited for.
func (v *prepared) gather(c *Column, ref []int32, state []places.State) {
	n := len(ref)
	v.Nulls = memory.Zeroed(v.Nulls, bitset.Words(n))
	switch c.kind {
	case float64Kind:
		gather(v.Make(n), c.f, c.valid, ref, state, v.Nulls)
	case int64Kind:
		v.intMemory = memory.Resized(v.intMemory, n)
		v.ints = v.intMemory
		gather(v.ints, c.i, c.valid, ref, state, v.Nulls)
	default:
		v.numericMemory = memory.Resized(v.numericMemory, n)
		v.numerics = v.numericMemory
		gather(v.numerics, c.n, c.valid, ref, state, v.Nulls)
	}
}

// gather sets values to those of the rows, 0 where there is no row that could
// have one, and the bits of the places that are null.
func gather[T any](values, source []T, valid Bitmap, ref []int32, state []places.State, nulls bitset.Set) {
	var zero T
	values, state = values[:len(ref)], state[:len(ref)]
	for k, row := range ref {
		isNull := uint64(0)
		if s := state[k]; s&^places.Unexpected == 0 {
			values[k] = source[row]
			if valid != nil {
				isNull = uint64(^valid[row>>3] >> (row & 7) & 1)
			}
		} else {
			values[k] = zero
			if s&places.Unusable != 0 {
				isNull = 1
			}
		}
		nulls[k>>6] |= isNull << (k & 63)
	}
}

// slice returns the values of the places from one up to another, none of them null.
func (v *prepared) slice(from, to int32) values {
	from, to = from-v.base, to-v.base
	switch v.kind {
	case float64Kind:
		return values{kind: v.kind, x: v.X[from:to]}
	case int64Kind:
		return values{kind: v.kind, i: v.ints[from:to]}
	}
	return values{kind: v.kind, n: v.numerics[from:to]}
}

// findNewestNulls fills newestNull with the newest null place before each place, one
// more than those, or −1 for none. Means and sums do without.
func (v *prepared) findNewestNulls() {
	if len(v.newestNull) > 0 {
		return
	}
	v.newestNull = memory.Resized(v.newestNull, v.places+1)
	newest := int32(-1)
	for k := range v.newestNull {
		v.newestNull[k] = newest
		if k < v.places && len(v.Nulls) > 0 && v.Nulls.Has(k) {
			newest = v.base + int32(k)
		}
	}
}
