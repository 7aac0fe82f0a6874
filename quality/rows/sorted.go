package rows

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sorted keeps all rows, and when they have all come adds columns to them in the
// order of a partition. Rows that are too many are sorted on disk.
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
	sent  int         // rows before those, which have been sent
	disk  Sorter
	what  string
	// add sets the columns that are added to the rows from low up to high.
	add func(out []expr.Vector, low, high int) error
}

// newSorted also keeps the values of some expressions, and says where.
func newSorted(in quality.Relation, partition, order []string, s *stage, what string, of []expr.Expr) (*sorted, []int, error) {
	schema := in.Schema()
	parts, err := fields(schema, partition)
	if err != nil {
		return nil, nil, err
	}
	out := &sorted{stage: s, what: what, width: len(schema), partition: newGrouping(partition, parts)}
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
	if err := s.values.columns(b, s.now, s.types); err != nil {
		return err
	}
	columns := append(b.Columns[:s.width:s.width], s.now...)
	if s.disk != nil {
		return s.put(columns, b.Rows)
	}
	if s.partition.consume(b); s.partition.err != nil {
		return s.partition.err
	}
	if !s.partition.whole() {
		s.of.extend(s.partition.ids[:b.Rows])
	}
	if err := s.kept.push(columns, b.Rows); err != nil {
		return err
	}
	const order = 16 // of a row, when they are sorted
	if s.fits(s.kept.bytes() + s.partition.bytes() + 4*s.of.room() + order*int64(s.kept.rows)) {
		return nil
	}
	return s.unload()
}

func (s *sorted) end() error {
	if s.disk != nil {
		if err := s.merge(); err != nil {
			return err
		}
	} else {
		s.arrange()
		if err := s.emit(0); err != nil {
			return err
		}
	}
	s.kept, s.all = nil, nil
	s.holds(0)
	s.finish()
	return nil
}

// emit sends the rows from one on.
func (s *sorted) emit(from int) error {
	out := &expr.Batch{Columns: make([]expr.Vector, len(s.schema))}
	var rows [batchRows]int32
	for low := from; low < len(s.all); low += batchRows {
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
		s.send(out)
	}
	return nil
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
		p := uint32(0)
		if s.of.n > 0 {
			p = s.of.at(row)
		}
		s.all[ends[p]] = ordered{s.rank(row), int32(row)}
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

func (s *sorted) rank(row int) uint64 {
	if len(s.by) == 0 {
		return 0
	}
	return s.kept.columns[s.by[0]].rank(row)
}

// ties is where the rows that are equal to the one at i in their order end.
func (s *sorted) ties(i int) int {
	high := i + 1
	for high < len(s.all) && !s.first.Get(high) && s.all[i].rank == s.all[high].rank && s.kept.compare(s.all[i].row, s.all[high].row, s.by) == 0 {
		high++
	}
	return high
}
