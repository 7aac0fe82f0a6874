package places

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/rolling/internal/memory"
)

// A Grouping brings rows in any order together by entity: the rows of entity e
// are rows[offsets[e]:offsets[e+1]], or those very positions where rows is nil.
type Grouping struct {
	rows    []int32
	Offsets []int32
}

// maxSparse bounds the memory that codes far apart would cost.
const maxSparse = 1 << 26

// Count returns the number of entities, which is one more than the largest code.
func (e Entities) Count(what string) (int, error) {
	if e.Offsets != nil {
		return max(0, len(e.Offsets)-1), nil
	}
	most := int32(-1)
	for i, c := range e.Codes {
		if c < 0 {
			return 0, fmt.Errorf("%s: row %d has no entity (code %d): fill it in, or leave the row out", what, i, c)
		}
		most = max(most, c)
	}
	if int(most) >= max(maxSparse, 4*len(e.Codes)) {
		return 0, fmt.Errorf("%s: entity code %d: count codes from 0 without holes", what, most)
	}
	return int(most) + 1, nil
}

// Group fills g for the keys, entity by entity in the order of the rows.
func (g *Grouping) Group(e Entities, entities int) {
	g.rows = g.rows[:0]
	if e.Offsets != nil {
		g.Offsets = append(g.Offsets[:0], e.Offsets...)
		if len(g.Offsets) == 0 {
			g.Offsets = append(g.Offsets, 0)
		}
		for len(g.Offsets) <= entities {
			g.Offsets = append(g.Offsets, g.Offsets[len(g.Offsets)-1])
		}
		g.rows = nil
		return
	}
	g.begin(e.Codes, entities)
	g.rows = memory.Resized(g.rows, len(e.Codes))
	for i, c := range e.Codes {
		g.rows[g.Offsets[c]] = int32(i)
		g.Offsets[c]++
	}
	copy(g.Offsets[1:], g.Offsets)
	g.Offsets[0] = 0
}

// GroupKeys is Group for keys, whose positions are their rows' where they stand entity by
// entity in order already, though nobody promised it.
func (g *Grouping) GroupKeys(k *Keys, entities int) {
	if k.Entity.Codes == nil || !k.stand() {
		g.Group(k.Entity, entities)
		return
	}
	g.begin(k.Entity.Codes, entities)
	g.rows = nil
}

// begin sets the offsets.
func (g *Grouping) begin(codes []int32, entities int) {
	g.Offsets = memory.Zeroed(g.Offsets, entities+1)
	for _, c := range codes {
		g.Offsets[c]++
	}
	at := int32(0)
	for i, n := range g.Offsets {
		g.Offsets[i] = at
		at += n
	}
}

// stand reports whether keys of codes ascend by entity, time and order.
func (k *Keys) stand() bool {
	for i := 1; i < len(k.Entity.Codes); i++ {
		switch last, code := k.Entity.Codes[i-1], k.Entity.Codes[i]; {
		case code < last:
			return false
		case code > last:
			continue
		}
		switch last, at := k.At.at(i-1), k.At.at(i); {
		case at < last, at == last && k.Order != nil && k.Order[i] < k.Order[i-1]:
			return false
		}
	}
	return true
}

// Row returns the row at position i of the grouping.
func (g *Grouping) Row(i int32) int32 {
	if g.rows == nil {
		return i
	}
	return g.rows[i]
}

// Of returns which positions are those of an entity.
func (g *Grouping) Of(entity int) (from, to int32) {
	return g.Offsets[entity], g.Offsets[entity+1]
}

// Sort puts the rows of one entity in the order of their keys, equal keys in
// the order of the rows. Where order was promised it is held to it.
func (g *Grouping) Sort(k *Keys, entity int, what string, scratch *Radix) error {
	from, to := g.Of(entity)
	if i := unsorted(g, k, from, to); i < 0 {
		return nil
	} else if g.rows == nil {
		return fmt.Errorf("%w: %s: row %d (%s) of entity %d stands after a newer one: sort each group by time and order, or give entities as Coded", ErrOrder, what, i, k.At.Unit().Text(k.At.at(int(i))), entity)
	}
	rows := g.rows[from:to]
	if k.Order == nil && scratch.sort(rows, k.At) {
		return nil
	}
	slices.SortFunc(rows, func(a, b int32) int {
		c := cmp.Compare(k.At.at(int(a)), k.At.at(int(b)))
		if c == 0 && k.Order != nil {
			c = cmp.Compare(k.Order[a], k.Order[b])
		}
		if c == 0 {
			c = cmp.Compare(a, b)
		}
		return c
	})
	return nil
}

// unsorted returns a position whose key is less than the one before it, or −1.
func unsorted(g *Grouping, k *Keys, from, to int32) int32 {
	if from == to {
		return -1
	}
	last := g.Row(from)
	lastAt := k.At.at(int(last))
	for i := from + 1; i < to; i++ {
		r := g.Row(i)
		at := k.At.at(int(r))
		if at < lastAt || at == lastAt && k.Order != nil && k.Order[r] < k.Order[last] {
			return i
		}
		last, lastAt = r, at
	}
	return -1
}
