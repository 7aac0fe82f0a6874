package audit

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// Reads are the columns of both tables that the question is answered from.
func (q *Question) Reads(stored, rows expr.Schema) (ofStored, ofRows []string) {
	own := append(slices.Clone(q.Keys.Entity), q.Keys.At)
	if q.Keys.Reset != "" {
		own = append(own, q.Keys.Reset)
	}
	for _, name := range own {
		ofRows = append(ofRows, From{Map: q.Map}.there(name))
	}
	more := slices.Concat(q.Keys.Order, q.Keys.Counted.Columns(), numbersOf(rows, nil), seasonsOf(rows))
	for _, f := range rows {
		if expr.Named(more, f.Name) && !expr.Named(ofRows, f.Name) {
			ofRows = append(ofRows, f.Name)
		}
	}
	asked := q.Columns
	if len(asked) == 0 {
		asked = numbersOf(stored, own)
	}
	ofStored = append(own, asked...)
	for _, name := range seasonsOf(rows) {
		if f, err := stored.Field(q.own(name)); err == nil && !expr.Named(ofStored, f.Name) {
			ofStored = append(ofStored, f.Name)
		}
	}
	return ofStored, ofRows
}
