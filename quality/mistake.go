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
