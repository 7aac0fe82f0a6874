package features

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// timed claims what is TRUE of every row by the clock of the run or the days of columns,
// which only the scope knows.
type timed struct {
	kind, claim string
	columns     []string
	of          func(quality.Scope) (expr.Expr, error)
}

// foretold claims that no row has a label whose event is yet to come: a 0 that stands for
// a game not played yet would be learnt as one. An event that is NULL is not known to
// have come.
func foretold(label, event string) timed {
	return timed{"foretold", fmt.Sprintf("%s is NULL unless %s has come", label, event), []string{label, event},
		func(s quality.Scope) (expr.Expr, error) {
			now, err := s.NowAs(event)
			return expr.Col(label).Populated().Not().Or(expr.Col(event).Le(now)).IsTrue(), err
		}}
}

// aged claims that what a row says was there so many days before its date at most, where
// it says anything.
func aged(f Feature, date string) timed {
	return timed{"age", fmt.Sprintf("%s is at most %s before %s", f.AvailableAt, quality.Plural(int64(f.Age), "day", "days"), date), []string{f.AvailableAt, date},
		func(s quality.Scope) (expr.Expr, error) {
			there, err := s.DayOf(f.AvailableAt)
			if err != nil {
				return expr.Expr{}, err
			}
			day, err := s.DayOf(date)
			return day.Minus(there).Le(f.Age), err
		}}
}

func (c timed) Describe() quality.Description {
	return quality.Description{Kind: c.kind, Columns: c.columns, Claim: c.claim}
}

func (c timed) Requests(s quality.Scope) ([]quality.Request, error) {
	of, err := c.of(s)
	return []quality.Request{tally(of)}, err
}

func (c timed) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	of, err := c.of(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	told := quality.Told{One: "row", Many: "rows", NullsFail: true}
	return quality.EachSegment(m, tally(of), func(seg quality.Segment, n quality.Counts) quality.Finding {
		return s.JudgeTally(seg, told, n, quality.OrAll(nil))
	})
}

// AtFault are the rows of which it is not TRUE.
func (c timed) AtFault(s quality.Scope) ([]quality.Fault, error) {
	of, err := c.of(s)
	return quality.FaultsOf("", of, of.IsNotTrue(), quality.OrAll(nil), c.columns...), err
}
