package quality_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// terms are the terms of a suite in words: what was asked, of how many rows, the value.
func terms(t *testing.T, s quality.Suite, columns ...rows.Column) []string {
	t.Helper()
	engine := rows.NewEngine(map[string]expr.Source{s.Table: must(rows.Columns(columns...))})
	plan, ms, err := quality.Measure(t.Context(), engine, now, s)
	require.NoError(t, err)
	var out []string
	for _, v := range plan.Terms(ms) {
		require.Equal(t, s.Name, v.Suite)
		out = append(out, fmt.Sprintf("%s | %s | %s | %s of %d", v.Asked, v.Term.Key(), v.Segment, v.Value, v.Rows))
	}
	return out
}

// What two checks share is told once, and what the days are is not in the words.
func TestTermsThatChecksShareAreToldOnce(t *testing.T) {
	played := expr.Col("team").Ne("NYK")
	s := quality.Suite{Name: "games", Table: "d.t", Date: "game_date", From: day(2026, 1, 1), To: day(2026, 1, 2), Rules: []quality.Rule{
		{Check: complete("points"), Where: played, By: []string{"team"}},
		{Check: complete("team"), Where: played, By: []string{"team"}},
	}}
	require.Equal(t, []string{
		"by team | count_if(team != 'NYK') | team=BOS | 1 of 1",
		"by team | count_if(team != 'NYK') | team=NYK | 0 of 1",
		"by team | count_if((team != 'NYK') IS NULL) | team=BOS | 0 of 1",
		"by team | count_if((team != 'NYK') IS NULL) | team=NYK | 0 of 1",
		"where team != 'NYK' by team | count_if(POPULATED(points)) | team=BOS | 1 of 1",
		"where team != 'NYK' by team | count_if(POPULATED(team)) | team=BOS | 1 of 1",
	}, terms(t, s, dates("game_date", day(2026, 1, 1), day(2026, 1, 2), day(2026, 1, 3)), texts("team", "BOS", "NYK", "LAL"), texts("points", "1", "2", "3")))
}

// Rows that are due are told apart from all rows.
func TestTermsOfRowsThatAreDue(t *testing.T) {
	due := must(quality.ParseDueTime("06:00 UTC + 36h"))
	s := quality.Suite{Name: "games", Table: "d.t", Date: "game_date", From: day(2026, 1, 13), To: day(2026, 1, 14), Rules: []quality.Rule{
		{Check: complete("points"), Due: &due},
	}}
	require.Equal(t, []string{
		" | count_if(TRUE) |  | 2 of 2",
		" | count_if(POPULATED(points)) |  | 1 of 2",
		"until 2026-01-13 | count_if(TRUE) |  | 1 of 1",
		"until 2026-01-13 | count_if(POPULATED(points)) |  | 1 of 1",
	}, terms(t, s, dates("game_date", day(2026, 1, 13), day(2026, 1, 14)), texts("points", "1", nil)))
}
