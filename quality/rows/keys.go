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
	pairs  map[uint64]int64 // rows by group<<32 | key, where rows are grouped
	counts []int64          // rows by key, where they are not
	sums   []quality.KeyCounts
}

// keysOf is the one count of a key set over some rows.
func (s *scan) keysOf(f *fold) *keys {
	columns := f.of.Term.Columns()
	id := fmt.Sprintf("%q %s", columns, f.of.Over())
	if k, ok := s.keySets[id]; ok {
		return k
	}
	k := &keys{crossing: f.crossing, keys: s.grouping(quality.Columns(columns...)), pairs: map[uint64]int64{}}
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

func (p keyCount) value(group int) (expr.Value, error) {
	if err := p.keys.failed(); err != nil {
		return expr.Value{}, err
	}
	return expr.ValueOf(p.of(p.sums[group]))
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
	k.counts = grown(k.counts, k.keys.groups())
	for i := range b.Rows {
		if !k.crossing.selection.rows.Get(i) {
			continue
		}
		key := k.keys.ids[i]
		if k.crossing.whole() {
			k.counts[key]++
			continue
		}
		k.pairs[uint64(k.crossing.ids[i])<<32|uint64(key)]++
	}
}

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
	for key, rows := range k.counts {
		if rows > 0 {
			k.count(&sums[0], uint32(key), rows, true, false)
		}
	}
}

// attributed walks the groups of each key in the order of their segments: the
// first row is the key's own, all others are surplus where they stand.
func (k *keys) attributed(sums []quality.KeyCounts) {
	rank := k.crossing.ranks()
	pairs := make([]uint64, 0, len(k.pairs))
	for p := range k.pairs {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(uint32(a), uint32(b)), cmp.Compare(rank[a>>32], rank[b>>32]))
	})
	duplicated := false
	for i, p := range pairs {
		first := i == 0 || uint32(pairs[i-1]) != uint32(p)
		duplicated = !first && duplicated
		duplicated = k.count(&sums[p>>32], uint32(p), k.pairs[p], first, duplicated)
	}
}

// count adds the rows of a key in one group. First says that the key has no row
// in an earlier group, told that one of those had its first surplus row.
func (k *keys) count(to *quality.KeyCounts, key uint32, rows int64, first, told bool) bool {
	to.Rows += rows
	if k.keys.nulls[key] {
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
