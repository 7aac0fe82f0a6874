package rows

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sorted keeps all rows, and when they have all come adds columns to them in the
// order of a partition.
type sorted struct {
	*stage
	kept   *stack // the columns that came, and what else is added from
	width  int    // columns that came
	values computed
	types  expr.Schema
	now    []expr.Vector // scratch

	partition *grouping
	of        list[uint32] // the partition of each row
	by        []int        // the columns that order a partition

	all   []ordered   // the rows in their order
	first expr.Bitmap // where partitions begin
	// add sets the columns that are added to the rows from low up to high.
	add func(out []expr.Vector, low, high int) error
}

// newSorted also keeps the values of some expressions, and says where.
func newSorted(in quality.Relation, partition, order []string, s *stage, of []expr.Expr) (*sorted, []int, error) {
	schema := in.Schema()
	parts, err := fields(schema, partition)
	if err != nil {
		return nil, nil, err
	}
	out := &sorted{stage: s, width: len(schema), partition: newGrouping(partition, parts)}
	if out.by, err = fields(schema, order); err != nil {
		return nil, nil, err
	}
	var more []expr.Expr
	at := make([]int, len(of))
	for i, e := range of {
		if c, ok := e.Node().(expr.ColumnExpr); ok {
			at[i] = schema.Position(c.Name)
			continue
		}
		at[i] = len(schema) + len(more)
		more = append(more, e)
		out.types = append(out.types, expr.Field{Type: e.Type()})
	}
	out.kept = newStack(append(schema[:len(schema):len(schema)], out.types...))
	out.now = make([]expr.Vector, len(more))
	out.values, err = compute(schema, more...)
	return out, at, err
}

// fields are the places of columns in a schema, by any spelling.
func fields(s expr.Schema, names []string) ([]int, error) {
	var out []int
	for _, name := range names {
		f, err := s.Field(name)
		if err != nil {
			return nil, err
		}
		out = append(out, s.Position(f.Name))
	}
	return out, nil
}

func (s *sorted) take(b *expr.Batch) error {
	if s.partition.consume(b); s.partition.err != nil {
		return s.partition.err
	}
	if !s.partition.whole() {
		s.of.extend(s.partition.ids[:b.Rows])
	}
	if err := s.values.columns(b, s.now, s.types); err != nil {
		return err
	}
	return s.kept.push(append(b.Columns[:s.width:s.width], s.now...), b.Rows)
}

func (s *sorted) end() error {
	s.arrange()
	out := &expr.Batch{Columns: make([]expr.Vector, len(s.schema))}
	var rows [batchRows]int32
	for low := 0; low < len(s.all); low += batchRows {
		high := min(low+batchRows, len(s.all))
		out.Rows = high - low
		for i, o := range s.all[low:high] {
			rows[i] = o.row
		}
		for c := range s.width {
			s.kept.columns[c].gather(&out.Columns[c], rows[:high-low])
		}
		if err := s.add(out.Columns[s.width:], low, high); err != nil {
			return err
		}
		if err := s.send(out); err != nil {
			return err
		}
	}
	return s.finish()
}

// arrange brings the rows into the order of partitions, whichever comes first, and
// within those into their own.
func (s *sorted) arrange() {
	n := s.kept.rows
	s.all, s.first = make([]ordered, n), s.first.Reset(n)
	ends := make([]int, s.partition.groups()+1) // where the next row of each goes
	for i := range s.of.n {
		ends[s.of.at(i)+1]++
	}
	for p := 1; p < len(ends); p++ {
		ends[p] += ends[p-1]
	}
	for row := range n {
		p, rank := uint32(0), uint64(0)
		if s.of.n > 0 {
			p = s.of.at(row)
		}
		if len(s.by) > 0 {
			rank = s.kept.columns[s.by[0]].rank(row)
		}
		s.all[ends[p]] = ordered{rank, int32(row)}
		ends[p]++
	}
	low := 0
	var room []ordered
	for _, high := range ends[:len(ends)-1] {
		if low < high {
			s.first.Set(low)
			room = s.kept.sort(s.all[low:high], s.by, room)
		}
		low = high
	}
}

// ties is where the rows that are equal to the one at i in their order end.
func (s *sorted) ties(i int) int {
	high := i + 1
	for high < len(s.all) && !s.first.Get(high) && s.all[i].rank == s.all[high].rank && s.kept.compare(s.all[i].row, s.all[high].row, s.by) == 0 {
		high++
	}
	return high
}
