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
