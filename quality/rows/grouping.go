package rows

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// grouping numbers the combinations of values of some columns. Without columns there
// is one group.
type grouping struct {
	columns []string
	at      []int           // the columns' places in a batch, or computedPlace
	of      []expr.Computed // by place in columns; nil where all are in the batch
	table   *keyTable
	exact   []expr.ExactKeys
	in      []*expr.Vector // scratch: the columns of a batch
	ids     []uint32       // of the rows of the batch
	err     error
}

// computedPlace is the place of what no batch has.
const computedPlace = -1

func (s *scan) grouping(columns []quality.Column) *grouping {
	key := ""
	for _, c := range columns {
		key += fmt.Sprintf("%q %s\n", c.Name, c.Of)
	}
	if g, ok := s.groupings[key]; ok {
		return g
	}
	g := newGrouping(make([]string, len(columns)), make([]int, len(columns)))
	g.of = make([]expr.Computed, len(columns))
	for i, c := range columns {
		g.columns[i] = c.Name
		if column, ok := c.Of.Node().(expr.ColumnExpr); ok {
			g.at[i] = s.columns[column.Name]
			continue
		}
		g.at[i] = computedPlace
		var err error
		if g.of[i], err = s.evaluator.Prepare(c.Of); err != nil {
			g.err = err
		}
	}
	s.groupings[key] = g
	s.grouped = append(s.grouped, g)
	return g
}

// places are those of columns in a batch.
func (s *scan) places(columns []string) []int {
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = s.columns[c]
	}
	return at
}

// newGrouping is of columns at places in a batch.
func newGrouping(columns []string, at []int) *grouping {
	return &grouping{columns: columns, at: at, table: newKeyTable(len(at)), exact: make([]expr.ExactKeys, len(at))}
}

// bytes is what is kept of the keys.
func (g *grouping) bytes() int64 {
	out := g.table.bytes()
	for i := range g.exact {
		out += g.exact[i].Bytes()
	}
	return out
}

// drop forgets the groups: why is what all that is counted by them fails with.
func (g *grouping) drop(why error) {
	g.err, g.table = why, newKeyTable(len(g.at))
	clear(g.exact)
}

func (g *grouping) groups() int {
	if g.whole() {
		return 1
	}
	return g.table.rows
}

// whole reports whether all rows are one group.
func (g *grouping) whole() bool { return len(g.columns) == 0 }

// null reports whether a part of a group's key is NULL.
func (g *grouping) null(group int) bool {
	return slices.ContainsFunc(g.table.parts, func(k kept) bool { return k.nulls > 0 && !k.valid.Get(group) })
}

func (g *grouping) segment(group int) quality.Segment {
	values := make([]expr.Value, len(g.columns))
	for i := range values {
		values[i] = g.table.parts[i].value(group)
	}
	return quality.NewSegment(g.columns, values)
}

// ranks is each group's place in the order of their segments.
func (g *grouping) ranks() []int {
	segments, order := make([]quality.Segment, g.groups()), make([]int, g.groups())
	for i := range order {
		segments[i], order[i] = g.segment(i), i
	}
	slices.SortFunc(order, func(a, b int) int { return segments[a].Compare(segments[b]) })
	out := make([]int, len(order))
	for rank, group := range order {
		out[group] = rank
	}
	return out
}

func (g *grouping) consume(b *expr.Batch) {
	switch {
	case g.err != nil:
	case g.whole():
		if len(g.ids) < b.Rows {
			g.ids = make([]uint32, b.Rows)
		}
	default:
		keys := g.keys(b, g.at)
		if g.err = g.meet(keys, b.Rows); g.err != nil {
			return
		}
		g.ids, g.err = g.table.number(keys, b.Rows)
	}
}

// meet is told of keys that one double holds, of all that are to be looked up.
func (g *grouping) meet(keys []*expr.Vector, rows int) error {
	for i, v := range keys {
		if err := g.exact[i].Add(v, rows, nil); err != nil {
			return err
		}
	}
	return nil
}

// find looks rows up at other places of a batch: a group that was met, or
// unnumbered. What is NULL in a column is in no group.
func (g *grouping) find(b *expr.Batch, at []int) ([]uint32, error) {
	if g.whole() {
		return make([]uint32, b.Rows), nil
	}
	keys := g.keys(b, at)
	for i, v := range keys {
		if err := g.exact[i].Find(v, b.Rows); err != nil {
			return nil, err
		}
	}
	return g.table.find(keys, b.Rows)
}

func (g *grouping) keys(b *expr.Batch, at []int) []*expr.Vector {
	g.in = g.in[:0]
	for i, c := range at {
		if c != computedPlace {
			g.in = append(g.in, &b.Columns[c])
			continue
		}
		v, err := g.of[i].Vector()
		if err != nil {
			v = &expr.Vector{Err: err}
		}
		g.in = append(g.in, v)
	}
	return g.in
}
