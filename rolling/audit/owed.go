package audit

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// Owed asks of the judged rows whether a stored column holds the value that is owed: it
// reads as quality.Counts, TRUE where there is one, FALSE where there is none though the
// window is whole, or is refused for a fault of the rows behind it, and NULL where nobody
// owes one, as in warm-up. It is measured with what the check itself asks for.
func (c Stored) Owed(s quality.Scope, column int) quality.Request {
	var excused []any
	for r := rolling.Duplicate; r < rolling.Whole; r++ {
		if !r.Fault() {
			excused = append(excused, r.String())
		}
	}
	stored := c.Columns[column].Name
	none := expr.Col(reasonColumn(stored)).In(excused...).IsTrue()
	return quality.Request{Of: c.relation(s), Metric: quality.Tally{Of: expr.If(none, nil, expr.Col(stored).Populated())}}
}
