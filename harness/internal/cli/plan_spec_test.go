package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"
	api "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

const scoreOfWindows = "entity: player\nat: day\nreset: season\nvalue: [points, minutes]\nstat: [mean, sum, max, stddev_pop, count]\nlast: 5\ndays: 3\nexpected: games.sheet\nexpected_map: {player: name}\n"

// Twenty windows over one table are one statement, which a dry run is asked for.
func TestPlanShowsTheStatementOfWindows(t *testing.T) {
	srv := fakebq.New()
	for name, f := range windowFiles {
		srv.AddTable("games", name, api.Table{Schema: &api.TableSchema{Fields: fakebq.Columns(f.fields...)}})
	}
	srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Bytes: 3 << 40} }
	spec := filepath.Join(t.TempDir(), "windows.yaml")
	require.NoError(t, os.WriteFile(spec, []byte(scoreOfWindows), 0o600))
	plan := func(args ...string) (code int, stdout, stderr string) {
		var out, err bytes.Buffer
		code = Run(t.Context(), Process{
			Args: append([]string{"plan", "--spec", spec}, args...), Stdout: &out, Stderr: &err,
			LookupEnv:    func(string) (string, bool) { return "", false },
			Now:          func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
			OpenBigQuery: func(ctx context.Context, _ string) (*bigquery.Client, error) { return srv.Client(ctx) },
		})
		return code, out.String(), err.String()
	}
	code, stdout, stderr := plan("games.played", "--project", fakebq.Project, "--rate", "5")
	require.Zero(t, code, stderr)
	require.Len(t, srv.Queries(), 1)
	require.True(t, srv.Queries()[0].DryRun)
	require.Contains(t, stdout, "windows over games.played: 20 windows by 1 statement\n"+
		"  reads    games.played: 5 columns: player, day, season, points, minutes\n"+
		"  reads    games.sheet: 3 columns: name, day, season\n"+
		"  stages   14: source, keyed, seen, numbered, spanned, judged, ranked, framed, folded, taken, reached, answered, valued, reasoned\n")
	require.Contains(t, stdout, "bytes of 1 MB\n  scans    3.0 TiB, $15.0000\n")

	// Of local rows it is the same statement, and nobody says what it costs.
	dir := t.TempDir()
	data := []string{"games.played"}
	for name, f := range windowFiles {
		path := filepath.Join(dir, name+".csv")
		require.NoError(t, os.WriteFile(path, []byte(header(f.fields)+"\n"+f.text), 0o600))
		data = append(data, "--data", "games."+name+"="+path)
	}
	code, local, stderr := plan(data...)
	require.Zero(t, code, stderr)
	require.Contains(t, local, "20 windows by 1 statement")
	require.NotContains(t, local, "scans")

	code, _, stderr = plan("games.played")
	require.Equal(t, exitUnknown, code)
	require.Contains(t, stderr, "table games.played: there are no rows for it")
	code, _, stderr = plan("games.played", "games.other")
	require.Equal(t, exitUsage, code)
	require.Contains(t, stderr, "plan --spec is about one table")
	code, _, stderr = plan("games.played", "--data", "games.other=x.csv")
	require.Equal(t, exitUsage, code)
	require.Contains(t, stderr, "--data names table games.other, which is not read")
}
