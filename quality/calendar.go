package quality

import (
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Calendar says what was due, and when: another table, which bears witness for the
// suite's. Where it has nothing for a date or a segment, and knows of both, a check
// that has no row to judge there passes.
//
//	Calendar: &quality.Calendar{
//		Table: "nba_raw.schedule",
//		Where: expr.Col("status").Eq("final"),
//		Map:   []quality.Paired{{Column: "team", With: []string{"home_team", "away_team"}}},
//		Due:   &quality.DueTime{Clock: 6 * time.Hour, Zone: "America/New_York", After: 36 * time.Hour},
//	}
type Calendar struct {
	// Table is [project.]dataset.table, and never the suite's own rows.
	Table string
	// Date is its date column. Defaults to what the suite's Tables say, else to the
	// suite's.
	Date string
	// Where are the rows that say what was due.
	Where expr.Expr
	// Map names its columns for those of the suite's table; others go by the same
	// name.
	Map []Paired
	// Due is when the rows of a date are due; nil is at once.
	Due *DueTime
	// From and To are the first and last day that it knows of, both or none. Without
	// them it is read whole, and knows of the days from its first to its last row.
	From, To civil.Date
	// Season is a column of it whose values each have a first and a last day.
	Season string
	// NullsOK sets its rows without a date aside.
	NullsOK bool
}

// Paired is a column of the suite's table, and what it is called elsewhere. Of
// several names each makes a row: a game is one of the home team and one of the away
// team.
type Paired struct {
	Column string
	With   []string
}

// covered reports whether the calendar says itself which days it knows of.
func (c Calendar) covered() bool { return c.From != (civil.Date{}) }

// dated is the calendar with its date column.
func (c Calendar) dated(s Suite) Calendar {
	if c.Date == "" {
		c.Date = s.table(c.Table).Date
	}
	if c.Date == "" {
		c.Date = s.Date
	}
	return c
}

// named is what a column of the suite's table is called in the calendar.
func (c Calendar) named(column, date string) []string {
	if strings.EqualFold(column, date) {
		return []string{c.Date}
	}
	for _, m := range c.Map {
		if strings.EqualFold(m.Column, column) {
			return m.With
		}
	}
	return []string{column}
}

// relation is what was due, with the columns named as those of the suite's table.
func (c Calendar) relation(s Scope, days []expr.Expr) Relation {
	date := expr.Col(c.Date)
	rel := Read(c.Table).Filter(c.Where)
	if len(days) > 0 {
		rel = rel.Filter(expr.AnyOf(expr.AllOf(days...), date.IsNull()))
	}
	var lists [][]Column
	for i := range c.rowsOf() {
		var list []Column
		if !strings.EqualFold(c.Date, s.Date) {
			list = append(list, As(s.Date, date))
		}
		for _, m := range c.Map {
			list = append(list, As(m.Column, expr.Col(m.With[i%len(m.With)])))
		}
		lists = append(lists, list)
	}
	if len(lists[0]) == 0 {
		return rel
	}
	return rel.Expand(lists...)
}

// rowsOf is how many rows each row of the table makes.
func (c Calendar) rowsOf() int {
	n := 1
	for _, m := range c.Map {
		n = max(n, len(m.With))
	}
	return n
}

// mistakes are those that show without data.
func (c Calendar) mistakes(s Suite, bad func(field, format string, args ...any)) {
	fail := func(format string, args ...any) { bad("Calendar", "calendar: "+format, args...) }
	if err := checkTableName(c.Table); err != nil {
		fail("%w", err)
	}
	if s.Date == "" {
		fail("it needs date, the date column of %s", s.Table)
	}
	if c.Table == s.Table {
		fail("%s says what is due in itself: a calendar is kept apart from the table that it judges", c.Table)
	}
	if err := checkFilter(c.Where); err != nil {
		fail("where: %w", err)
	}
	if c.Due != nil {
		if err := c.Due.Validate(); err != nil {
			fail("%w", err)
		}
	}
	covers := []civil.Date{c.From, c.To}
	for _, day := range covers {
		if day != (civil.Date{}) && (!day.IsValid() || !expr.InCalendar(day.Year)) {
			fail("covers: %s is no date", day)
		}
	}
	switch {
	case (c.From == civil.Date{}) != (c.To == civil.Date{}):
		fail("covers has a first and a last day, or is left out")
	case c.To.Before(c.From):
		fail("covers: %s is before %s", c.To, c.From)
	case c.covered() && c.Season != "":
		fail("season is for a calendar that is read whole: leave it out, or covers")
	}
	var columns []string
	many := 1
	for _, m := range c.Map {
		columns = append(columns, m.Column)
		switch {
		case len(m.With) == 0 || slices.Contains(m.With, "") || m.Column == "":
			fail("map: %q is called nothing", m.Column)
		case strings.EqualFold(m.Column, s.Date):
			fail("map: the date is not mapped, but named by date")
		case len(m.With) > 1 && many > 1 && len(m.With) != many:
			fail("map: %s has %d columns where another has %d: each row makes as many", m.Column, len(m.With), many)
		case len(m.With) > 1:
			many = len(m.With)
		}
	}
	if err := expr.CheckDistinct(columns); err != nil {
		fail("map: %w", err)
	}
}
