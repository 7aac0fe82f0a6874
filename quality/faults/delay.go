package faults

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// Delay has the newest rows come too late: those of the last days that there are rows
// of are not there.
type Delay struct {
	Date string // a column of DATE, TIMESTAMP or DATETIME
	Days int    // how many days; 0 is 1
	// Zone is whose calendar the days of a TIMESTAMP are of. Defaults to UTC.
	Zone  string
	Where expr.Expr
}

func (f Delay) String() string {
	text := "delay the newest day"
	if f.Days > 1 {
		text = fmt.Sprintf("delay the newest %d days", f.Days)
	}
	text += " of " + f.Date
	if !f.Where.IsZero() {
		text += " where " + f.Where.String()
	}
	return text
}

// Writes is "".
func (f Delay) Writes() string { return "" }

func (f Delay) breaks(t *Table, _ *rand.Rand) (*Table, int, error) {
	at, err := t.column(f, f.Date)
	if err != nil {
		return nil, 0, err
	}
	met, err := t.meets(f, f.Where)
	if err != nil {
		return nil, 0, err
	}
	day := expr.Col(f.Date)
	switch typ := t.columns[at].Type; typ {
	case expr.Date:
	case expr.DateTime:
		day = day.Date()
	case expr.Timestamp:
		if day = day.Date(); f.Zone != "" {
			day = expr.Col(f.Date).DateOf(f.Zone)
		}
	default:
		return nil, 0, &NoEffectError{f, fmt.Sprintf("%s is %s, which has no days", f.Date, typ)}
	}
	days, err := t.compute(day)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", f, err)
	}
	there := map[int64]bool{}
	for _, row := range met {
		if i := t.stored(row); days.Valid.Get(i) {
			there[days.Ints[i]] = true
		}
	}
	newest := make([]int64, 0, len(there))
	for d := range there {
		newest = append(newest, d)
	}
	slices.Sort(newest)
	if newest = newest[max(0, len(newest)-max(f.Days, 1)):]; len(newest) == 0 {
		return nil, 0, nil
	}
	late := slices.DeleteFunc(met, func(row int32) bool {
		i := t.stored(row)
		return !days.Valid.Get(i) || days.Ints[i] < newest[0]
	})
	return t.without(late), len(late), nil
}
