package harness

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/stage"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// ending is a test that is given up, and says how.
type ending struct {
	testing.TB
	said *string
}

func (e ending) end(how string, args ...any) {
	*e.said = how + fmt.Sprint(args...)
	panic(e)
}

func (e ending) Fatalf(format string, args ...any) { e.end("fails: ", fmt.Sprintf(format, args...)) }
func (e ending) Fatal(args ...any)                 { e.end("fails: ", args...) }
func (e ending) Skip(args ...any)                  { e.end("skips: ", args...) }

// given is what gives up a test.
func given(t *testing.T, do func(testing.TB)) (said string) {
	t.Helper()
	require.Panics(t, func() { do(ending{t, &said}) })
	return said
}

func TestWhatTheEnvironmentMayNotSay(t *testing.T) {
	for _, c := range []struct {
		engine, project, require string
		want                     string
		do                       func(testing.TB)
	}{
		{"Rows", "", "", `fails: INTACT_ENGINE="Rows" is no engine: it is rows, emulator, container or bigquery`, func(t testing.TB) { Load(t) }},
		{"container", "", "", "fails: INTACT_ENGINE=container: the test does not say how one is started", func(t testing.TB) { Load(t) }},
		{"bigquery", "", "", "fails: INTACT_ENGINE=bigquery: name the project that is billed in INTACT_PROJECT", func(t testing.TB) { Load(t) }},
		{"rows", "", "", "skips: a table is not on this machine: INTACT_ENGINE=rows has those alone that a test loads", func(t testing.TB) { Engine(t) }},
		{"rows", "", "1", "fails: INTACT_REQUIRE_BIGQUERY=1 forbids to skip: a table is not on this machine", func(t testing.TB) { Engine(t) }},
	} {
		t.Run(c.engine, func(t *testing.T) {
			t.Setenv(EnvEngine, c.engine)
			t.Setenv(EnvProject, c.project)
			t.Setenv(EnvRequireBigQuery, c.require)
			require.Contains(t, given(t, c.do), c.want)
		})
	}
}

// Credentials that are named and are not there are those of nobody.
func TestNoLoginToBigQuerySkips(t *testing.T) {
	t.Setenv(EnvEngine, "bigquery")
	t.Setenv(EnvProject, "any")
	t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", t.TempDir()+"/none.json")
	t.Setenv(EnvRequireBigQuery, "")
	require.Contains(t, given(t, func(t testing.TB) { Load(t) }), "skips: a login to BigQuery is not on this machine: make one with gcloud auth application-default login")
	t.Setenv(EnvRequireBigQuery, "1")
	require.Contains(t, given(t, func(t testing.TB) { Load(t) }), "fails: INTACT_REQUIRE_BIGQUERY=1 forbids to skip")
}

type game struct {
	Season string   `bigquery:"season"`
	Usage  *float64 `bigquery:"usage"`
}

// Each fixture is the rows of said, by another way.
func TestFixturesAreTablesFromAnywhere(t *testing.T) {
	t.Setenv(EnvEngine, "rows")
	const csv, ndjson = "season,usage\n2022-23,20.5\n2022-23,\n2023-24,11\n", `{"season":"2022-23","usage":20.5}
{"season":"2022-23","usage":null}
{"season":"2023-24","usage":11}
`
	a, b := 20.5, 11.0
	columns, err := rows.Columns(
		rows.Column{Name: "season", Values: []string{"2022-23", "2022-23", "2023-24"}},
		rows.Column{Name: "usage", Values: []float64{a, 0, b}, Valid: []bool{true, false, true}},
	)
	require.NoError(t, err)
	halves := fstest.MapFS{
		"in/games.csv":   {Data: []byte("season,usage\n2022-23,20.5\n2022-23,\n")},
		"more/games.csv": {Data: []byte("season,usage\n2023-24,11\n")},
	}
	for name, f := range map[string]Fixture{
		"structs":       Rows("d.games", []game{{"2022-23", &a}, {"2022-23", nil}, {"2023-24", &b}}),
		"a reader":      Reader("d.games", "games.csv", strings.NewReader(csv)),
		"NDJSON":        Reader("d.games", "games.ndjson", strings.NewReader(ndjson)),
		"a file system": FS("d.games", halves, "in/games.csv", "more/games.csv"),
		"columns":       Source("d.games", columns),
	} {
		t.Run(name, func(t *testing.T) {
			complete := games(quality.Rule{Check: usage, By: []string{"season"}})
			got := Judge(t, Load(t, f), complete).Suites[0].Checks[0].Findings
			require.Len(t, got, 2)
			require.Contains(t, got[0].Reason, "1 of 2 rows")
			require.Equal(t, quality.Pass, got[1].Verdict)
		})
	}
}

