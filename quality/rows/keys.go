package rows

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// keys counts the rows of each key in each group of a crossing. What it keeps grows
// with the keys; beyond the memory limit the counts go to disk, and it begins anew.
type keys struct {
	*crossing
	memory *share
	keys   *grouping
	pairs  *keyTable        // of group<<32 | key, where rows are grouped
	pair   expr.Vector      // scratch
	counts list[uint32]     // rows by key, or by pair
	more   map[uint32]int64 // of what a count could not hold
	sorter Sorter           // of the counts that went to disk
	sums   []quality.KeyCounts
	err    error
}

// keysOf is the one count of a key set over some rows.
func (s *scan) keysOf(f *fold) *keys {
	columns := f.of.Term.Columns()
	set := fmt.Sprintf("%q", columns)
	id := set + f.of.Over()
	if k, ok := s.keySets[id]; ok {
		return k
	}
	if s.keyTables[set] == nil {
		s.keyTables[set] = newGrouping(columns, s.places(columns))
	}
	k := &keys{crossing: f.crossing, memory: s.memory, keys: s.keyTables[set]}
	k.reset()
	s.keySets[id] = k
	s.keyed = append(s.keyed, k)
	return k
}

func (k *keys) reset() {
	k.pairs, k.counts, k.more = newKeyTable(1), list[uint32]{}, map[uint32]int64{}
}

// kept is what it takes, without the keys.
func (k *keys) kept() int64 { return k.pairs.bytes() + 4*k.counts.room() }

// keyPart is a term that is one of the counts.
func keyPart(of func(quality.KeyCounts) int64) func(*scan, *fold) (body, error) {
	return func(s *scan, f *fold) (body, error) { return keyCount{s.keysOf(f), of}, nil }
}

type keyCount struct {
	*keys
	of func(quality.KeyCounts) int64
}

// consume is done once for all parts.
func (p keyCount) consume(*expr.Batch) error { return p.keys.failed() }

func (p keyCount) fill(out *expr.Vector, low, high int) error {
	if err := p.keys.failed(); err != nil {
		return err
	}
	out.Valid = out.Valid.Fill(high - low)
	for i, c := range p.sums[low:high] {
		out.Ints[i] = p.of(c)
	}
	return nil
}

func (keyCount) kept() int64 { return 0 } // the keys', which count themselves

func (k *keys) failed() error {
	for _, err := range []error{k.crossing.failed(), k.keys.err} {
		if err != nil {
			return err
		}
	}
	return k.err
}

func (k *keys) consume(b *expr.Batch) {
	if k.failed() != nil {
		if k.counts.n > 0 {
			k.reset()
		}
		return
	}
	ids := k.keys.ids
	if !k.crossing.whole() {
		k.pair.Reset(expr.Int64, b.Rows)
		k.pair.Valid = k.pair.Valid.Fill(b.Rows)
		for i := range b.Rows {
			k.pair.Ints[i] = int64(k.crossing.ids[i])<<32 | int64(ids[i])
		}
		ids, k.err = k.pairs.number([]*expr.Vector{&k.pair}, b.Rows)
	}
	for i := range b.Rows {
		for k.counts.n <= int(ids[i]) {
			k.counts.push(0)
		}
		if k.crossing.selection.rows.Get(i) {
			k.add(ids[i])
		}
	}
}

// add counts a row. A key has seldom more rows than a count holds.
func (k *keys) add(id uint32) {
	n := &k.counts.chunks[id>>listBits][id&listMask]
	if *n++; *n == 0 {
		k.more[id] += 1 << 32
	}
}

func (k *keys) rows(id int) int64 { return int64(k.counts.at(id)) + k.more[uint32(id)] }

// sum counts what was collected.
func (k *keys) sum() {
	if k.failed() != nil {
		return
	}
	k.sums = make([]quality.KeyCounts, len(k.crossing.total))
	switch {
	case k.sorter != nil:
		if k.err = k.spill(); k.err == nil {
			k.err = k.merge()
		}
	case k.crossing.whole():
		for key := range k.counts.n {
			if rows := k.rows(key); rows > 0 {
				k.count(&k.sums[0], k.keys.null(key), rows, true, false)
			}
		}
	default:
		k.attribute()
	}
}

// keyRows is how many rows a key has in a group.
type keyRows struct {
	key, rank, group uint32
	rows             int64
}

// attribute counts the parts of all keys.
func (k *keys) attribute() {
	rank := k.crossing.ranks()
	var parts []keyRows
	for id := range k.counts.n {
		if rows := k.rows(id); rows > 0 {
			p := k.pairs.parts[0].words.at(id)
			parts = append(parts, keyRows{uint32(p), uint32(rank[p>>32]), uint32(p >> 32), rows})
		}
	}
	slices.SortFunc(parts, func(a, b keyRows) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.rank, b.rank)) })
	for low, high := 0, 0; low < len(parts); low = high {
		for high = low; high < len(parts) && parts[high].key == parts[low].key; high++ {
		}
		k.settle(k.keys.null(int(parts[low].key)), parts[low:high])
	}
}

// settle counts the parts of one key in the order of their segments: the first row is
// the key's own, all others are surplus where they stand.
func (k *keys) settle(null bool, parts []keyRows) {
	told := false
	for i, p := range parts {
		told = k.count(&k.sums[p.group], null, p.rows, i == 0, told)
	}
}

// count adds the rows of a key in one group. First says that the key has no row
// in an earlier group, told that one of those had its first surplus row.
func (k *keys) count(to *quality.KeyCounts, null bool, rows int64, first, told bool) bool {
	to.Rows += rows
	if null {
		to.Null += rows
		return false
	}
	surplus := rows
	if first {
		to.Distinct++
		surplus--
	}
	to.Surplus += surplus
	if surplus > 0 && !told {
		to.Duplicated++
		told = true
	}
	return told
}
