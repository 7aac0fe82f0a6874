package rows

import (
	"cmp"
	"math"
	"slices"
)

// ordered is a row with a number that is in the order of its first column, though
// unlike values may have equal ones.
type ordered struct {
	rank uint64
	row  int32
}

// sort sorts rows, which have their ranks, by some of the columns that are kept, as
// ORDER BY does: NULL first, then NaN. Room is scratch.
func (s *stack) sort(all []ordered, by []int, room []ordered) []ordered {
	if len(by) == 0 || len(all) < 2 {
		return room
	}
	if len(all) > radixRows {
		room = resized(room, len(all))
		radix(all, room)
	} else {
		slices.SortFunc(all, func(a, b ordered) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.row, b.row)) })
	}
	if len(by) == 1 && s.columns[by[0]].strict() {
		return room
	}
	for low, high := 0, 1; low < len(all); low, high = high, high+1 {
		for high < len(all) && all[high].rank == all[low].rank {
			high++
		}
		if high-low > 1 {
			slices.SortStableFunc(all[low:high], func(a, b ordered) int { return s.compare(a.row, b.row, by) })
		}
	}
	return room
}

// radixRows is from how many rows on it is faster to look at the bytes of ranks than
// to compare them.
const radixRows = 200

// radix sorts by the bytes of the ranks in which they differ, the last byte first.
func radix(all, room []ordered) {
	unlike := uint64(0)
	for _, o := range all {
		unlike |= o.rank ^ all[0].rank
	}
	from, to := all, room
	for shift := 0; shift < 64; shift += 8 {
		if byte(unlike>>shift) == 0 {
			continue
		}
		var at [256]int
		for i := range from {
			at[byte(from[i].rank>>shift)]++
		}
		sum := 0
		for i, n := range at {
			at[i] = sum
			sum += n
		}
		for _, o := range from {
			i := byte(o.rank >> shift)
			to[at[i]] = o
			at[i]++
		}
		from, to = to, from
	}
	copy(all, from)
}

const sign = 1 << 63

// rank is a number in the order of the column's values; 0 is NULL's.
func (k *kept) rank(row int) uint64 {
	if k.nulls > 0 && !k.valid.Get(row) {
		return 0
	}
	switch k.store {
	case inInts:
		return k.words.at(row) ^ sign
	case inBits:
		return k.words.at(row) + 1
	case inFloats:
		return floatRank(k.words.at(row))
	case inTexts:
		return textRank(k.texts.text(k.words.at(row)))
	case inDecimals:
		f, _ := k.decimals.at(row).Float64()
		return floatRank(floatWord(f))
	}
	return 0
}

// textRank is the first bytes.
func textRank(text string) uint64 {
	out := uint64(0)
	for i := range min(8, len(text)) {
		out |= uint64(text[i]) << (56 - 8*i)
	}
	return out
}

// floatRank is in the order of floats, NaN first.
func floatRank(word uint64) uint64 {
	switch f := math.Float64frombits(word); {
	case f != f:
		return 0
	case f < 0:
		return ^word
	}
	return word | sign
}

// strict reports whether equal ranks are equal values.
func (k *kept) strict() bool {
	return k.nulls == 0 && (k.store == inInts || k.store == inBits || k.store == inFloats)
}

// compare orders two rows by some columns.
func (s *stack) compare(a, b int32, by []int) int {
	for _, c := range by {
		if order := s.columns[c].compare(int(a), int(b)); order != 0 {
			return order
		}
	}
	return 0
}

func (k *kept) compare(a, b int) int {
	if x, y := k.valid.Get(a), k.valid.Get(b); !x || !y {
		switch {
		case x:
			return 1
		case y:
			return -1
		}
		return 0
	}
	switch k.store {
	case inTexts:
		return cmp.Compare(k.texts.text(k.words.at(a)), k.texts.text(k.words.at(b)))
	case inDecimals:
		return k.decimals.at(a).Cmp(k.decimals.at(b))
	}
	return cmp.Compare(k.rank(a), k.rank(b))
}