func TestFixturesThatCannotBeReadFailTheTest(t *testing.T) {
	t.Setenv(EnvEngine, "rows")
	load := func(fixtures ...Fixture) func(testing.TB) {
		return func(t testing.TB) { Load(t, fixtures...) }
	}
	require.Contains(t, given(t, load(Files("d.games", "no/such/*.csv"))), "fails: table d.games: ")
	require.Contains(t, given(t, load(FS("d.games", fstest.MapFS{}, "games.csv"))), "fails: table d.games: open games.csv: file does not exist")
	require.Contains(t, given(t, load(Reader("d.games", "games.txt", strings.NewReader("x")))), "fails: table d.games: ")
	require.Equal(t, "fails: table d.games: there are two fixtures of it", given(t, load(Rows("d.games", []game{{}}), Rows("d.games", []game{{}}))))
	for want, f := range map[string]Fixture{
		"fails: a fixture: it is the zero Fixture":     {},
		"fails: a fixture: it has no name":             Rows("", []game{{}}),
		"fails: table d.games: its source is nil":      Source("d.games", nil),
		"fails: table d.games: its reader is nil":      Reader("d.games", "games.csv", nil),
		"fails: table d.games: its file system is nil": FS("d.games", nil, "games.csv"),
	} {
		require.Contains(t, given(t, load(f)), want)
	}
}

// A table that no fixture gives is not there, on no engine, also where the server has one.
func TestTablesThatAreNoFixturesAreUnknown(t *testing.T) {
	for _, engine := range []string{"rows", "emulator"} {
		t.Run(engine, func(t *testing.T) {
			t.Setenv(EnvEngine, engine)
			suite := games(quality.Rule{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}})
			if engine == "emulator" {
				ds := emulator.NewDataset(t)
				src, err := rows.Of([]game{{}})
				require.NoError(t, err)
				_, err = ds.Load(t.Context(), "games", src)
				require.NoError(t, err)
				suite.Table = ds.ID + ".games"
			}
			got := Judge(t, Load(t, Rows("d.others", []game{{}})), suite).Suites[0].Checks[0]
			require.Equal(t, quality.Unknown, got.Verdict)
			require.Contains(t, got.Reason, suite.Table)
		})
	}
}

// What is done on BigQuery, done to the emulator: other credentials, and its dialect.
func TestBigQueryGetsADatasetOfTheTestsOwn(t *testing.T) {
	srv := emulator.Require(t)
	t.Setenv(EnvProject, emulator.Project)
	t.Setenv(EnvDataset, emulator.UniqueID("own"))
	var left []string
	t.Run("test", func(t *testing.T) {
		p := onBigQuery(t, srv.ClientOptions()...)
		p.options.Dialect = bq.Emulator()
		usages := []float64{20.5, 11}
		src, err := rows.Of([]game{{"2022-23", &usages[0]}, {"2022-23", nil}, {"2023-24", &usages[1]}})
		require.NoError(t, err)
		engine, err := stage.New(p.staged(t), map[string]expr.Source{"d.games": src})
		require.NoError(t, err)
		suite := games(quality.Rule{Check: usage, By: []string{"season"}}, quality.Rule{Check: checks.Unique{Columns: []string{"season"}}})
		for range 2 { // each in a dataset of its own
			require.Contains(t, Judge(t, engine, suite).Suites[0].Checks[0].Reason, "1 of 2 rows")
		}
		left, err = p.dataset.all(t.Context())
		require.NoError(t, err)
		require.Len(t, left, 2)
		require.Contains(t, left[0], "_TestBigQueryGetsADatasetOfTheTestsOwn_test_")
	})
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	for _, id := range left {
		require.False(t, isThere(t, client, id), id)
	}
}

// An engine that several tests share outlives the one that loads it.
func TestAnEngineThatOutlivesItsTestLeavesNoDataset(t *testing.T) {
	srv := emulator.Require(t)
	t.Setenv(EnvProject, emulator.Project)
	t.Setenv(EnvDataset, emulator.UniqueID("shared"))
	var p *place
	var engine quality.Engine
	t.Run("loads", func(t *testing.T) {
		p = onServer(t, srv)
		src, err := rows.Of([]game{{Season: "2022-23"}})
		require.NoError(t, err)
		engine, err = stage.New(p.staged(t), map[string]expr.Source{"d.games": src})
		require.NoError(t, err)
	})
	Run(t, engine, games(quality.Rule{Check: checks.Complete{Columns: []string{"season"}}}))
	left, err := p.dataset.all(t.Context())
	require.NoError(t, err)
	require.Empty(t, left)
}
