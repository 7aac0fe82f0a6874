package places

import (
	"math/bits"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// The windows of a group whose places have nothing wrong with them. Its places are
// numbered from base on.

// findRows finds windows over rows where nothing can be wrong but that they are
// too few.
func (f *Frame) findRows(points, at []int64, base int32, found spans) {
	n, hi := f.Rows, 0
	for k, point := range points {
		end := f.end(point)
		for hi < len(at) && at[hi] < end {
			hi++
		}
		lo, r := hi-n, Whole
		if lo < 0 {
			lo, r = 0, Warmup
		}
		found.From[k], found.To[k], found.Reason[k] = base+int32(lo), base+int32(hi), r
	}
}

// stepRows is findRows where the points are the places, at a time of its own each.
func (f *Frame) stepRows(base int32, found spans) {
	from, to := found.From, found.To[:len(found.From)]
	reason := found.Reason[:len(found.From)]
	end := base
	if f.Including {
		end++
	}
	rows := int32(f.Rows)
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
func (f *Frame) findDays(points, at []int64, base int32, start int64, found spans) {
	from, to := found.From[:len(points)], found.To[:len(points)]
	reason := found.Reason[:len(points)]
	lo, hi := 0, 0
	for k, point := range points {
		end := f.end(point)
		for hi < len(at) && at[hi] < end {
			hi++
		}
		begins := end - f.Days
		for lo = leaveBefore(at, lo, begins); lo < hi && at[lo] < begins; lo++ {
		}
		from[k], to[k], reason[k] = base+int32(lo), base+int32(hi), f.reasonOf(lo, hi, start, begins)
	}
}

// findCalendarDays is findDays over the days of a zone. It reports whether each window
// ends with the place that is its point, or before it.
func (f *Frame) findCalendarDays(points, at []int64, base int32, start int64, days *calendar.Days, found spans) (stepping bool) {
	lo, hi := 0, 0
	behind := oneIf(f.Including)
	stepping = true
	for k, point := range points {
		first, begins, ends := f.Over(point, days)
		for hi < len(at) && at[hi] < ends {
			hi++
		}
		for lo < hi && at[lo] < begins {
			lo++
		}
		stepping = stepping && hi == k+behind
		found.From[k], found.To[k], found.Reason[k] = base+int32(lo), base+int32(hi), f.reasonOf(lo, hi, start, first)
	}
	return stepping
}

// stepDays is findDays where the points are the places, at a time of its own each.
func (f *Frame) stepDays(at []int64, base int32, start int64, found spans) {
	from, to := found.From[:len(at)], found.To[:len(at)]
	reason := found.Reason[:len(at)]
	lo, including := 0, 0
	if f.Including {
		including = 1
	}
	for k, point := range at {
		begins := point + int64(including) - f.Days
		for lo = leaveBefore(at, lo, begins); at[lo] < begins; lo++ {
		}
		hi := k + including
		from[k], to[k], reason[k] = base+int32(lo), base+int32(hi), f.reasonOf(lo, hi, start, begins)
	}
}

// mostBits is the longest range in days that stepDates knows.
const mostBits = 63

// stepDates is stepDays for dates and at most mostBits days. The days up to a date
// that have a place are the bits of a word, so that none has to be looked for.
func (f *Frame) stepDates(at []int32, base int32, start int64, found spans) {
	from, to := found.From[:len(at)], found.To[:len(at)]
	reason := found.Reason[:len(at)]
	window, warmUntil := uint64(1)<<f.Days-1, start+int64(f.Days)
	if f.Including {
		base++
		warmUntil--
	} else {
		window <<= 1
	}
	days, last := uint64(0), at[0]
	for k, date := range at {
		days = days<<(uint32(date)-uint32(last)) | 1
		last = date
		places := int32(bits.OnesCount64(days & window))
		to[k] = base + int32(k)
		from[k] = to[k] - places
		r := Whole
		if places == 0 {
			r = Empty
		}
		if int64(date) < warmUntil {
			r = Warmup
		}
		reason[k] = r
	}
}

func (f *Frame) reasonOf(lo, hi int, start, begins int64) Reason {
	r := Whole
	if lo == hi {
		r = Empty
	}
	if start > begins {
		r = Warmup
	}
	return r
}

// leaveBefore returns the first of the places from lo on that is not before a time,
// or one before it if those are many or the last ones. How many are can not be
// foreseen; they are counted without a branch and without waiting for each other.
func leaveBefore(at []int64, lo int, begins int64) int {
	if lo+4 <= len(at) {
		next := (*[4]int64)(at[lo:])
		lo += oneIf(next[0] < begins) + oneIf(next[1] < begins) + oneIf(next[2] < begins) + oneIf(next[3] < begins)
	}
	return lo
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
