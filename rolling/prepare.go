package rolling

// A prepared is a column over a run of places, ready to be computed with.
type prepared struct {
	column int
	base   int32 // the number of its first place among those of all parts
	places int
	values // what stands at a null place does not matter
	// x is also that of INT64 where all of them are exact as float64.
	nulls  []int32 // the null places, counted from base, in order
	sums   []cuts  // of x, and none where no grid fits
	habits []habit // of each column

	newestNull []int32 // see findNewestNulls

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
	c := &res.in.Columns[column]
	v.column, v.base, v.places = column, first, int(last-first)
	v.values, v.nulls, v.newestNull = values{kind: c.kind}, v.nulls[:0], v.newestNull[:0]
	ref, state := p.ref[first-p.base:last-p.base], p.state[first-p.base:last-p.base]
	if g.contiguous && first < last {
		v.take(c, int(ref[0]), len(ref))
	} else {
		v.gather(c, ref, state)
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
		v.nulls = c.valid.appendUnset(v.nulls, row, n)
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
	v.nulls = resized(v.nulls, n+1) // one more, for what is written and not kept
	switch c.kind {
	case float64Kind:
		v.floatMemory = resized(v.floatMemory, n)
		v.x = v.floatMemory
		v.nulls = gather(v.x, c.f, c.valid, ref, state, v.nulls)
	case int64Kind:
		v.intMemory = resized(v.intMemory, n)
		v.i = v.intMemory
		v.nulls = gather(v.i, c.i, c.valid, ref, state, v.nulls)
	default:
		v.numericMemory = resized(v.numericMemory, n)
		v.n = v.numericMemory
		v.nulls = gather(v.n, c.n, c.valid, ref, state, v.nulls)
	}
}

// gather sets values to those of the rows, 0 where there is no row that could
// have one, and returns the places that are null, in the memory given.
func gather[T any](values, source []T, valid Bitmap, ref []int32, state []place, nulls []int32) []int32 {
	var zero T
	found := 0
	values, state = values[:len(ref)], state[:len(ref)]
	for k, row := range ref {
		isNull := 0
		if s := state[k]; s&^unexpected == 0 {
			values[k] = source[row]
			if valid != nil {
				isNull = int(^valid[row>>3] >> (row & 7) & 1)
			}
		} else {
			values[k] = zero
			if s&null != 0 {
				isNull = 1
			}
		}
		nulls[found] = int32(k)
		found += isNull
	}
	return nulls[:found]
}

// convert makes x of INT64 values, if all of them are exact as float64.
func (v *prepared) convert() {
	v.floatMemory = resized(v.floatMemory, len(v.i))
	v.x = v.floatMemory
	for k, i := range v.i {
		v.x[k] = float64(i)
	}
	v.zeroNulls()
	if magnitudesOf(v.x).most >= exactIntBits {
		v.x = nil // an integer beyond may not be exact
	}
}

// findNewestNulls fills newestNull with the newest null place before each place, one
// more than those, or −1 for none. Means and sums do without.
func (v *prepared) findNewestNulls() {
	if len(v.newestNull) > 0 {
		return
	}
	v.newestNull = resized(v.newestNull, v.places+1)
	newest, from := int32(-1), 0
	for _, k := range v.nulls {
		for i := from; i <= int(k); i++ {
			v.newestNull[i] = newest
		}
		newest, from = v.base+k, int(k)+1
	}
	for i := from; i <= v.places; i++ {
		v.newestNull[i] = newest
	}
}
