package onfile_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/publish"
)

// A key without a date in it is not to stand in other days as well; keys that are there
// twice elsewhere are for the suites to say.
func TestAKeyOfOtherDays(t *testing.T) {
	const twice = before + "2026-01-06,ATL,1\n2026-01-07,ATL,2\n"
	for rows, says := range map[string]string{
		"game_date,team,points\n2026-01-04,NYK,98\n2026-01-04,BOS,97\n": "key of publish result, all days: 1 surplus row",
		"game_date,team,points\n2026-01-04,NYK,98\n2026-01-04,LAL,97\n": "",
	} {
		dir := t.TempDir()
		path := put(t, dir, "team_game.csv", twice)
		request := request(path, source(t, put(t, dir, "rows.csv", rows)))
		request.Key = []string{"team"}
		r, err := publish.Run(t.Context(), request)
		require.NoError(t, err)
		assert.Contains(t, r.Reason, says)
		assert.Equal(t, says == "", r.Published, r.Reason)
	}
}

// Rows that are there without a date are not of the days: guards let them be. One without
// its key that is of the days would be lost.
func TestUndatedRowsThatAreThere(t *testing.T) {
	for row, published := range map[string]bool{",BOS,1\n": true, ",,1\n": true, "2026-01-04,,1\n": false} {
		dir := t.TempDir()
		path := put(t, dir, "team_game.csv", before+row)
		rows := put(t, dir, "rows.csv", "game_date,team,points\n2026-01-04,NYK,98\n")
		r, err := publish.Run(t.Context(), request(path, source(t, rows)))
		require.NoError(t, err)
		assert.Equal(t, published, r.Published, r.Reason)
		assert.Equal(t, published, r.Verdict == quality.Pass)
		assert.Contains(t, get(t, path), row)
	}
}
