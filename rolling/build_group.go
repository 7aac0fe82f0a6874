package rolling

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/rolling/internal/memory"
)

// A grouping brings rows in any order together by entity: the rows of entity e
// are rows[offsets[e]:offsets[e+1]], or those very positions where rows is nil.
type grouping struct {
	rows    []int32
	offsets []int32
}

// maxSparse bounds the memory that codes far apart would cost.
const maxSparse = 1 << 26

// count returns the number of entities, which is one more than the largest code.
func (e entityColumn) count(what string) (int, error) {
	if e.offsets != nil {
		return max(0, len(e.offsets)-1), nil
	}
	most := int32(-1)
	for i, c := range e.codes {
		if c < 0 {
			return 0, fmt.Errorf("%s: row %d has no entity (code %d): fill it in, or leave the row out", what, i, c)
		}
		most = max(most, c)
	}
	if int(most) >= max(maxSparse, 4*len(e.codes)) {
		return 0, fmt.Errorf("%s: entity code %d: count codes from 0 without holes", what, most)
	}
	return int(most) + 1, nil
}

// group fills g for the keys, entity by entity in the order of the rows.
func (g *grouping) group(e entityColumn, entities int) {
	g.rows = g.rows[:0]
	if e.offsets != nil {
		g.offsets = append(g.offsets[:0], e.offsets...)
		if len(g.offsets) == 0 {
			g.offsets = append(g.offsets, 0)
		}
		for len(g.offsets) <= entities {
			g.offsets = append(g.offsets, g.offsets[len(g.offsets)-1])
		}
		g.rows = nil
		return
	}
	g.offsets = memory.Zeroed(g.offsets, entities+1)
	for _, c := range e.codes {
		g.offsets[c]++
	}
	at := int32(0)
	for i, n := range g.offsets {
		g.offsets[i] = at
		at += n
	}
	g.rows = memory.Resized(g.rows, len(e.codes))
	for i, c := range e.codes {
		g.rows[g.offsets[c]] = int32(i)
		g.offsets[c]++
	}
	copy(g.offsets[1:], g.offsets)
	g.offsets[0] = 0
}

// row returns the row at position i of the grouping.
func (g *grouping) row(i int32) int32 {
	if g.rows == nil {
		return i
	}
	return g.rows[i]
}

func (g *grouping) of(entity int) (from, to int32) {
	return g.offsets[entity], g.offsets[entity+1]
}

// sort puts the rows of one entity in the order of their keys, equal keys in
// the order of the rows. Where order was promised it is held to it.
func (g *grouping) sort(k *keyColumns, entity int, what string, scratch *radix) error {
	from, to := g.of(entity)
	if i := unsorted(g, k, from, to); i < 0 {
		return nil
	} else if g.rows == nil {
		return fmt.Errorf("%w: %s: row %d (%s) of entity %d stands after a newer one: sort each group by time and order, or give entities as Coded", errOrder, what, i, k.at.unit().Text(k.at.at(int(i))), entity)
	}
	rows := g.rows[from:to]
	if k.order == nil && scratch.sort(rows, k.at) {
		return nil
	}
	slices.SortFunc(rows, func(a, b int32) int {
		c := cmp.Compare(k.at.at(int(a)), k.at.at(int(b)))
		if c == 0 && k.order != nil {
			c = cmp.Compare(k.order[a], k.order[b])
		}
		if c == 0 {
			c = cmp.Compare(a, b)
		}
		return c
	})
	return nil
}

// unsorted returns a position whose key is less than the one before it, or −1.
func unsorted(g *grouping, k *keyColumns, from, to int32) int32 {
	if from == to {
		return -1
	}
	last := g.row(from)
	lastAt := k.at.at(int(last))
	for i := from + 1; i < to; i++ {
		r := g.row(i)
		at := k.at.at(int(r))
		if at < lastAt || at == lastAt && k.order != nil && k.order[r] < k.order[last] {
			return i
		}
		last, lastAt = r, at
	}
	return -1
}
