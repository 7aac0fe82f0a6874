package quality

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
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

var tableName = regexp.MustCompile(`^([A-Za-z0-9][-A-Za-z0-9:.]*\.)?([\pL\pM\pN_]+\.)?[\pL\pM\pN\p{Pc}\p{Pd} ]+\*?$`)

// Mistake is one thing that is wrong with a suite whatever its data is.
type Mistake struct {
	Suite string
	Rule  int    // index in Suite.Rules, -1 for the suite itself
	Field string // of the Suite or the Rule: Table, Expect, Check, …
	Err   error
}

func (m *Mistake) Error() string {
	if m.Rule < 0 {
		return fmt.Sprintf("suite %s: %v", m.Suite, m.Err)
	}
	return fmt.Sprintf("suite %s: check %d: %v", m.Suite, m.Rule+1, m.Err)
}

func (m *Mistake) Unwrap() error { return m.Err }

// Validate reports every mistake in the suite that shows without its data.
func (s Suite) Validate() error {
	var errs []error
	for _, m := range s.Mistakes() {
		errs = append(errs, m)
	}
	return errors.Join(errs...)
}

// Mistakes is Validate for those who know where each field was written.
func (s Suite) Mistakes() []*Mistake {
	var out []*Mistake
	bad := func(field, format string, args ...any) {
		out = append(out, &Mistake{s.label(), -1, field, fmt.Errorf(format, args...)})
	}
	if strings.TrimSpace(s.Name) == "" {
		bad("Name", "it has no name")
	}
	if err := checkTableName(s.Table); err != nil {
		bad("Table", "%w", err)
	}
	s.tableMistakes(bad)
	s = s.settled()
	if s.Date == "" && (s.From.IsValid() || s.To.IsValid() || s.FromToday != nil || s.ToToday != nil) {
		bad("Date", "from and to need date, the table's date column")
	}
	for _, d := range []struct {
		field, name string
		day         civil.Date
	}{{"From", "from", s.From}, {"To", "to", s.To}} {
		if d.day != (civil.Date{}) && (!d.day.IsValid() || !expr.InCalendar(d.day.Year)) {
			bad(d.field, "%s %s is no date", d.name, d.day)
		}
	}
	if s.From != (civil.Date{}) && s.FromToday != nil {
		bad("From", "it has a first day twice, %s and one by the clock", s.From)
	}
	if s.To != (civil.Date{}) && s.ToToday != nil {
		bad("To", "it has a last day twice, %s and one by the clock", s.To)
	}
	if s.FromToday != nil && s.ToToday != nil && *s.ToToday < *s.FromToday {
		bad("To", "to is %s before from", Plural(int64(*s.FromToday-*s.ToToday), "day", "days"))
	}
	if s.From.IsValid() && s.To.IsValid() && s.To.Before(s.From) {
		bad("To", "to %s is before from %s", s.To, s.From)
	}
	if s.Zone != "" {
		if _, err := expr.LoadZone(s.Zone); err != nil {
			bad("Zone", "zone %w", err)
		}
	}
	if err := checkFilter(s.Where); err != nil {
		bad("Where", "where: %w", err)
	}
	if n := s.RowsAtFault; n != nil && (*n < 0 || *n > MostRowsAtFault) {
		bad("RowsAtFault", "rows_at_fault %d: of each finding 0 to %d rows are shown", *n, MostRowsAtFault)
	}
	if s.MaxBytes < 0 {
		bad("MaxBytes", "max_bytes %d: a number of bytes is 0 or more", s.MaxBytes)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Labels)) {
		if err := CheckLabel(name, s.Labels[name]); err != nil {
			bad("Labels", "labels: %w", err)
		}
	}
	if s.Calendar != nil {
		s.Calendar.mistakes(s, bad)
	}
	if err := s.Beside.mistake(); err != nil {
		bad("Beside", "beside: %w", err)
	}
	if s.MaxSegments < 0 {
		bad("MaxSegments", "max_segments %d: it is how many segments a check may have, or 0 for %s", s.MaxSegments, Grouped(DefaultMaxSegments))
	}
	if len(s.Rules) == 0 {
		bad("Rules", "it has no checks, and nothing to judge is never a pass")
	}
	ids := map[string]bool{}
	for i, r := range s.Rules {
		if r.ID != "" && ids[r.ID] {
			out = append(out, &Mistake{s.label(), i, "ID", fmt.Errorf("two checks have the id %q", r.ID)})
		}
		ids[r.ID] = true
		if field, err := r.validate(s); err != nil {
			out = append(out, &Mistake{s.label(), i, field, err})
		}
	}
	return out
}

func (s Suite) label() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Table
}

// validate returns the first mistake and the field that it is in.
func (r Rule) validate(s Suite) (field string, err error) {
	of := s.table(s.Table)
	if r.Check == nil {
		return "Check", fmt.Errorf("it is empty")
	}
	if v, ok := r.Check.(interface{ Validate() error }); ok {
		if err := v.Validate(); err != nil {
			return "Check", fmt.Errorf("%s: %w", r.Describe().Kind, err)
		}
	}
	if err := checkFilter(r.Where); err != nil {
		return "Where", fmt.Errorf("where: %w", err)
	}
	if err := expr.CheckDistinct(r.By); err != nil {
		return "By", fmt.Errorf("by: %w", err)
	}
	if err := r.checkComputed(); err != nil {
		return "By", fmt.Errorf("by: %w", err)
	}
	read := slices.Clone(r.By)
	for _, c := range r.Computed {
		read = append(read, c.Of.Columns()...)
	}
	for _, c := range read {
		if expr.Shows(of.Redact, c) {
			return "By", fmt.Errorf("by: %s is redacted, and the values of segments are printed", c)
		}
	}
	for _, o := range r.others() {
		if err := checkTableName(o.Table); err != nil {
			return "Check", err
		}
		if err := o.Span.Validate(); err != nil {
			return "Check", fmt.Errorf("%s: %w", o.Table, err)
		}
	}
	if _, err := r.in(s); err != nil {
		return "Check", fmt.Errorf("%s: %w", r.Describe().Kind, err)
	}
	if err := r.WhereIn.validate(); err != nil {
		return "Where", err
	}
	if r.NoneOK && r.population() == "" {
		return "NoneOK", fmt.Errorf("none: ok needs where")
	}
	if (len(r.Expect) > 0 || r.ExpectOf != nil) && len(r.By) == 0 {
		return "Expect", fmt.Errorf("expect needs by, the columns whose values are expected")
	}
	for _, e := range r.Expect {
		if len(e) != len(r.By) {
			return "Expect", fmt.Errorf("expect %v has %d values for %d by columns", e, len(e), len(r.By))
		}
	}
	if r.Due != nil {
		if s.Date == "" {
			return "Due", fmt.Errorf("due needs the suite's date")
		}
		if err := r.Due.Validate(); err != nil {
			return "Due", err
		}
	}
	if r.Describe().OfDue && s.Calendar == nil {
		return "Check", fmt.Errorf("%s: a bound of what was due needs the suite's calendar", r.Describe().Kind)
	}
	if err := r.ExpectOf.validate(len(r.By)); err != nil {
		return "Expect", err
	}
	if r.SetAside != nil {
		if err := r.setsAside(); err != nil {
			return "SetAside", err
		}
	}
	if w := r.Waiver; w != nil {
		return "Waiver", w.validate(r)
	}
	return "", nil
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
