package rows

import (
	"hash/maphash"
	"math/big"
	"math/bits"

	"github.com/intactdata/intact/quality/expr"
)

// keyTable numbers the combinations of values of some columns, NULL among them, from
// 0 in the order that they are met in. It is a hash table of open addressing over
// keys that are kept column by column.
type keyTable struct {
	parts []kept
	rows  int      // keys
	slots []uint64 // the upper half of a key's hash, and its number and 1; 0 is free
	shift int

	hashes []uint64 // of the rows of a batch
	ids    []uint32
	warmed uint64
}

const (
	unnumbered = 1<<32 - 1
	upper      = 0xffffffff << 32
	firstSlots = 1 << 4
)

func newKeyTable(columns int) *keyTable {
	return &keyTable{parts: make([]kept, columns), slots: make([]uint64, firstSlots), shift: 64 - bits.TrailingZeros(firstSlots)}
}

// bytes is what the table takes. Before it doubles it counts as if it had.
func (t *keyTable) bytes() int64 {
	out := 8 * int64(len(t.slots))
	if 8*t.rows > 5*len(t.slots) {
		out *= 3
	}
	for i := range t.parts {
		out += t.parts[i].bytes()
	}
	return out
}

// number is the number of each row's key; those that are new are added.
func (t *keyTable) number(in []*expr.Vector, rows int) ([]uint32, error) {
	for p, v := range in {
		if v.Err != nil {
			return nil, v.Err
		}
		t.parts[p].is(v.Type)
	}
	t.hash(in, rows)
	for row, h := range t.hashes {
		if row%warmRows == 0 {
			t.warm(t.hashes[row:min(row+warmRows, rows)])
		}
		at := h >> t.shift
		for {
			s := t.slots[at]
			if s == 0 {
				id, err := t.add(in, row, at)
				if err != nil {
					return nil, err
				}
				t.ids[row] = id
				break
			}
			if (s^h)&upper == 0 && t.equal(in, row, int(uint32(s))-1) {
				t.ids[row] = uint32(s) - 1
				break
			}
			at = (at + 1) & uint64(len(t.slots)-1)
		}
	}
	return t.ids, nil
}

// find is the number of each row's key, unnumbered where it has none: NULL equals
// nothing.
func (t *keyTable) find(in []*expr.Vector, rows int) ([]uint32, error) {
	ids, err := t.look(in, rows)
	if err != nil {
		return nil, err
	}
	for _, v := range in {
		if v.Valid.Ones() == rows {
			continue
		}
		for row := range rows {
			if !v.Valid.Get(row) {
				ids[row] = unnumbered
			}
		}
	}
	return ids, nil
}

// look is the number of each row's key, unnumbered where it has none.
func (t *keyTable) look(in []*expr.Vector, rows int) ([]uint32, error) {
	for _, v := range in {
		if v.Err != nil {
			return nil, v.Err
		}
	}
	t.hash(in, rows)
	for row, h := range t.hashes {
		if row%warmRows == 0 {
			t.warm(t.hashes[row:min(row+warmRows, rows)])
		}
		t.ids[row] = unnumbered
		for at := h >> t.shift; t.slots[at] != 0; at = (at + 1) & uint64(len(t.slots)-1) {
			if s := t.slots[at]; (s^h)&upper == 0 && t.equal(in, row, int(uint32(s))-1) {
				t.ids[row] = uint32(s) - 1
				break
			}
		}
	}
	return t.ids, nil
}

// warmRows are few enough for all that warm looks at to stay in the cache.
const warmRows = 512

// warm looks at what number and look are about to look at, in loops in which nothing
// depends on it: of a table that is larger than the caches the processor then waits
// for many keys at once, and not for one after the other.
func (t *keyTable) warm(hashes []uint64) {
	if t.rows < 1<<13 {
		return
	}
	var likely [warmRows]uint64
	for i, h := range hashes {
		likely[i] = t.slots[h>>t.shift]
	}
	sum := uint64(0)
	for p := range t.parts {
		k := &t.parts[p]
		if k.store == nothing || k.store == inDecimals {
			continue
		}
		var words [warmRows]uint64
		for i, s := range likely[:len(hashes)] {
			if s != 0 {
				words[i] = k.words.at(int(uint32(s)) - 1)
			}
			sum += words[i]
		}
		if k.store != inTexts {
			continue
		}
		for _, ref := range words[:len(hashes)] {
			if text := k.texts.text(ref); text != "" {
				sum += uint64(text[0])
			}
		}
	}
	t.warmed = sum // so that it is not for nothing
}

