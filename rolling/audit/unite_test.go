package audit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/rolling/audit"
)

// Twenty checks over the same rows are one statement beside that of their table, and
// each says what it says alone.
func TestChecksOverTheSameRowsAreOneStatement(t *testing.T) {
	var columns, values, checks []string
	for _, stat := range []string{"avg", "max", "min", "sum", "count"} {
		for _, window := range []string{"last_1", "last_2", "3d", "5d"} {
			name := "points_" + stat + "_" + window
			columns, values = append(columns, name), append(values, "40")
			checks = append(checks, fmt.Sprintf("{window: %s, entity: player, at: day, from: {table: d.games}}", name))
		}
	}
	require.Len(t, checks, 20)
	ts := tables{"games": playerGames, "stored": "player day " + strings.Join(columns, " ") + "\nann 2026-01-07 " + strings.Join(values, " ") + "\n"}
	read, err := suitefile.Parse("s.yaml", []byte("suite: s\ntable: d.stored\nrows_at_fault: 0\nchecks: ["+strings.Join(checks, ", ")+"]\n"), audit.Kinds()...)
	require.NoError(t, err)
	engine := ts.engine(t)
	plan, err := quality.NewPlan(t.Context(), engine, now, read[0].Suite)
	require.NoError(t, err)
	require.Len(t, plan.Statements, 2)
	require.Equal(t, []string{"d.stored", "d.games"}, plan.Statements[1].Relation.Tables())
	report, err := quality.Run(t.Context(), engine, now, read[0].Suite)
	require.NoError(t, err)
	verdicts := map[quality.Verdict]int{}
	for i, check := range report.Suites[0].Checks {
		require.Equal(t, said(ts.check(t, checks[i])), said(check), columns[i])
		verdicts[check.Verdict]++
	}
	require.Len(t, verdicts, 2, "some fail and some pass: %v", verdicts)
}

// Checks of other rows, of other dates, or that say two things of a column stand apart.
func TestChecksOfOtherRowsAreApart(t *testing.T) {
	ts := tables{"games": playerGames, "more": playerGames, "stored": "player day form\nann 2026-01-07 30\n"}
	for name, other := range map[string]string{
		"rows":      "{window: {form: {of: points, last: 2}}, entity: player, at: day, from: {table: d.more}}",
		"where":     "{window: {form: {of: points, last: 2}}, entity: player, at: day, from: {table: d.games}, where: form > 0}",
		"counted":   "{window: {form: {of: points, last: 2}}, entity: player, at: day, from: {table: d.games}, counted: points > 10}",
		"window":    "{window: {form: {of: points, last: 3}}, entity: player, at: day, from: {table: d.games}}",
		"tolerance": "{window: {form: {of: points, last: 2, tolerance: 7}}, entity: player, at: day, from: {table: d.games}}",
	} {
		suite := "suite: s\ntable: d.stored\nrows_at_fault: 0\nchecks: [{window: {form: {of: points, last: 2}}, entity: player, at: day, from: {table: d.games}}, " + other + "]\n"
		read, err := suitefile.Parse("s.yaml", []byte(suite), audit.Kinds()...)
		require.NoError(t, err)
		plan, err := quality.NewPlan(t.Context(), ts.engine(t), now, read[0].Suite)
		require.NoError(t, err)
		made := 0
		for _, s := range plan.Statements {
			if s.Relation.Table() == "" {
				made++
			}
		}
		require.Equal(t, 2, made, name)
	}
}
