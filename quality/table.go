package quality

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Table is what is declared of a table, once for all checks that read it.
type Table struct {
	// Name is [project.]dataset.table.
	Name string
	// Date is the date column, DATE, TIMESTAMP or DATETIME.
	Date string
	// Zone is the time zone whose calendar the dates are of. Defaults to the
	// suite's.
	Zone string
	// Key is what there is one row of.
	Key []string
	// Redact are columns whose values are not to be printed: nothing is grouped by
	// them, and no row at fault shows them.
	Redact []string
}

// table is what the suite declares of a table, or its name alone.
func (s Suite) table(name string) Table {
	for _, t := range s.Tables {
		if t.Name == name {
			return t
		}
	}
	return Table{Name: name}
}

// zoneOf is in which zone the days of a table are told.
func (s Suite) zoneOf(table string) (*time.Location, error) {
	if zone := s.table(table).Zone; zone != "" {
		return expr.LoadZone(zone)
	}
	return expr.LoadZone(s.zone())
}

// settled is the suite with what its tables say of its own and of its calendar.
func (s Suite) settled() Suite {
	own := s.table(s.Table)
	if s.Date == "" {
		s.Date = own.Date
	}
	if s.Zone == "" {
		s.Zone = own.Zone
	}
	if s.Calendar != nil {
		c := s.Calendar.dated(s)
		s.Calendar = &c
	}
	return s
}

// Reads are the tables that the suite's rules say they read, each once, the suite's
// own first.
func (s Suite) Reads() []string {
	out := []string{s.Table}
	if s.Calendar != nil && s.Calendar.Table != s.Table {
		out = append(out, s.Calendar.Table)
	}
	if s.Beside != nil && !slices.Contains(out, s.Beside.Table) {
		out = append(out, s.Beside.Table)
	}
	for _, r := range s.Rules {
		for _, o := range r.others() {
			if !slices.Contains(out, o.Table) {
				out = append(out, o.Table)
			}
		}
	}
	return out
}

// tableMistakes are those in what the suite declares of tables.
func (s Suite) tableMistakes(bad func(field, format string, args ...any)) {
	seen := map[string]bool{}
	for _, t := range s.Tables {
		if seen[t.Name] {
			bad("Tables", "table %s is declared twice", t.Name)
		}
		seen[t.Name] = true
		if err := t.Validate(); err != nil {
			bad("Tables", "table %s: %w", t.Name, err)
		}
	}
	own := s.table(s.Table)
	if s.Date != "" && own.Date != "" && !strings.EqualFold(s.Date, own.Date) {
		bad("Date", "the suite says that the date of %s is %s, and its tables say %s: leave one out", s.Table, s.Date, own.Date)
	}
	if s.Zone != "" && own.Zone != "" && s.Zone != own.Zone {
		bad("Zone", "the suite says that the zone of %s is %s, and its tables say %s: leave one out", s.Table, s.Zone, own.Zone)
	}
}

// Validate reports what is wrong without looking at data.
func (t Table) Validate() error {
	if err := checkTableName(t.Name); err != nil {
		return err
	}
	if t.Zone != "" {
		if _, err := expr.LoadZone(t.Zone); err != nil {
			return fmt.Errorf("zone %w", err)
		}
	}
	if err := expr.CheckDistinct(t.Key); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	if err := expr.CheckDistinct(t.Redact); err != nil {
		return fmt.Errorf("redact: %w", err)
	}
	return nil
}

func checkTableName(name string) error {
	if !tableName.MatchString(name) || len(name) > 1024 {
		return fmt.Errorf("%q is no table name: write [project.]dataset.table", name)
	}
	return nil
}
