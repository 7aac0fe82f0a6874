package panel

import (
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/rolling"
)

// Compute answers all windows. It does not heed a context: a panel of millions of rows
// takes seconds.
func (p *Panel) Compute() (*Answers, error) {
	b := p.batch(p.rows, p.spec.Windows)
	var err error
	if b.Rows.Order, b.Expected, err = p.due(b.Rows); err != nil {
		return nil, err
	}
	if p.points != nil {
		if err := p.rows.agree("points", p.points); err != nil {
			return nil, err
		}
		points := p.points.keys()
		b.Points = &points
	}
	a := &Answers{panel: p}
	if err := rolling.Compute(&a.result, b); err != nil {
		return nil, p.expectedTwice(err)
	}
	games := 0
	if b.Expected != nil {
		games = len(b.Expected.Excused)
	}
	a.unjudged = a.nothing(games)
	return a, nil
}

// batch is windows over rows, with what is the same for all of them.
func (p *Panel) batch(rows *observations, windows []rolling.Spec) *rolling.Batch {
	b := &rolling.Batch{Rows: rolling.Rows{Keys: rows.keys.keys(), Counted: rows.counted}, Specs: windows, Zone: p.spec.Zone, Now: p.now.UnixMicro()}
	for _, v := range rows.values {
		b.Columns = append(b.Columns, v.values())
	}
	if from := p.spec.HistoryFrom; from != (civil.Date{}) {
		at := int64(rolling.Day(from))
		if timestamps(p.rows.unit) && b.Zone == nil {
			at = rolling.DayBegins(int32(at), time.UTC)
		}
		b.HistoryFrom = &at
	}
	return b
}

// due are the expected keys, or nil, with the tie-breaks of the rows beside.
func (p *Panel) due(rows rolling.Rows) (order []int64, _ *rolling.Expected, err error) {
	tables := []*keys{p.rows.keys}
	if p.expected != nil {
		if err := p.rows.agree("expected", p.expected.keys); err != nil {
			return nil, nil, err
		}
		if len(p.expected.order) > 0 {
			tables = append(tables, p.expected.keys)
		}
	}
	ranks := make([][]int64, 2)
	if len(p.rows.order) > 0 {
		if ranks, err = rank(tables...); err != nil {
			return nil, nil, err
		}
	}
	if p.expected == nil {
		return ranks[0], nil, nil
	}
	due := rolling.Expected{Keys: p.expected.keys.keys(), Excused: p.expected.excused, Due: p.expected.due}
	if len(ranks) > 1 {
		due.Order = ranks[1]
	}
	if p.spec.Expected.By != "" {
		rows.Order = ranks[0]
		if due, err = rolling.ByTeam(rows, p.rows.teams, due); err != nil {
			return nil, nil, err
		}
	}
	return ranks[0], &due, nil
}
