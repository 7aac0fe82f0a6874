package quality

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Reader is a check that reads other tables than the suite's own. What it says here
// is found in its Scope, resolved: all tables of a plan are asked for at once.
type Reader interface {
	Check
	Others() []Other
}

// Other is another table that a check reads.
type Other struct {
	Table string
	// On pairs columns of the suite's table with those of this one. Where they pair
	// the date columns the suite's dates bound this table too; else it is read
	// whole.
	On []On
	// Oracle: it says what was due, so it may not be the suite's own table, whatever
	// its name.
	Oracle bool
	// NullsOK sets rows without a date aside. The rule's own NullsOK does not: it
	// is about the suite's table.
	NullsOK bool
	// Span are days of the table's own, on the date column that is declared of it or
	// paired.
	Span Span
}

// OtherRows are the rows of a table that a [Reader] names, and what the engine knows
// of it.
type OtherRows struct {
	Relation
	Info TableInfo
	// Zone is that in which its days are told.
	Zone *time.Location
}

// DayOf is the calendar day of a DATE, TIMESTAMP or DATETIME column of it.
func (o OtherRows) DayOf(column string) (expr.Expr, error) {
	return dayOfColumn(o.Info.Schema, column, o.Zone)
}

// others are the tables that a check says it reads.
func others(c Check) []Other {
	if r, ok := c.(Reader); ok {
		return r.Others()
	}
	return nil
}

// toldOthers is others, or none where the check panics: that is told of its rule once
// it is planned.
func toldOthers(c Check) (out []Other) {
	_ = Guard("the check panicked", func() error { out = others(c); return nil })
	return out
}

// others are the tables that a rule says it reads, its check's first.
func (r Rule) others() []Other {
	out := toldOthers(r.Check)
	if r.ExpectOf != nil {
		out = append(out, r.ExpectOf.other())
	}
	if r.WhereIn != nil {
		out = append(out, r.WhereIn.other())
	}
	return out
}

// dated is the column that holds the table's dates where they are paired with the
// suite's, "" where they are not.
func (o Other) dated(declared Table, date string) string {
	for _, on := range o.On {
		if date == "" || !strings.EqualFold(on.Left, date) {
			continue
		}
		if declared.Date == "" || strings.EqualFold(on.Right, declared.Date) {
			return on.Right
		}
	}
	return ""
}

// resolve makes the rows of another table, and names its date column where it bounds
// them.
func (o Other) resolve(s Suite, own, info TableInfo, now time.Time) (Relation, string, error) {
	if info.Err != nil {
		return Relation{}, "", info.Err
	}
	if o.Oracle {
		if err := apart(s, own, info); err != nil {
			return Relation{}, "", err
		}
	}
	for _, on := range o.On {
		if _, err := info.Schema.Field(on.Right); err != nil {
			return Relation{}, "", fmt.Errorf("%s: %w", o.Table, err)
		}
	}
	declared := s.table(o.Table)
	date := o.dated(declared, s.Date)
	if !o.Span.IsZero() {
		date = cmp.Or(date, declared.Date)
		if date == "" {
			return Relation{}, "", fmt.Errorf("%s has days of its own and no date column: declare it under tables", o.Table)
		}
		var err error
		if s, err = o.Span.of(s, now); err != nil {
			return Relation{}, "", fmt.Errorf("%s: %w", o.Table, err)
		}
	}
	if date == "" {
		return Read(o.Table), "", nil
	}
	f, err := info.Schema.Field(date)
	if err != nil {
		return Relation{}, "", err
	}
	if declared.Zone != "" {
		s.Zone = declared.Zone
	}
	bounds, err := dateBounds(s, f)
	if err != nil {
		return Relation{}, "", fmt.Errorf("%s: %w", o.Table, err)
	}
	dated := append([]expr.Expr{expr.Col(f.Name).IsNotNull()}, bounds...)
	return Read(o.Table).Filter(expr.AllOf(dated...)), f.Name, nil
}

// apart refuses a table that says what is due in the suite's own, and is the same rows
// under whatever name.
func apart(s Suite, own, oracle TableInfo) error {
	if oracle.Err != nil {
		return oracle.Err
	}
	if oracle.Name == s.Table || own.Identity.Same(oracle.Identity) {
		return fmt.Errorf("%s says what is due in %s, and they are the same rows: an oracle is kept apart from the table that it judges", oracle.Name, s.Table)
	}
	if err := errors.Join(own.Identity.Err, oracle.Identity.Err); err != nil {
		return fmt.Errorf("whether %s and %s are the same rows cannot be said: %w", oracle.Name, s.Table, err)
	}
	return nil
}

// undatedTable is another table that a rule reads by its dates, and the rows of it
// that have none.
type undatedTable struct {
	table, date string
	asked       *asked
}

// finding tells of rows without a date, nil where there is none.
func (u undatedTable) finding(ms *Measurements) (*Finding, error) {
	counts, err := u.asked.total(ms)
	n := counts.Rows()
	if err != nil || n == 0 {
		return nil, err
	}
	return &Finding{
		Segment: NewSegment([]string{u.table + "." + u.date}, []expr.Value{{}}),
		Verdict: Unknown,
		Reason: fmt.Sprintf("%s to no date: give them one, or say that they are set aside with null: ok beside %s",
			Plural(n, fmt.Sprintf("row of %s has a NULL %s and belongs", u.table, u.date), fmt.Sprintf("rows of %s have a NULL %s and belong", u.table, u.date)), u.table),
	}, nil
}

// datedReads are the tables, other than the suite's, that requests read without
// saying so and that are declared to have dates.
func datedReads(s Suite, c Check, requests []Request) []Table {
	known := []string{s.Table}
	for _, o := range others(c) {
		known = append(known, o.Table)
	}
	var out []Table
	for _, q := range requests {
		for _, name := range q.Of.Tables() {
			if t := s.table(name); t.Date != "" && !slices.Contains(known, name) {
				known = append(known, name)
				out = append(out, t)
			}
		}
	}
	return out
}
