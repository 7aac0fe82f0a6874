package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"
	api "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/files"
)

// intoSettings are one window, and where the answers go.
var intoSettings = []string{"--entity", "player", "--at", "day", "--value", "points", "--last", "2", "games.played", "--engine", "bigquery", "--into", "games.form"}

// answerColumns are what a table needs for them.
var answerColumns = []string{"player STRING", "day DATE", "points_avg_last_2 FLOAT", "points_avg_last_2_reason STRING",
	"points_avg_last_2_observed INTEGER", "points_avg_last_2_expected INTEGER", "points_avg_last_2_oldest DATE", "points_avg_last_2_newest DATE"}

// formServer has a table for the answers, and says what scripts come to.
func formServer(bytes int64, tally ...[]any) *fakebq.Server {
	srv := fakebq.New()
	srv.AddTable("games", "form", api.Table{Location: "EU", Schema: &api.TableSchema{Fields: fakebq.Columns(answerColumns...)}})
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		if q.DryRun {
			return fakebq.Answer{Bytes: bytes}
		}
		return fakebq.Answer{Type: "SCRIPT", Columns: fakebq.Columns("window_name STRING", "reason STRING", "windows INTEGER"), Rows: tally}
	}
	return srv
}

func row(cells ...any) []any { return cells }

func TestWindowsAreWrittenIntoATable(t *testing.T) {
	srv := formServer(5<<20, row("points_avg_last_2", "whole", 7), row("points_avg_last_2", "gap", 2))
	code, stdout, stderr := windowOnServer(t, srv, append(intoSettings, "--max-bytes", "10485760", "--label", "job=form")...)
	require.Zero(t, code, stderr)
	require.Contains(t, stdout, "points_avg_last_2: 7 of 9 windows whole, 2 gap\n")
	require.Contains(t, stdout, "expected: none, so a row that is missing cannot be seen")
	require.Len(t, srv.Ran(), 1)
	require.Contains(t, srv.Ran()[0], "MERGE INTO `fake`.`games`.`form`")
	for _, q := range srv.Queries() {
		require.Equal(t, "EU", q.Location)
		require.Equal(t, map[string]string{"tool": "intact", "job": "form"}, q.Labels)
		require.EqualValues(t, 10<<20, q.MaximumBytesBilled)
	}

	code, _, _ = windowOnServer(t, srv, append(intoSettings, "--strict")...)
	require.Equal(t, exitFail, code, "a gap is a fault")
}

func TestADryRunWritesNothing(t *testing.T) {
	srv := formServer(3 << 40)
	code, stdout, stderr := windowOnServer(t, srv, append(intoSettings, "--dry-run", "--rate", "5")...)
	require.Zero(t, code, stderr)
	require.Empty(t, srv.Ran())
	require.Contains(t, stdout, "windows over games.played: 1 window by 1 statement\n  reads    games.played: 3 columns: player, day, points\n")
	require.Contains(t, stdout, "scans    3.0 TiB, $15.0000")

	code, stdout, stderr = windowOnServer(t, srv, append(intoSettings, "--sql", "--date", "2024-03-05", "--replace")...)
	require.Zero(t, code, stderr)
	require.Empty(t, srv.Ran())
	require.Contains(t, stdout, "BEGIN TRANSACTION;\nDELETE FROM `fake`.`games`.`form` WHERE `day` >= DATE '2024-03-05' AND `day` < DATE '2024-03-06';")
}

