package panel

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// Answers are the windows of a panel, as of each of its points.
type Answers struct {
	panel    *Panel
	result   rolling.Result
	unjudged string
}

// Len is how many points there are: windows are answered as of each, in the order of
// their rows.
func (a *Answers) Len() int { return len(a.panel.asked().owner) }

// Specs is how many windows were asked for.
func (a *Answers) Specs() int { return a.result.Specs() }

// Windows are the answers to the i-th window of the spec.
func (a *Answers) Windows(i int) rolling.Windows { return a.result.Windows(i) }

// Point says whose and which time a point is, and where it stands.
func (a *Answers) Point(i int) string {
	k := a.panel.asked()
	return fmt.Sprintf("%s as of %s (%s)", k.ownerText(i), k.timeText(i), k.where(i))
}

// Lines are those that the points of a file begin on, and which point is the first.
func (a *Answers) Lines(file string) (first int, lines []uint32) {
	return a.panel.asked().places.inFile(file)
}

// Compute answers all windows. It does not heed a context: a panel of millions of rows
// takes seconds.
func (p *Panel) Compute() (*Answers, error) {
	b := rolling.Batch{Rows: rolling.Rows{Keys: p.rows.keys.keys(), Counted: p.rows.counted}, Specs: p.spec.Windows, Zone: p.spec.Zone, Now: p.now.UnixMicro()}
	for _, v := range p.rows.values {
		b.Columns = append(b.Columns, v.values())
	}
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
	if from := p.spec.HistoryFrom; from != (civil.Date{}) {
		at := int64(rolling.Day(from))
		if timestamps(p.rows.unit) && b.Zone == nil {
			at = rolling.DayBegins(int32(at), time.UTC)
		}
		b.HistoryFrom = &at
	}
	a := &Answers{panel: p}
	if err := rolling.Compute(&a.result, &b); err != nil {
		return nil, p.expectedTwice(err)
	}
	games := 0
	if b.Expected != nil {
		games = len(b.Expected.Excused)
	}
	a.unjudged = a.nothing(games)
	return a, nil
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

// agree refuses keys of other types than the rows': they would never meet.
func (k *keys) agree(setting string, other *keys) error {
	if k.unit != other.unit && k.unit != expr.Null && other.unit != expr.Null {
		return fmt.Errorf("%s: the times are %s in %s and %s in %s: both must be DATE, or both TIMESTAMP", k.words.say(setting, ""), k.unit, k.table.Name, other.unit, other.table.Name)
	}
	same := func(a, b int) error {
		of, is := k.typeOf(a), other.typeOf(b)
		if of == is || of == expr.Null || is == expr.Null {
			return nil
		}
		return k.differ(setting, k.columns[a], of, other, is)
	}
	if k.reset >= 0 {
		if err := same(k.reset, other.reset); err != nil {
			return err
		}
	}
	for _, owner := range other.owners {
		for i, c := range owner {
			mine := k.team
			if other.codes == k.codes {
				mine = k.owners[0][i]
			}
			if err := same(mine, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *keys) typeOf(column int) expr.Type {
	f, err := k.schema.Field(k.columns[column])
	if err != nil {
		return expr.Null
	}
	return f.Type
}
