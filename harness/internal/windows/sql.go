package windows

import (
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panelsql"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// OfTables says that the settings are about tables of a warehouse: what Expected and
// Points name are tables as well, and their types are their own.
func (s *Settings) OfTables() { s.tables = true }

// TableNames are the tables that the windows over one of rows are made from.
func (s *Settings) TableNames(rows string) []string {
	out := []string{rows}
	for _, name := range []string{s.Expected, s.Points} {
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// Query is the windows over tables, in the order of TableNames, whose schemas are known.
// Now is when expected keys are due against; zero is when the statement runs. The error
// is a panel.Mistake.
func (s *Settings) Query(rows string, schemas map[string]expr.Schema, now time.Time) (*rollingsql.Query, error) {
	spec, err := s.spec()
	if err != nil {
		return nil, err
	}
	table := func(name string) panelsql.Table { return panelsql.Table{Name: name, Schema: schemas[name]} }
	return panelsql.Query(spec, panelsql.Tables{Rows: table(rows), Expected: table(s.Expected), Points: table(s.Points)}, now), nil
}
