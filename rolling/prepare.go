package rolling

import (
	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A prepared is a column over a run of places, ready to be computed with.
type prepared struct {
	column int
	base   int32 // the number of its first place among those of all parts
	places int
	values // what stands at a null place does not matter
	// x is also that of INT64 where all of them are exact as float64.
	nulls  bitset.Set // a bit per place, or none if no place is null
	sums   exact.Sums // of x
	exact  bool       // the sums are: a grid fits x
	habits []habit    // of each column
	width  int        // of the widest windows over rows

	newestNull []int32 // see findNewestNulls

	// The memory of values, whatever the type of this column.
	floatMemory   []float64
	intMemory     []int64
	numericMemory []Numeric
}

// prepare brings the values of a column over the places from first up to last
// together. They are rows one after the other from the given one on, or if that is
// negative what the part keeps from there on.
func (v *prepared) prepare(res *Result, p *part, column int, first, last, row, kept int32) {
	if v.column == column {
		return
	}
	c := &res.in.Columns[column]
	v.column, v.base, v.places = column, first, int(last-first)
	v.values, v.nulls, v.newestNull = values{kind: c.kind}, v.nulls[:0], v.newestNull[:0]
	if row >= 0 {
		v.take(c, int(row), v.places)
	} else {
		v.gather(c, p.ref[kept:][:v.places], p.state[kept:][:v.places])
	}
	if c.kind == int64Kind {
		v.convert()
	}
	if v.x != nil {
		v.sum()
	}
}

// take takes the values of n rows one after the other, all of them counted.
func (v *prepared) take(c *Column, row, n int) {
	if c.valid != nil {
		v.nulls = c.valid.unset(v.nulls, row, n)
	}
	switch c.kind {
	case float64Kind:
		v.x = c.f[row : row+n]
	case int64Kind:
		v.i = c.i[row : row+n]
	default:
		v.n = c.n[row : row+n]
	}
}

// gather takes values row by row. That one is NULL is no branch, so that the next
// ones are fetched while one is waited for.
func (v *prepared) gather(c *Column, ref []int32, state []place) {
	n := len(ref)
	v.nulls = memory.Zeroed(v.nulls, bitset.Words(n))
	switch c.kind {
	case float64Kind:
		v.floatMemory = memory.Resized(v.floatMemory, n)
		v.x = v.floatMemory
		gather(v.x, c.f, c.valid, ref, state, v.nulls)
	case int64Kind:
		v.intMemory = memory.Resized(v.intMemory, n)
		v.i = v.intMemory
		gather(v.i, c.i, c.valid, ref, state, v.nulls)
	default:
		v.numericMemory = memory.Resized(v.numericMemory, n)
		v.n = v.numericMemory
		gather(v.n, c.n, c.valid, ref, state, v.nulls)
	}
}

// gather sets values to those of the rows, 0 where there is no row that could
// have one, and the bits of the places that are null.
func gather[T any](values, source []T, valid Bitmap, ref []int32, state []place, nulls bitset.Set) {
	var zero T
	values, state = values[:len(ref)], state[:len(ref)]
	for k, row := range ref {
		isNull := uint64(0)
		if s := state[k]; s&^unexpected == 0 {
			values[k] = source[row]
			if valid != nil {
				isNull = uint64(^valid[row>>3] >> (row & 7) & 1)
			}
		} else {
			values[k] = zero
			if s&null != 0 {
				isNull = 1
			}
		}
		nulls[k>>6] |= isNull << (k & 63)
	}
}

// convert makes x of INT64 values, if all of them are exact as float64.
func (v *prepared) convert() {
	v.floatMemory = memory.Resized(v.floatMemory, len(v.i))
	v.x = v.floatMemory
	for k, i := range v.i {
		v.x[k] = float64(i)
	}
	v.zeroNulls()
	if exact.MagnitudesOf(v.x).Most >= exactIntBits {
		v.x = nil // an integer beyond may not be exact
	}
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
		if k < v.places && len(v.nulls) > 0 && v.nulls.Has(k) {
			newest = v.base + int32(k)
		}
	}
}
