package checks

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Due says when the key of a row of another table is due: a key that is not due yet is
// waited for where it is missing, and the others are held against the bounds
// without it. Of several rows of one key the first that is due counts, and one that does
// not say when is due at once.
type Due struct {
	// At is the time, a TIMESTAMP, a DATETIME by the table's zone, or a DATE: once that
	// day is over, or By says when.
	At expr.Expr
	// By is the due time of a DATE.
	By *quality.DueTime
	// After is how much later the key is due.
	After time.Duration
}

// IsZero reports whether every key is due at once.
func (d Due) IsZero() bool { return d.At.IsZero() }

// validate reports what is wrong without looking at data.
func (d Due) validate() error {
	switch {
	case d.IsZero() && (d.By != nil || d.After != 0):
		return fmt.Errorf("due names no column")
	case d.By != nil && d.After != 0:
		return fmt.Errorf("due: after is part of the due time %s: leave one out", d.By)
	case d.After < 0:
		return fmt.Errorf("due: after is a length of time, and not %s", d.After)
	case d.By != nil:
		if err := d.By.Validate(); err != nil {
			return err
		}
	}
	if err := d.At.Mistake(); err != nil {
		return fmt.Errorf("due: %w", err)
	}
	return nil
}

// The columns that say when a key is due: of a row, and of all rows of the key.
const (
	dueAt, isLate    = "due at()", "late()"
	nextDue, lateDue = "next due()", "late due()"
)

// dueIn resolves when keys are due.
func (a Against) dueIn(s quality.Scope) (Against, error) {
	if a.Due.IsZero() {
		return a, nil
	}
	of := s.Others[0]
	at, err := a.Due.At.At(s.Now, s.Zone).Bind(of.Info.Schema)
	if err != nil {
		return a, fmt.Errorf("due: %s: %w", a.Table, err)
	}
	last, err := a.Due.last(at.Type(), s.Now, of.Zone)
	if err != nil {
		return a, fmt.Errorf("due: %s of %s %w", a.Due.At, a.Table, err)
	}
	a.late = a.Due.At.Gt(last)
	return a, nil
}

// last is the last time of a type that is due.
func (d Due) last(t expr.Type, now time.Time, zone *time.Location) (any, error) {
	until := now.Add(-d.After).In(zone)
	switch {
	case d.By != nil && t == expr.Date:
		if d.By.Zone != "" {
			var err error
			if zone, err = expr.LoadZone(d.By.Zone); err != nil {
				return nil, err
			}
		}
		return d.By.Last(now, zone), nil
	case d.By != nil && t != expr.Null:
		return nil, fmt.Errorf("is %s, and %s is the due time of a DATE", t, d.By)
	case t == expr.Date, t == expr.Null:
		return civil.DateOf(until).AddDays(-1), nil
	case t == expr.Timestamp:
		return until.UTC(), nil
	case t == expr.DateTime:
		return lastShown(until), nil
	}
	return nil, fmt.Errorf("is %s, and it must be TIMESTAMP, DATETIME or DATE", t)
}

// lastShown is the last time that clocks have shown, which is not the one they show
// where they went back.
func lastShown(now time.Time) civil.DateTime {
	at := civil.DateTimeOf(now)
	if change, _ := now.ZoneBounds(); !change.IsZero() {
		if before := civil.DateTimeOf(change.Add(-time.Microsecond).In(now.Location())); before.After(at) {
			return before
		}
	}
	return at
}

// instant is when a key is due.
func (d Due) instant(v expr.Value, zone *time.Location) (time.Time, error) {
	due := quality.DueTime{After: d.After}
	switch at := v.Go().(type) {
	case time.Time:
		return at.In(zone).Add(d.After), nil
	case civil.DateTime:
		due.Clock = at.In(time.UTC).Sub(at.Date.In(time.UTC))
		return due.Of(at.Date, zone), nil
	case civil.Date:
		if d.By == nil {
			return due.Of(at.AddDays(1), zone), nil
		}
		if d.By.Zone != "" {
			var err error
			if zone, err = expr.LoadZone(d.By.Zone); err != nil {
				return time.Time{}, err
			}
		}
		return d.By.Of(at, zone), nil
	}
	return time.Time{}, fmt.Errorf("%s is no time", v.SQL())
}

// rows are those of the other table, which tell of themselves when they are due.
func (a Against) rows(of quality.Relation) quality.Relation {
	of = of.Filter(a.Where)
	if a.late.IsZero() {
		return of
	}
	return of.Project(quality.As(dueAt, a.Due.At), quality.As(isLate, a.late))
}

// terms tell of a key when it is due.
func (a Against) terms() []quality.NamedTerm {
	if a.Due.IsZero() {
		return nil
	}
	late := expr.Col(isLate)
	return []quality.NamedTerm{
		quality.CountWhere(late).Named(lateDue),
		quality.MinOf(expr.If(late, expr.Col(dueAt), nil)).Named(nextDue),
	}
}

// waits is TRUE of a key of which so many rows are there, and none is due yet.
func (a Against) waits(rows string) expr.Expr {
	if a.Due.IsZero() {
		return expr.Lit(false)
	}
	return expr.Col(lateDue).Eq(expr.Col(rows)).IsTrue()
}

// overdue is TRUE of a key of which so many rows are there, and some is due; zero where
// every key is due at once.
func (a Against) overdue(rows string) expr.Expr {
	if a.Due.IsZero() {
		return expr.Expr{}
	}
	return a.waits(rows).Not()
}

// dated are figures, with those of the keys that are not due yet beside the first of
// them, which count where something is TRUE.
func (a Against) dated(of figures, waits expr.Expr, where ...expr.Expr) figures {
	if a.Due.IsZero() {
		return of
	}
	for i, w := range where {
		of = append(of, quality.CountWhere(w.And(waits)).Named(lateFigure+of[i].Name))
	}
	return of
}

// lateFigure begins the names of figures of keys that are not due yet.
const lateFigure = "late "

// overdue are counts without the keys that are not due yet.
func (c counts) overdue() counts {
	out := counts{}
	for name, n := range c {
		out[name] = n - c[lateFigure+name]
	}
	return out
}

// judge is what is found of the keys that are due, where that is a failure; else what is
// found of all, and a failure then is one that is waited for.
func (d Due) judge(s quality.Scope, m quality.Measured, seg quality.Segment, n counts, next func() quality.Request, of func(counts) quality.Finding) quality.Finding {
	all := of(n)
	if d.IsZero() {
		return all
	}
	if due := of(n.overdue()); due.Verdict == quality.Fail {
		return due
	}
	if all.Verdict != quality.Fail {
		return all
	}
	v, err := quality.Get[expr.Value](m, next(), seg)
	if err != nil {
		return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
	}
	at, err := d.instant(v, s.Others[0].Zone)
	if err != nil {
		return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
	}
	all.Verdict = quality.Waiting
	if s.Redacts() {
		all.Reason = "not due yet: " + all.Reason
	} else {
		all.Reason = fmt.Sprintf("due %s: %s", at.Format("2006-01-02 15:04 MST"), all.Reason)
	}
	return all
}

// earliest is the first of some times; it reads as an expr.Value.
type earliest struct{ of expr.Expr }

// Terms is the one.
func (e earliest) Terms() []quality.Term { return []quality.Term{quality.MinOf(e.of)} }

// Read gives the value.
func (earliest) Read(_ int64, values []expr.Value) (any, error) { return values[0], nil }
