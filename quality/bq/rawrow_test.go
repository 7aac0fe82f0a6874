package bq_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// Raw SQL is about the row that it stands at: an aggregate would make one row of the
// table, which then is all there is, and a window function would ask the others.
func TestRawSQLIsOfARow(t *testing.T) {
	ds := emulator.NewDataset(t)
	engine := onEmulator(t, ds, stats())
	atLeastOne := checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}
	judge := func(suite, rule expr.Expr, check quality.Check) quality.CheckReport {
		report, err := quality.Run(t.Context(), engine, now, quality.Suite{
			Name: "stats", Table: ds.ID + ".stats", Where: suite, Rules: []quality.Rule{{Check: check, Where: rule}},
		})
		require.NoError(t, err)
		return report.Suites[0].Checks[0]
	}
	for _, sql := range []string{"COUNT(*) > 0", "LOGICAL_OR(stat_00 > 0) -- of any", "ROW_NUMBER() OVER (ORDER BY id) = 1"} {
		for _, check := range []quality.Check{atLeastOne, checks.Unique{Columns: []string{"id"}}} {
			for _, got := range []quality.CheckReport{judge(expr.RawSQL(sql), expr.Expr{}, check), judge(expr.Expr{}, expr.RawSQL(sql).Not(), check)} {
				assert.Equal(t, quality.Unknown, got.Verdict, "%s: %s", sql, got.Reason)
				assert.Contains(t, got.Reason, "not allowed in WHERE clause", sql)
			}
		}
	}
	// Of season 3 are the ids 3, 7, … 39; stat_00 is the id, and NULL for every other
	// one from 3 on. A subquery may count.
	got := judge(expr.Col("season").Eq(3), expr.RawSQL("stat_00 > (SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 7)))"), atLeastOne)
	assert.Equal(t, quality.Pass, got.Verdict, got.Reason)
	assert.Equal(t, quality.Counts{True: 4, False: 1, Null: 5}, got.WhereCounts.Counts)
}
