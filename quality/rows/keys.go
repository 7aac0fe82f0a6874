package rows

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// keys counts the rows of each key in each group of a crossing. The keys' own
// grouping numbers them, so that what grows is one number a key.
type keys struct {
	*crossing
	keys   *grouping
	pairs  *keyTable        // of group<<32 | key, where rows are grouped
	pair   *expr.Vector     // scratch
	counts list[uint32]     // rows by key, or by pair
	more   map[uint32]int64 // of what a count could not hold
	sums   []quality.KeyCounts
}

// keysOf is the one count of a key set over some rows.
func (s *scan) keysOf(f *fold) *keys {
	columns := f.of.Term.Columns()
	id := fmt.Sprintf("%q %s", columns, f.of.Over())
	if k, ok := s.keySets[id]; ok {
		return k
	}
	k := &keys{crossing: f.crossing, keys: s.grouping(columns), pairs: newKeyTable(1), pair: &expr.Vector{}, more: map[uint32]int64{}}
	s.keySets[id] = k
	s.keyed = append(s.keyed, k)
	return k
}

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

func (k *keys) failed() error {
	if err := k.crossing.failed(); err != nil {
		return err
	}
	return k.keys.err
}

func (k *keys) consume(b *expr.Batch) {
	if k.failed() != nil {
		return
	}
	ids := k.keys.ids
	if !k.crossing.whole() {
		k.pair.Reset(expr.Int64, b.Rows)
		k.pair.Valid = k.pair.Valid.Fill(b.Rows)
		for i := range b.Rows {
			k.pair.Ints[i] = int64(k.crossing.ids[i])<<32 | int64(ids[i])
		}
		ids, k.keys.err = k.pairs.number([]*expr.Vector{k.pair}, b.Rows)
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
	if k.crossing.whole() {
		k.ungrouped(k.sums)
	} else {
		k.attributed(k.sums)
	}
}

func (k *keys) ungrouped(sums []quality.KeyCounts) {
	for key := range k.counts.n {
		if rows := k.rows(key); rows > 0 {
			k.count(&sums[0], uint32(key), rows, true, false)
		}
	}
}

// attributed walks the groups of each key in the order of their segments: the
// first row is the key's own, all others are surplus where they stand.
func (k *keys) attributed(sums []quality.KeyCounts) {
	rank := k.crossing.ranks()
	type pair struct {
		key, rank, group uint32
		rows             int64
	}
	var pairs []pair
	for id := range k.counts.n {
		if rows := k.rows(id); rows > 0 {
			p := k.pairs.parts[0].words.at(id)
			pairs = append(pairs, pair{uint32(p), uint32(rank[p>>32]), uint32(p >> 32), rows})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.rank, b.rank))
	})
	duplicated := false
	for i, p := range pairs {
		first := i == 0 || pairs[i-1].key != p.key
		duplicated = !first && duplicated
		duplicated = k.count(&sums[p.group], p.key, p.rows, first, duplicated)
	}
}

// count adds the rows of a key in one group. First says that the key has no row
// in an earlier group, told that one of those had its first surplus row.
func (k *keys) count(to *quality.KeyCounts, key uint32, rows int64, first, told bool) bool {
	to.Rows += rows
	if k.keys.null(int(key)) {
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
