package quality

import (
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Suite is checks on one table.
//
//	suite := quality.Suite{
//		Name:  "player_game_summary",
//		Table: "nba_analytics.player_game_summary",
//		Date:  "game_date",
//		Rules: []quality.Rule{{
//			Check: checks.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
//			Where: expr.Col("minutes_played").Gt(0),
//			By:    []string{"season"},
//		}},
//	}
type Suite struct {
	// Name is what reports and tests call the suite.
	Name string
	// Owner is whom to ask; it is printed.
	Owner string
	// Table is [project.]dataset.table.
	Table string
	// Date is the table's date column, DATE, TIMESTAMP or DATETIME: declared
	// once, and every scan is bounded by it.
	Date string
	// From and To are the first and last day of the scope, both inclusive; zero
	// is unbounded. They need Date.
	From, To civil.Date
	// FromToday and ToToday are the same as days from the day of the run's clock in
	// Zone: -14 is fourteen days before it. Nil is none.
	FromToday, ToToday *int
	// Zone is the time zone whose calendar the dates are of. Defaults to UTC.
	Zone string
	// Where limits the rows that the suite looks at.
	Where expr.Expr
	// MaxSegments is how many segments a check may have: with more it is unknown, as
	// with an id to group by. Zero is DefaultMaxSegments.
	MaxSegments int64
	// Tables declares tables that checks read, the suite's own among them if it
	// likes: Date and Zone can then stand there.
	Tables []Table
	// RowsAtFault is how many of the rows at fault are shown of each finding that
	// fails: see Tracer. Nil is 5 of rows in memory and local files; on BigQuery it is
	// none, for more columns are read for them.
	RowsAtFault *int
	// Explain has findings that fail say which rows are at fault, for a query of all of
	// them. Nothing more is measured for it.
	Explain bool
	// MaxBytes refuses a query of the suite that would be billed for more; 0 is no
	// limit.
	MaxBytes int64
	// Labels are put on the jobs of its queries.
	// https://cloud.google.com/bigquery/docs/adding-labels#job-label
	Labels map[string]string
	// Calendar says what was due, and when; nil is none, and then all rows are due
	// and a segment without rows is unknown.
	Calendar *Calendar
	// Beside is columns of another table that stand beside the rows, nil for none.
	Beside *Beside
	// Rules are the checks.
	Rules []Rule
}

// Rule is a check with what fits any check: the rows it is about, the segments
// it must hold in, and what its failure means.
type Rule struct {
	Check
	// ID names the rule in reports. Defaults to its kind and columns.
	ID string
	// Tags are further names, that several rules can have in common.
	Tags []string
	// Where names the population. If it is TRUE for no row, the verdict is
	// unknown unless NoneOK.
	Where expr.Expr
	// WhereIn limits it to rows whose key another table has, nil to none.
	WhereIn *KeysOf
	// By are group-by columns; the check must hold in each segment by itself.
	By []string
	// Computed are columns that the table does not have and By names, each of the
	// row's others: As("month", Col("game_date").DateTrunc(Month)).
	Computed []Column
	// Expect lists segments that must be there, each with a value per By column
	// (Go values as ValueOf takes them).
	Expect [][]any
	// ExpectOf reads such segments from another table, nil from none.
	ExpectOf *SegmentsOf
	// WarnOnly makes a failure a warning.
	WarnOnly bool
	// NullsOK: NULL dates, NULL parts of a key, and rows that a predicate is NULL for,
	// are set aside.
	NullsOK bool
	// NoneOK: no row where Where is TRUE is a pass.
	NoneOK bool
	// Due is when the rows of a date are due, instead of as the calendar says.
	Due *DueTime
	// Waiver lets a known failure through.
	Waiver *Waiver
	// SetAside: rows that break the rule are no part of what is published, as long as they
	// are no more than the bound allows, a share of the rows or AtMost so many. Nil is that
	// none are. It says nothing to those who only look.
	SetAside *Bound
}

// Only is the suite with those of its rules that one of the names is the ID or a tag
// of, each by the ID that it has in the whole suite, and which of the names are.
func (s Suite) Only(names ...string) (some Suite, met []string) {
	ids := s.ids()
	var rules []Rule
	for i, r := range s.Rules {
		r.ID = ids[i]
		wanted := false
		for _, name := range names {
			if name == r.ID || slices.Contains(r.Tags, name) {
				wanted = true
				met = union(met, []string{name})
			}
		}
		if wanted {
			rules = append(rules, r)
		}
	}
	s.Rules = rules
	return s, met
}

// ids gives every rule a name that is its own within the suite and does not
// change when rules are added elsewhere.
func (s Suite) ids() []string {
	taken := map[string]bool{}
	for _, r := range s.Rules {
		taken[r.ID] = true
	}
	out := make([]string, len(s.Rules))
	for i, r := range s.Rules {
		if out[i] = r.ID; r.ID != "" {
			continue
		}
		name := r.name()
		out[i] = name
		for n := 2; taken[out[i]]; n++ {
			out[i] = fmt.Sprintf("%s #%d", name, n)
		}
		taken[out[i]] = true
	}
	return out
}

// name is what a rule is called that has no ID.
func (r Rule) name() string {
	d := r.Describe()
	name := d.Kind
	if len(d.Columns) > 0 {
		name += ":" + strings.Join(d.Columns, ",")
	}
	if len(r.By) > 0 {
		name += " by " + strings.Join(r.By, ",")
	}
	return name
}
