package rolling

import "math"

// A prepared is a column over a run of places, ready to be computed with.
type prepared struct {
	column int
	base   int32 // the number of its first place among those of all parts
	values
	// x is also that of INT64 where all of them are exact as float64.
	cut        bool    // into lanes
	newestNull []int32 // the newest null place before each, −1 for none; one more than places
	magnitudes

	// The memory of values, whatever the type of this column.
	floatMemory   []float64
	intMemory     []int64
	numericMemory []Numeric
}

// prepare brings a column's values over the places of one group together.
func (v *prepared) prepare(res *Result, p *part, g *group, column int, first, last int32) {
	if v.column == column {
		return
	}
	v.column, v.base, v.cut = column, first, false
	c := &res.in.Columns[column]
	v.values = values{kind: c.kind}
	v.newestNull = resized(v.newestNull, int(last-first)+1)
	from, to := first-p.base, last-p.base
	ref, state := p.ref[from:to], p.state[from:to]
	switch c.kind {
	case float64Kind:
		if g.contiguous && from < to {
			v.floatRun(c, int(ref[0]), len(ref))
		} else {
			v.floats(c, ref, state)
		}
	case int64Kind:
		v.ints(c, ref, state)
	default:
		v.numerics(c, ref, state)
	}
}

// floatRun takes the values of n rows one after the other, all of them counted.
// It has no branches, since which values are NULL can not be foreseen, and more
// loops than one, since one has not enough registers.
func (v *prepared) floatRun(c *Column, row, n int) {
	v.floatMemory = resized(v.floatMemory, n)
	v.x = v.floatMemory
	v.newestNull[0] = -1
	if c.valid == nil {
		v.keepFinite(c.f[row : row+n])
	} else {
		v.keepValid(c.f[row:row+n], c.valid[row>>3:], row&7)
	}
	least, most := uint64(math.MaxUint64), uint64(0)
	for _, f := range v.x {
		word := math.Float64bits(f) &^ signBit
		least, most = min(least, word-1), max(most, word)
	}
	v.magnitudes = magnitudes{leastLess1: least, mostBits: most}
}

// keepValid takes values whose bits in a bitmap begin at the given one.
func (v *prepared) keepValid(source []float64, valid Bitmap, bit int) {
	x, nulls := v.x[:len(source)], v.newestNull[1:][:len(source)]
	newest, first := int32(-1), v.base-int32(bit)
	for k, f := range source {
		word := math.Float64bits(f)
		keep := uint64(int64(word&^signBit-infinite)>>63) & -uint64(valid[bit>>3]>>(bit&7)&1)
		if keep == 0 {
			newest = first + int32(bit)
		}
		x[k] = math.Float64frombits(word & keep)
		nulls[k] = newest
		bit++
	}
}

// keepFinite takes values that are all valid.
func (v *prepared) keepFinite(source []float64) {
	x, nulls := v.x[:len(source)], v.newestNull[1:][:len(source)]
	newest, first := int32(-1), v.base
	for k, f := range source {
		word := math.Float64bits(f)
		keep := uint64(int64(word&^signBit-infinite) >> 63)
		if keep == 0 {
			newest = first + int32(k)
		}
		x[k] = math.Float64frombits(word & keep)
		nulls[k] = newest
	}
}

// infinite is the least bits of a magnitude that is no finite number.
const infinite = 0x7ff << 52

// floats gathers values by row. That a value is NULL is no branch, so that the
// next ones are fetched while one is waited for.
func (v *prepared) floats(c *Column, ref []int32, state []place) {
	v.floatMemory = resized(v.floatMemory, len(ref))
	v.x = v.floatMemory
	v.newestNull[0] = -1
	source, valid := c.f, c.valid
	x, nulls, state := v.x[:len(ref)], v.newestNull[1:][:len(ref)], state[:len(ref)]
	newest := int32(-1)
	least, most := uint64(math.MaxUint64), uint64(0)
	for k, row := range ref {
		word := uint64(0)
		if s := state[k]; s&^unexpected == 0 {
			word = math.Float64bits(source[row])
			keep := uint64(int64(word&^signBit-infinite) >> 63)
			if valid != nil {
				keep &= -uint64(valid[row>>3] >> (row & 7) & 1)
			}
			if keep == 0 {
				newest = v.base + int32(k)
			}
			word &= keep
		} else if s&null != 0 {
			newest = v.base + int32(k)
		}
		x[k] = math.Float64frombits(word)
		nulls[k] = newest
		word &^= signBit
		least, most = min(least, word-1), max(most, word)
	}
	v.magnitudes = magnitudes{leastLess1: least, mostBits: most}
}

func (v *prepared) ints(c *Column, ref []int32, state []place) {
	v.intMemory, v.floatMemory = resized(v.intMemory, len(ref)), resized(v.floatMemory, len(ref))
	v.i, v.x = v.intMemory, v.floatMemory
	v.magnitudes = noMagnitudes
	v.newestNull[0] = -1
	exact := true
	for k, row := range ref {
		i := int64(0)
		if v.holds(c, k, row, state[k]) {
			i = c.i[row]
		}
		exact = exact && -exactInt <= i && i <= exactInt
		v.i[k], v.x[k] = i, float64(i)
		v.see(math.Float64bits(v.x[k]) &^ signBit)
	}
	if !exact {
		v.x = nil
	}
}

func (v *prepared) numerics(c *Column, ref []int32, state []place) {
	v.numericMemory = resized(v.numericMemory, len(ref))
	v.n = v.numericMemory
	v.newestNull[0] = -1
	for k, row := range ref {
		v.n[k] = Numeric{}
		if v.holds(c, k, row, state[k]) {
			v.n[k] = c.n[row]
		}
	}
}

// holds reports whether place k holds a usable value, and notes it if it is null.
func (v *prepared) holds(c *Column, k int, row int32, state place) bool {
	newest, usable := v.newestNull[k], false
	if state&(missing|twice) == 0 {
		if usable = state&null == 0 && c.usable(int(row)); !usable {
			newest = v.base + int32(k)
		}
	}
	v.newestNull[k+1] = newest
	return usable
}
