package places

import (
	"math/bits"

	"github.com/intactdata/intact/rolling/internal/memory"
)

// A Radix sorts rows by time, byte by byte of it. It holds the memory it works in.
type Radix struct {
	packed, next []uint64
}

// sort puts rows in the order of their times, equal ones as they stand, unless the
// times are too far apart to share a word with the row.
func (r *Radix) sort(rows []int32, at Times) bool {
	least, most := at.at(int(rows[0])), at.at(int(rows[0]))
	for _, row := range rows {
		t := at.at(int(row))
		least, most = min(least, t), max(most, t)
	}
	span := uint64(most) - uint64(least)
	if span >= 1<<32 {
		return false
	}
	r.packed, r.next = memory.Resized(r.packed, len(rows)), memory.Resized(r.next, len(rows))
	for i, row := range rows {
		r.packed[i] = uint64(at.at(int(row))-least)<<32 | uint64(uint32(row))
	}
	for shift := 32; shift < 32+bits.Len64(span); shift += 8 {
		r.byByte(shift)
	}
	for i, p := range r.packed {
		rows[i] = int32(uint32(p))
	}
	return true
}

// byByte sorts by the byte that begins with a bit.
func (r *Radix) byByte(shift int) {
	var ends [256]int32
	for _, p := range r.packed {
		ends[byte(p>>(shift&63))]++
	}
	at := int32(0)
	for i, n := range ends {
		ends[i] = at
		at += n
	}
	for _, p := range r.packed {
		end := &ends[byte(p>>(shift&63))]
		r.next[*end] = p
		*end++
	}
	r.packed, r.next = r.next, r.packed
}