func TestWindowsAreNotWritten(t *testing.T) {
	with := func(columns ...string) api.Table {
		return api.Table{Schema: &api.TableSchema{Fields: fakebq.Columns(columns...)}}
	}
	narrow := with("player STRING", "day DATE", "points_avg_last_2 STRING")
	strict := with(append(answerColumns, "note STRING")...)
	strict.Schema.Fields[len(answerColumns)].Mode, strict.Schema.Fields[2].Mode = "REQUIRED", "REQUIRED"
	parted := with(answerColumns...)
	parted.TimePartitioning = &api.TimePartitioning{Type: "DAY", Field: "day"}
	parted.RequirePartitionFilter = true
	for name, tc := range map[string]struct {
		args  []string
		alter func(*fakebq.Server)
		code  int
		says  []string
	}{
		"too many bytes": {args: []string{"--max-bytes", "1000"}, code: exitUnknown, says: []string{"would read 5,242,880 bytes, and no more than 1,000 may be billed"}},
		"absent":         {args: []string{"--into", "games.other"}, code: exitUnknown, says: []string{"there is no table games.other: add --create"}},
		"unlike": {alter: func(srv *fakebq.Server) { srv.AddTable("games", "form", narrow) }, code: exitUsage,
			says: []string{"points_avg_last_2 is STRING, and the answers are FLOAT64", "no column points_avg_last_2_reason STRING: add it by ALTER TABLE"}},
		"required": {alter: func(srv *fakebq.Server) { srv.AddTable("games", "form", strict) }, code: exitUsage,
			says: []string{"column note is REQUIRED", "column points_avg_last_2 is REQUIRED"}},
		"partitions": {alter: func(srv *fakebq.Server) { srv.AddTable("games", "form", parted) }, code: exitUsage, says: []string{"give --from and --to"}},
		"the oracle": {args: []string{"--into", "games.sheet", "--expected", "games.sheet", "--expected-map", "player=name"}, code: exitUsage,
			says: []string{"it is the list of what was due"}},
		"its own rows": {args: []string{"--into", "games.played", "--replace", "--date", "2024-03-01"}, code: exitUsage, says: []string{"--replace removes rows"}},
		"no rows": {alter: func(srv *fakebq.Server) {
			srv.Answer = func(q fakebq.Query) fakebq.Answer {
				return fakebq.Answer{Type: map[bool]string{false: "SCRIPT"}[q.DryRun]}
			}
		}, code: exitUnknown, says: []string{"there is no point to compute windows as of"}},
		"a failed job": {alter: func(srv *fakebq.Server) {
			srv.Answer = func(q fakebq.Query) fakebq.Answer {
				if q.DryRun {
					return fakebq.Answer{}
				}
				return fakebq.Answer{Fail: fakebq.InvalidQuery("a key of games.sheet is expected twice")}
			}
		}, code: exitUnknown, says: []string{"the windows of games.played: ", "is expected twice"}},
		"an odd reason": {alter: func(srv *fakebq.Server) {
			srv.Answer = formServer(0, row("points_avg_last_2", "fine", 2)).Answer
		}, code: exitUnknown, says: []string{`window points_avg_last_2: "fine" is no reason`}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := formServer(5 << 20)
			if tc.alter != nil {
				tc.alter(srv)
			}
			code, _, stderr := windowOnServer(t, srv, append(intoSettings, tc.args...)...)
			require.Equal(t, tc.code, code, stderr)
			for _, says := range tc.says {
				require.Contains(t, stderr, says)
			}
		})
	}
}

