package rows

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// grouping numbers the combinations of values of some columns, from 0 in the
// order that they are met in. Without columns there is one group and no ids.
type grouping struct {
	columns []string
	parts   []*dictionary
	at      []int           // the columns' places in a batch
	of      []expr.Computed // what they are, where that is no column
	vectors []*expr.Vector  // of the batch

	ids   []uint32 // of the rows of the batch; nil without columns
	pairs []map[uint64]uint32
	err   error

	nulls []bool // of each group: a value is NULL
	// values of each group are kept only where they are asked for: a key set can
	// be large, and only needs counting.
	named  bool
	values [][]expr.Value
}

func (s *scan) grouping(columns []quality.Column) *grouping {
	key := ""
	names, at, of := make([]string, len(columns)), make([]int, len(columns)), make([]expr.Computed, len(columns))
	for i, c := range columns {
		names[i] = c.Name
		key += fmt.Sprintf("%q %s\n", c.Name, c.Of)
	}
	if g, ok := s.groupings[key]; ok {
		return g
	}
	var failed error
	for i, c := range columns {
		if column, ok := c.Of.Node().(expr.ColumnExpr); ok {
			at[i] = s.columns[column.Name]
			continue
		}
		computed, err := s.evaluator.Prepare(c.Of)
		if err != nil {
			failed = err
		}
		at[i], of[i] = -1, computed
	}
	g := newGrouping(names, at)
	g.of, g.err = of, failed
	s.groupings[key] = g
	s.grouped = append(s.grouped, g)
	return g
}

// newGrouping is of columns at places in a batch.
func newGrouping(columns []string, at []int) *grouping {
	g := &grouping{columns: columns, at: at}
	for i := range at {
		g.parts = append(g.parts, newDictionary())
		if i > 0 {
			g.pairs = append(g.pairs, map[uint64]uint32{})
		}
	}
	if len(at) == 0 {
		g.nulls, g.values = []bool{false}, [][]expr.Value{nil}
	}
	return g
}

func (g *grouping) groups() int { return len(g.nulls) }

// whole reports whether all rows are one group, so that they have no ids.
func (g *grouping) whole() bool { return len(g.columns) == 0 }

func (g *grouping) segment(group int) quality.Segment {
	return quality.NewSegment(g.columns, g.values[group])
}

// ranks is each group's place in the order of their segments.
func (g *grouping) ranks() []int {
	order := make([]int, g.groups())
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return g.segment(a).Compare(g.segment(b)) })
	out := make([]int, len(order))
	for rank, group := range order {
		out[group] = rank
	}
	return out
}

func (g *grouping) consume(b *expr.Batch) {
	if g.err != nil || g.whole() {
		return
	}
	g.vectors = g.vectors[:0]
	for i := range g.at {
		v, err := g.vector(b, i)
		if err != nil {
			g.err = err
			return
		}
		g.vectors = append(g.vectors, v)
		part := g.parts[i]
		if g.err = part.number(v, b.Rows); g.err != nil {
			return
		}
		if i == 0 {
			g.ids = append(g.ids[:0], part.ids...)
			continue
		}
		g.combine(g.pairs[i-1], part.ids)
	}
	for i, id := range g.ids {
		if int(id) == g.groups() {
			g.meet(i)
		}
	}
}

// vector is what rows are grouped by.
func (g *grouping) vector(b *expr.Batch, i int) (*expr.Vector, error) {
	if g.at[i] < 0 {
		return g.of[i].Vector()
	}
	v := &b.Columns[g.at[i]]
	return v, v.Err
}

// meet notes a new group by its first row.
func (g *grouping) meet(row int) {
	null := false
	var values []expr.Value
	for _, v := range g.vectors {
		null = null || !v.Valid.Get(row)
		if g.named {
			values = append(values, v.Value(row))
		}
	}
	g.nulls = append(g.nulls, null)
	if g.named {
		g.values = append(g.values, values)
	}
}

// combine numbers the pairs of the ids so far with those of a further column.
func (g *grouping) combine(pairs map[uint64]uint32, ids []uint32) {
	lastPair, lastID := ^uint64(0), uint32(0)
	for i, right := range ids {
		pair := uint64(g.ids[i])<<32 | uint64(right)
		if pair != lastPair {
			id, ok := pairs[pair]
			if !ok {
				id = uint32(len(pairs))
				pairs[pair] = id
			}
			lastPair, lastID = pair, id
		}
		g.ids[i] = lastID
	}
}

// find looks rows up at other places of a batch: a group that was met, or
// unnumbered. What is NULL in a column is in no group.
func (g *grouping) find(b *expr.Batch, at []int) ([]uint32, error) {
	if g.whole() {
		return make([]uint32, b.Rows), nil
	}
	for i, c := range at {
		v := &b.Columns[c]
		if v.Err != nil {
			return nil, v.Err
		}
		part := g.parts[i]
		part.find(v, b.Rows)
		if i == 0 {
			g.ids = append(g.ids[:0], part.ids...)
			continue
		}
		for row, right := range part.ids {
			if g.ids[row] == unnumbered || right == unnumbered {
				g.ids[row] = unnumbered
				continue
			}
			id, ok := g.pairs[i-1][uint64(g.ids[row])<<32|uint64(right)]
			if !ok {
				id = unnumbered
			}
			g.ids[row] = id
		}
	}
	return g.ids, nil
}
