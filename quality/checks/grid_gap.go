package checks

import (
	"fmt"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// gap asks for a range of missing dates by its number.
func (g gridRows) gap(number int64) quality.Request {
	return quality.Request{Of: g.relation, Rows: g.missing().And(expr.Col(rangeNo).Eq(number)), Metric: gap{day: g.day}}
}

// gap is dates without rows that follow each other: a metric, and what it reads as.
type gap struct {
	day      string
	from, to civil.Date
	dates    int64
}

// Terms are the first and the last of them.
func (g gap) Terms() []quality.Term {
	return []quality.Term{quality.MinOf(expr.Col(g.day)), quality.MaxOf(expr.Col(g.day))}
}

// Read takes the rows for dates: there is one of each.
func (g gap) Read(rows int64, values []expr.Value) (any, error) {
	var ok1, ok2 bool
	g.from, ok1 = values[0].Go().(civil.Date)
	g.to, ok2 = values[1].Go().(civil.Date)
	if g.dates = rows; rows > 0 && !(ok1 && ok2) {
		return nil, fmt.Errorf("%s and %s were measured where dates were expected", values[0].SQL(), values[1].SQL())
	}
	return g, nil
}

func (g gap) String() string {
	text := DateRange{g.from, g.to}.String()
	if g.dates > 1 {
		text += fmt.Sprintf(" (%s)", quality.Plural(g.dates, "date", "dates"))
	}
	return text
}
