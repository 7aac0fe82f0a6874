package quality_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// At 01:00 in UTC it is still the day before in New York.
func TestDaysByTheClockAreOfTheZoneThatTheTableDeclares(t *testing.T) {
	src := must(rows.Columns(dates("played", day(2026, 1, 4), day(2026, 1, 5))))
	night := time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC)
	for zone, want := range map[string]string{"": "2026-01-05", "America/New_York": "2026-01-04"} {
		report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"d.t": src}), night, quality.Suite{
			Name: "games", Table: "d.t", FromToday: new(int), Rules: []quality.Rule{{Check: complete("played")}},
			Tables: []quality.Table{{Name: "d.t", Date: "played", Zone: zone}},
		})
		require.NoError(t, err)
		require.Equal(t, want, report.Suites[0].Scope.From.String(), zone)
	}
}

func TestSegmentsAreNotComputedOfRedactedColumns(t *testing.T) {
	err := quality.Suite{
		Name: "games", Table: "d.t", Tables: []quality.Table{{Name: "d.t", Redact: []string{"email"}}},
		Rules: []quality.Rule{{Check: complete("x"), By: []string{"who"}, Computed: []quality.Column{quality.As("who", must(expr.ParseExpr("LOWER(Email)")))}}},
	}.Validate()
	require.ErrorContains(t, err, "is redacted, and the values of segments are printed")
}

// A suite that goes by the clock is on the days of a batch, whenever that is written.
func TestASuiteOnTheDaysOfABatch(t *testing.T) {
	suite := quality.Suite{Name: "games", Table: "d.t", Date: "played", FromToday: new(int), ToToday: new(int), Rules: []quality.Rule{{Check: complete("played")}}}
	batch := suite.Between(day(2026, 1, 4), day(2026, 1, 5))
	require.NoError(t, batch.Validate())
	src := must(rows.Columns(dates("played", day(2026, 1, 3), day(2026, 1, 4), day(2026, 1, 5))))
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"d.t": src}), time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), batch)
	require.NoError(t, err)
	require.EqualValues(t, 2, report.Suites[0].Checks[0].Findings[0].Observed.Denominator)
	require.NotNil(t, suite.FromToday, "the suite itself is as it was")
}
