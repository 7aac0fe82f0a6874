package checks_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// column makes a column of plain values, nil for NULL.
func column[T any](name string, values ...any) rows.Column {
	c := rows.Column{Name: name, Valid: make([]bool, len(values))}
	typed := make([]T, len(values))
	for i, v := range values {
		if v != nil {
			typed[i], c.Valid[i] = v.(T), true
		}
	}
	c.Values = typed
	return c
}

func texts(name string, values ...any) rows.Column  { return column[string](name, values...) }
func floats(name string, values ...any) rows.Column { return column[float64](name, values...) }
func dates(name string, values ...any) rows.Column  { return column[civil.Date](name, values...) }

func day(year, month, d int) civil.Date {
	return civil.Date{Year: year, Month: time.Month(month), Day: d}
}

func value(v any) expr.Value {
	out, err := expr.ValueOf(v)
	if err != nil {
		panic(err)
	}
	return out
}

func percent(n int64) quality.Bound { return quality.AtLeast(quality.Percent(n)) }

func complete(column string, bounds ...quality.Bound) checks.Complete {
	return checks.Complete{Columns: []string{column}, Bounds: bounds}
}

func unique(columns ...string) checks.Unique { return checks.Unique{Columns: columns} }

func rowCount(bounds ...quality.Bound) checks.RowCount { return checks.RowCount{Bounds: bounds} }

var (
	usage   = floats("usage_rate", 20.1, 19.9, nil, 25.0)
	seasons = texts("season", "2022-23", "2022-23", "2023-24", "2023-24")
)

// check runs one rule over a table.
func check(t *testing.T, s quality.Suite, rule quality.Rule, columns ...rows.Column) quality.CheckReport {
	t.Helper()
	src, err := rows.Columns(columns...)
	require.NoError(t, err)
	s.Name, s.Table, s.Rules = "games", "nba.games", []quality.Rule{rule}
	now := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"nba.games": src}), now, s)
	require.NoError(t, err)
	return report.Suites[0].Checks[0]
}

// ruling is a rule over a table, with what the report says of it.
type ruling struct {
	name    string
	rule    quality.Rule
	table   []rows.Column
	verdict quality.Verdict
	reason  string
}

func holds(t *testing.T, all []ruling) {
	t.Helper()
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			got := check(t, quality.Suite{}, tt.rule, tt.table...)
			require.Equal(t, tt.verdict.String()+": "+tt.reason, got.Verdict.String()+": "+got.Reason)
		})
	}
}

// checker is a check that refuses what makes no sense.
type checker interface{ Validate() error }

// refuses holds checks that make no sense to what is said of them.
func refuses(t *testing.T, all map[string]checker) {
	t.Helper()
	for says, c := range all {
		t.Run(says, func(t *testing.T) { require.EqualError(t, c.Validate(), says) })
	}
}
