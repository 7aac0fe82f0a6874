package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

// asMany claims that another table has as many rows.
type asMany struct{ other string }

func (asMany) Describe() quality.Description {
	return quality.Description{Kind: "as many", JudgesZero: true}
}

func (c asMany) Others() []quality.Other { return []quality.Other{{Table: c.other, Oracle: true}} }

func (c asMany) there(s quality.Scope) quality.Request {
	return quality.Request{Of: s.Others[0].Relation, Metric: quality.Tally{Of: expr.Lit(true)}, By: []string{}}
}

func (c asMany) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{{Metric: quality.Tally{Of: expr.Lit(true)}}, c.there(s)}, nil
}

func (c asMany) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, s.Population(), func(seg quality.Segment, here quality.FilterCounts) quality.Finding {
		there, err := quality.Get[quality.Counts](m, c.there(s), seg)
		f := quality.Finding{Segment: seg, Verdict: quality.Fail, Reason: quality.Plural(there.Rows(), "row there", "rows there")}
		if err == nil && here.Rows() == there.Rows() {
			f.Verdict = quality.Pass
		}
		return f
	})
}

// games is a folder with two tables of two rows, and a suite that reads both.
func games(t *testing.T) (dir string, suites []suitefile.File) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"games.csv", "schedule.csv"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("id,day\n1,2025-10-21\n2,2025-10-22\n"), 0o600))
	}
	return dir, []suitefile.File{{
		Suite: quality.Suite{Name: "s", Table: "nba.games", Rules: []quality.Rule{{Check: asMany{"nba.schedule"}}}},
		Local: suitefile.Local{Path: filepath.Join(dir, "s.yaml"), Sources: []string{"games.csv"}},
		Tables: []suitefile.Table{{
			Table: quality.Table{Name: "nba.teams"},
			Local: suitefile.Local{Path: filepath.Join(dir, "tables.yaml"), Sources: []string{"teams.csv"}},
		}},
	}}
}

func checked(t *testing.T, engine quality.Engine, suites []suitefile.File) quality.CheckReport {
	t.Helper()
	r, err := quality.Run(t.Context(), engine, time.Unix(0, 0), suites[0].Suite)
	require.NoError(t, err)
	return r.Suites[0].Checks[0]
}

func TestDataIsForAnyTableThatIsReadOrDeclared(t *testing.T) {
	dir, suites := games(t)
	sources, err := sourcesOf(suites, map[string]string{"nba.schedule": filepath.Join(dir, "schedule.csv")}, "", nil)
	require.NoError(t, err)
	require.Equal(t, []string{"nba.games", "nba.schedule", "nba.teams"}, sortedKeys(sources))

	var j job
	openRows(&j, sources)
	require.Equal(t, "2 rows there", checked(t, j.engine, suites).Reason)

	_, err = sourcesOf(suites, map[string]string{"nba.shcedule": "x.csv"}, "", nil)
	require.EqualError(t, err, "--data names table nba.shcedule, which no suite reads; they read nba.games, nba.schedule, nba.teams")
}

func TestATableThatIsReadAndHasNoRowsSaysHowItGetsSome(t *testing.T) {
	_, suites := games(t)
	sources, err := sourcesOf(suites, nil, "", nil)
	require.NoError(t, err)
	var j job
	openRows(&j, sources)
	got := checked(t, j.engine, suites)
	require.Equal(t, quality.Unknown, got.Verdict)
	require.Equal(t, "could not be evaluated: table nba.schedule: "+errNoRows.Error(), got.Reason)
}

func TestAnOracleThatIsTheSameFileIsRefused(t *testing.T) {
	dir, suites := games(t)
	require.NoError(t, os.Symlink("games.csv", filepath.Join(dir, "due.csv")))
	sources, err := sourcesOf(suites, map[string]string{"nba.schedule": filepath.Join(dir, "due.csv")}, "", nil)
	require.NoError(t, err)
	var j job
	openRows(&j, sources)
	require.Contains(t, checked(t, j.engine, suites).Reason, "they are the same rows")
}

func TestCellsOfRedactedColumnsAreNotShown(t *testing.T) {
	dir, suites := games(t)
	secret := "ann@example.org"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte("id,email\n1,"+secret+"\n2,\n"), 0o600))
	s := &suites[0]
	s.Suite.Rules = []quality.Rule{{Check: checks.Complete{Columns: []string{"email"}}}}
	for _, redact := range [][]string{nil, {"Email"}} {
		s.Tables = []suitefile.Table{{Table: quality.Table{Name: "nba.games", Redact: redact}, Local: suitefile.Local{Columns: map[string]expr.Type{"email": expr.Int64}}}}
		sources, err := sourcesOf(suites, nil, "", nil)
		require.NoError(t, err)
		var j job
		openRows(&j, sources)
		got := checked(t, j.engine, suites)
		require.Equal(t, quality.Unknown, got.Verdict)
		require.Equal(t, redact == nil, strings.Contains(got.Reason, secret), got.Reason)
	}
}

func TestTheEmulatorLoadsWhateverIsRead(t *testing.T) {
	srv := emulator.Require(t)
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	dir, suites := games(t)
	for path, reason := range map[string]string{
		"schedule.csv": "2 rows there",
		"games.csv":    "could not be evaluated: nba.schedule says what is due in nba.games, and they are the same rows: an oracle is kept apart from the table that it judges",
	} {
		sources, err := sourcesOf(suites, map[string]string{"nba.schedule": filepath.Join(dir, path)}, "", nil)
		require.NoError(t, err)
		engine, err := newStage(srv, client, sources)
		require.NoError(t, err)
		require.Equal(t, reason, checked(t, engine, suites).Reason)
	}
}
