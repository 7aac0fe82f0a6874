package quality_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func TestReportsTellHowManyRowsOfAFilterRestOnNaN(t *testing.T) {
	minutes := floats("minutes", 30.0, math.NaN(), 20.0, nil, math.NaN(), 0.0)
	team := texts("team", "A", "A", "A", "A", "B", "B")
	got := check(t, quality.Suite{}, quality.Rule{Check: complete("minutes"), Where: col("minutes").Gt(0), By: []string{"team"}}, minutes, team)
	require.Equal(t, "(TRUE 2, FALSE 3, NULL 1; 2 rest on a NaN)", got.WhereCounts.String())
	require.Equal(t, "nothing to judge: minutes > 0 is TRUE for none of 2 rows (FALSE 2, NULL 0; 1 rests on a NaN)", got.Findings[1].Reason)

	src := must(rows.Columns(minutes, team))
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"d.t": src}), now, quality.Suite{
		Name: "games", Table: "d.t", Where: col("minutes").Le(20), Rules: []quality.Rule{{Check: complete("team")}},
	})
	require.NoError(t, err)
	require.Equal(t, "where minutes <= 20 (TRUE 2, FALSE 3, NULL 1; 2 rest on a NaN)", report.Suites[0].Scope.String())
}