// What is written into a table of the emulator is what the command says of files.
func TestWindowsAreWrittenOnTheEmulator(t *testing.T) {
	ds := emulator.NewDataset(t)
	dir := t.TempDir()
	for name, f := range windowFiles {
		path := filepath.Join(dir, name+".csv")
		require.NoError(t, os.WriteFile(path, []byte(header(f.fields)+"\n"+f.text), 0o600))
		source, err := files.Open([]string{path}, files.Options{})
		require.NoError(t, err)
		_, err = ds.Load(t.Context(), name, source)
		require.NoError(t, err)
	}
	t.Setenv("INTACT_EMULATOR", ds.Server().Endpoint())
	run := func(args ...string) (code int, stdout, stderr string) {
		var out, err bytes.Buffer
		code = Run(t.Context(), Process{
			Args: append(append([]string{"window"}, windowSettings...), args...), Stdout: &out, Stderr: &err,
			LookupEnv:    func(string) (string, bool) { return "", false },
			Now:          func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
			OpenBigQuery: func(context.Context, string) (*bigquery.Client, error) { panic("it is the emulator's") },
		})
		return code, out.String(), err.String()
	}
	code, _, said := run(filepath.Join(dir, "played.csv"), "--expected", filepath.Join(dir, "sheet.csv"))
	require.Zero(t, code, said)
	want := counts(said)
	require.Len(t, want, 2)
	onTables := []string{ds.ID + ".played", "--expected", ds.ID + ".sheet", "--engine", "emulator", "--into", ds.ID + ".form"}

	code, _, stderr := run(onTables...)
	require.Equal(t, exitUnknown, code)
	require.Contains(t, stderr, "add --create")
	for _, args := range [][]string{{"--create"}, nil, {"--replace", "--from", "2024-03-01", "--to", "2024-03-31"}} {
		code, stdout, stderr := run(append(onTables, args...)...)
		require.Zero(t, code, stderr)
		require.Equal(t, want, counts(stdout))
		rows, err := ds.Query(t.Context(), "SELECT COUNT(*), COUNT(points_avg_last_2_incl) FROM `"+emulator.Project+"`.`"+ds.ID+"`.`form`")
		require.NoError(t, err)
		require.EqualValues(t, 8, rows[0][0], "each row is a point")
	}

	// What the engine says of a key that is not whole is told without all of the statement.
	require.NoError(t, ds.Exec(t.Context(), "INSERT INTO `"+emulator.Project+"`.`"+ds.ID+"`.`played` (day) VALUES (DATE '2024-03-09')"))
	code, _, stderr = run(onTables...)
	require.Equal(t, exitUnknown, code)
	require.Contains(t, stderr, "lacks a part of its key")
	require.Less(t, len(stderr), 3_000, stderr)
}

// A list that knows none of the rows has nothing to be held against: that is found out
// before anything is written.
func TestWindowsThatNothingWasDueOfAreNotWritten(t *testing.T) {
	fact := func(listed, owing, met int) [][]any {
		return [][]any{row(nil, "listed", listed), row(nil, "owing", owing), row(nil, "met", met)}
	}
	expected := append(intoSettings, "--expected", "games.sheet", "--expected-map", "player=name")
	for says, due := range map[string][][]any{
		"":                                 fact(9, 9, 7),
		"games.sheet holds no key":         fact(0, 0, 0),
		"no key of games.sheet owes a row": fact(9, 0, 7),
		"is that of a row of games.played": fact(9, 9, 0),
	} {
		srv := formServer(0, row("points_avg_last_2", "whole", 7))
		script := srv.Answer
		srv.Answer = func(q fakebq.Query) fakebq.Answer {
			answer := script(q)
			if !q.DryRun && !strings.Contains(q.SQL, "MERGE INTO") {
				answer.Type, answer.Rows = "SELECT", due
			}
			return answer
		}
		code, stdout, stderr := windowOnServer(t, srv, expected...)
		wrote := slices.ContainsFunc(srv.Ran(), func(sql string) bool { return strings.Contains(sql, "MERGE INTO") })
		require.Equal(t, says == "", wrote, says)
		if says == "" {
			require.Zero(t, code, stderr)
			require.Contains(t, stdout, "7 of 7 windows whole")
			continue
		}
		require.Equal(t, exitUnknown, code, says)
		require.Contains(t, stderr, "nothing is written, for there is nothing to judge: ")
		require.Contains(t, stderr, says)
	}
}

// counts are the lines of a summary that count windows.
func counts(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, " windows whole") {
			out = append(out, line)
		}
	}
	return out
}

// header names the columns of fields.
func header(fields []string) string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i], _, _ = strings.Cut(field, " ")
	}
	return strings.Join(names, ",")
}
