package rolling

// The windows of a group whose places have nothing wrong with them. Its places are
// numbered from base on.

// findRows finds windows over rows where nothing can be wrong but that they are
// too few.
func (f *frame) findRows(points, at []int64, base int32, found spans) {
	n, hi := f.window.rows, 0
	for k, point := range points {
		end := f.end(point)
		for hi < len(at) && at[hi] < end {
			hi++
		}
		lo, r := hi-n, Whole
		if lo < 0 {
			lo, r = 0, Warmup
		}
		found.from[k], found.to[k], found.reason[k] = base+int32(lo), base+int32(hi), r
	}
}

// stepRows is findRows where the points are the places, at a time of its own each.
func (f *frame) stepRows(base int32, found spans) {
	from, to := found.from, found.to[:len(found.from)]
	reason := found.reason[:len(found.from)]
	end := base
	if f.including {
		end++
	}
	rows := int32(f.window.rows)
	short := max(0, min(int(base+rows-end), len(to)))
	for k := range short {
		from[k], to[k], reason[k] = base, end+int32(k), Warmup
	}
	for k := short; k < len(from); k++ {
		to[k] = end + int32(k)
		from[k], reason[k] = end+int32(k)-rows, Whole
	}
}

// findDays finds windows over days where nothing can be wrong but that history
// begins too late or that there is nothing.
func (f *frame) findDays(points, at []int64, base int32, start, length int64, found spans) {
	from, to := found.from[:len(points)], found.to[:len(points)]
	reason := found.reason[:len(points)]
	lo, hi := 0, 0
	for k, point := range points {
		end := f.end(point)
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
	}
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
