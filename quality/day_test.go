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
