package rows

import (
	"github.com/intactdata/intact/quality/expr"
)

// stack is rows that are kept.
type stack struct {
	columns []kept
	rows    int
}

func newStack(s expr.Schema) *stack {
	out := &stack{columns: make([]kept, len(s))}
	for i, f := range s {
		out.columns[i].is(f.Type)
	}
	return out
}

// push appends a copy of all rows of some columns.
func (s *stack) push(columns []expr.Vector, rows int) error {
	for c := range columns {
		if err := s.columns[c].extend(&columns[c], rows); err != nil {
			return err
		}
	}
	s.rows += rows
	return nil
}

func (s *stack) bytes() int64 {
	out := int64(0)
	for c := range s.columns {
		out += s.columns[c].bytes()
	}
	return out
}

// batches are the rows, some at a time.
func (s *stack) batches(do func(*expr.Batch) error) error {
	b := &expr.Batch{Columns: make([]expr.Vector, len(s.columns))}
	for low := 0; low < s.rows; low += batchRows {
		high := min(low+batchRows, s.rows)
		b.Rows = high - low
		for c := range s.columns {
			s.columns[c].slice(&b.Columns[c], s.columns[c].typ, low, high)
		}
		if err := do(b); err != nil {
			return err
		}
	}
	return nil
}
