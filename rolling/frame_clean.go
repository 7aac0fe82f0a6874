package rolling

// The windows of a group whose places have nothing wrong with them.

// findRows finds windows over rows where nothing can be wrong but that they are
// too few.
func (f *frame) findRows(points, at []int64, slot, base int32) {
	from, to, reason := f.from[slot:][:len(points)], f.to[slot:][:len(points)], f.reason[slot:][:len(points)]
	n, hi := f.window.rows, 0
	for k, point := range points {
		if f.including {
			point++
		}
		for hi < len(at) && at[hi] < point {
			hi++
		}
		lo, r := hi-n, Whole
		if lo < 0 {
			lo, r = 0, Warmup
		}
		from[k], to[k], reason[k] = base+int32(lo), base+int32(hi), r
	}
}

// stepRows is findRows where the points are the places, at a time of its own each.
func (f *frame) stepRows(g *group, base int32) {
	from, to, reason := f.from[g.slots:g.slotsTo], f.to[g.slots:g.slotsTo], f.reason[g.slots:g.slotsTo]
	base += g.from
	rows, hi := int32(f.window.rows), int32(0)
	if f.including {
		hi = 1
	}
	short := max(0, min(rows-hi, int32(len(to))))
	for k := range short {
		from[k], to[k], reason[k] = base, base+hi+k, Warmup
	}
	for k := short; k < int32(len(to)); k++ {
		to[k] = base + hi + k
		from[k], reason[k] = to[k]-rows, Whole
	}
}

// findDays finds windows over days where nothing can be wrong but that history
// begins too late or that there is nothing.
func (f *frame) findDays(points, at []int64, slot, base int32, start, length int64) int32 {
	from, to, reason := f.from[slot:][:len(points)], f.to[slot:][:len(points)], f.reason[slot:][:len(points)]
	lo, hi, most := 0, 0, 0
	for k, end := range points {
		if f.including {
			end++
		}
		for hi < len(at) && at[hi] < end {
			hi++
		}
		begins := before(end, length)
		lo = leaveBefore(at, lo, hi, begins)
		r := Whole
		if lo == hi {
			r = Empty
		}
		if start > begins {
			r = Warmup
		}
		from[k], to[k], reason[k] = base+int32(lo), base+int32(hi), r
		most = max(most, hi-lo)
	}
	return int32(most)
}

// leaveBefore returns the first of the places from lo on, up to hi, that is not
// before a time. How many are can not be foreseen; most often it is less than
// four, and those are counted without a branch and without waiting for each other.
func leaveBefore(at []int64, lo, hi int, begins int64) int {
	for hi-lo >= 4 {
		next := at[lo : lo+4]
		n := oneIf(next[0] < begins) + oneIf(next[1] < begins) + oneIf(next[2] < begins) + oneIf(next[3] < begins)
		if lo += n; n < 4 {
			return lo
		}
	}
	for lo < hi && at[lo] < begins {
		lo++
	}
	return lo
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