// add keeps the key of a row in a free slot.
func (t *keyTable) add(in []*expr.Vector, row int, at uint64) (uint32, error) {
	id := uint32(t.rows)
	for p, v := range in {
		if err := t.parts[p].push(v, row); err != nil {
			return 0, err
		}
	}
	t.rows++
	t.slots[at] = t.hashes[row]&upper | uint64(id+1)
	if 4*t.rows > 3*len(t.slots) {
		t.grow()
	}
	return id, nil
}

// grow doubles the slots. The upper half of a hash, which a slot holds, is what its
// place is by: no key is looked at.
func (t *keyTable) grow() {
	old := t.slots
	t.slots = make([]uint64, 2*len(old))
	t.shift--
	for _, s := range old {
		if s == 0 {
			continue
		}
		at := s >> t.shift
		for t.slots[at] != 0 {
			at = (at + 1) & uint64(len(t.slots)-1)
		}
		t.slots[at] = s
	}
}

// equal reports whether a row has the key of a number.
func (t *keyTable) equal(in []*expr.Vector, row, id int) bool {
	for p, v := range in {
		k := &t.parts[p]
		if null := k.nulls > 0 && !k.valid.Get(id); null || !v.Valid.Get(row) {
			if null != !v.Valid.Get(row) {
				return false
			}
			continue
		}
		same := false
		switch k.store {
		case inInts:
			same = k.words.at(id) == uint64(v.Ints[row])
		case inTexts:
			ref, text := k.words.at(id), v.Texts[row]
			same = ref&lengthMask == uint64(len(text)) && k.texts.text(ref) == text
		case inFloats:
			same = k.words.at(id) == floatWord(v.Floats[row])
		case inBits:
			same = k.words.at(id) == v.Bools[row>>6]>>(row&63)&1
		case inDecimals:
			same = equalDecimals(k.decimals.at(id), v.Decimals[row])
		}
		if !same {
			return false
		}
	}
	return true
}

func equalDecimals(a, b *big.Rat) bool {
	return a.Num().Cmp(b.Num()) == 0 && a.Denom().Cmp(b.Denom()) == 0
}

// seed is the process's own, so that nobody can prepare keys that collide.
var (
	seed     = maphash.MakeSeed()
	seedWord = maphash.String(seed, "words")
	nullWord = maphash.String(seed, "NULL")
)

// mix adds a word to a hash.
func mix(h, word uint64) uint64 {
	high, low := bits.Mul64(h^word, 0x9e3779b97f4a7c15)
	return high ^ low
}

// hash computes the hashes of a batch's rows, a column after the other.
func (t *keyTable) hash(in []*expr.Vector, rows int) {
	t.hashes = resized(t.hashes, rows)
	t.ids = resized(t.ids, rows)
	h := t.hashes
	for i := range h {
		h[i] = seedWord
	}
	for _, v := range in {
		if v.Valid.Ones() < rows {
			hashSome(h, v)
			continue
		}
		switch storageOf(v.Type) {
		case inInts:
			for i, x := range v.Ints[:rows] {
				h[i] = mix(h[i], uint64(x))
			}
		case inTexts:
			for i, x := range v.Texts[:rows] {
				h[i] = mix(h[i], maphash.String(seed, x))
			}
		default:
			hashSome(h, v)
		}
	}
}

// hashSome hashes a column of any type, in which rows may be NULL.
func hashSome(h []uint64, v *expr.Vector) {
	store := storageOf(v.Type)
	for i := range h {
		word := nullWord
		if v.Valid.Get(i) {
			switch store {
			case inInts:
				word = uint64(v.Ints[i])
			case inTexts:
				word = maphash.String(seed, v.Texts[i])
			case inFloats:
				word = floatWord(v.Floats[i])
			case inBits:
				word = v.Bools[i>>6] >> (i & 63) & 1
			case inDecimals:
				d := v.Decimals[i]
				word = uint64(d.Sign())
				for _, w := range d.Num().Bits() {
					word = mix(word, uint64(w))
				}
				for _, w := range d.Denom().Bits() {
					word = mix(word, uint64(w))
				}
			}
		}
		h[i] = mix(h[i], word)
	}
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
