package onfile_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/publish/onfile"
)

const table = "nba.team_game"

var now = time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC)

func day(n int) civil.Date { return civil.Date{Year: 2026, Month: 1, Day: n} }

// put writes a file into a folder of the test's own, or the one given.
func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o640))
	return path
}

func source(t *testing.T, path string) expr.Source {
	t.Helper()
	s, err := files.Open([]string{path}, files.Options{})
	require.NoError(t, err)
	return s
}

func get(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// request publishes rows of 4 January.
func request(path string, rows expr.Source) publish.Request {
	return publish.Request{
		Target: &onfile.Table{Name: table, Path: path}, Table: table, Rows: rows,
		Date: "game_date", From: day(4), To: day(4), Key: []string{"game_date", "team"}, Run: "r1", Token: 1, Now: now,
	}
}

const before = "game_date,team,points\n2026-01-03,BOS,101\n2026-01-04,NYK,99\n2026-01-05,\"L,A\nL\",77\n"

func TestTheRowsOfTheDaysAreReplaced(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "team_game.csv", before)
	rows := put(t, dir, "rows.csv", "team,game_date,points\nNYK,2026-01-04,98\nBOS,2026-01-04,\n")
	r, err := publish.Run(t.Context(), request(path, source(t, rows)))
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	assert.Equal(t, quality.Pass, r.Verdict)
	assert.EqualValues(t, 2, r.Sent)
	assert.EqualValues(t, 1, r.Replaced)
	assert.Equal(t, "game_date,team,points\n2026-01-03,BOS,101\n2026-01-05,\"L,A\nL\",77\n2026-01-04,NYK,98\n2026-01-04,BOS,\n", get(t, path))
	left, err := filepath.Glob(filepath.Join(dir, ".publish-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode().Perm())

	again, err := publish.Run(t.Context(), request(path, source(t, rows)))
	require.NoError(t, err)
	assert.True(t, again.Already)
}

// What each guard keeps out, and that the table stays as it is.
func TestGuards(t *testing.T) {
	for name, c := range map[string]struct{ rows, says string }{
		"a key is lost":         {"game_date,team,points\n2026-01-04,BOS,98\n", "kept of publish present"},
		"a key is there twice":  {"game_date,team,points\n2026-01-04,NYK,98\n2026-01-04,NYK,98\n", "key of publish rows sent"},
		"a row of another day":  {"game_date,team,points\n2026-01-04,NYK,98\n2026-01-05,NYK,98\n", "in_days of publish rows sent"},
		"a row without a date":  {"game_date,team,points\n2026-01-04,NYK,98\n,BOS,98\n", "in_days of publish rows sent"},
		"a column has vanished": {"game_date,team\n2026-01-04,NYK\n", "fits of publish rows sent"},
		"a column is a text":    {"game_date,team,points\n2026-01-04,NYK,x98\n", "fits of publish rows sent"},
		"a column is new":       {"game_date,team,points,x\n2026-01-04,NYK,98,1\n", "fits of publish rows sent"},
		"no rows":               {"game_date,team,points\n", "some of publish rows"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := put(t, dir, "team_game.csv", before)
			r, err := publish.Run(t.Context(), request(path, source(t, put(t, dir, "rows.csv", c.rows))))
			require.NoError(t, err)
			assert.False(t, r.Published)
			assert.Contains(t, r.Reason, c.says)
			assert.Equal(t, quality.Fail, r.Verdict, r.Reason)
			assert.Equal(t, before, get(t, path))
		})
	}
}

func daysOf(s expr.Schema, from, to civil.Date) (expr.Expr, error) {
	return quality.Scope{Schema: s, Date: "game_date", Zone: time.UTC}.On(from, to)
}
