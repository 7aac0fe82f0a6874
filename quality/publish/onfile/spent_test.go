package onfile_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/publish"
)

// That a run has been published is said only of its own rows and days, and only while they
// are there.
func TestARunIsDoneOnlyWhileItsRowsAreThere(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "team_game.csv", before)
	rows := func(points string) string {
		return put(t, dir, "rows"+points+".csv", "game_date,team,points\n2026-01-04,NYK,"+points+"\n")
	}
	try := func(run, points string) (*publish.Report, error) {
		r := request(path, source(t, rows(points)))
		r.Run, r.Digest = run, points
		return publish.Run(t.Context(), r)
	}
	published := func(run, points string) {
		t.Helper()
		r, err := try(run, points)
		require.NoError(t, err)
		require.True(t, r.Published, r.Reason)
	}
	spent := func(run, points, says string) {
		t.Helper()
		was := get(t, path)
		_, err := try(run, points)
		require.ErrorAs(t, err, new(*publish.SpentError))
		assert.ErrorContains(t, err, says)
		assert.Equal(t, was, get(t, path))
	}
	published("a", "1")
	r, err := try("a", "1")
	require.NoError(t, err)
	assert.True(t, r.Already)
	spent("a", "2", "with rows of the digest 1, and these are 2")

	published("b", "2")
	spent("a", "1", `the run "b" has written some of its days since`)
	published("c", "1")

	other := request(path, source(t, put(t, dir, "rows.csv", "game_date,team,points\n2026-01-05,\"L,A\nL\",7\n")))
	other.From, other.To, other.Run = day(5), day(5), "c"
	_, err = publish.Run(t.Context(), other)
	require.ErrorContains(t, err, "for 2026-01-04 to 2026-01-04 and not for 2026-01-05 to 2026-01-05")

	put(t, dir, "team_game.csv", before) // as from a backup
	other.Run = "d"
	r, err = publish.Run(t.Context(), other)
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	published("c", "1")
	assert.Contains(t, get(t, path), "NYK,1\n")
}
