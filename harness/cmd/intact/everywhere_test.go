package main_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness"
	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/emulator/container"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// scores is a suite with verdicts of several sorts, segments and a second table.
const scores = `
suite: scores
table: d.games
date: day
source: games.csv
delimiter: ";"
tables:
  d.games: {columns: {player: STRING}}
  d.sheet: {source: sheet.ndjson}
checks:
  - complete: points
    where: dnp IS NOT TRUE
    by: season
    expect: ["2022-23", "2023-24", "2024-25"]
    at_least: 75%
  - unique: [day, player]
  - cover: [day, player]
    of: {table: d.sheet, where: status != 'inactive'}
  - range: {points: [0, 60]}
    by: season
    severity: warn
  - mean: points
    between: [10, 40]
    by: season
  - complete: pionts
  - rows: {at_least: 5}
`

const (
	games = `day;season;player;dnp;points
2023-01-05;2022-23;101;false;21
2023-01-05;2022-23;102;true;
2023-01-05;2022-23;103;false;70
2023-11-01;2023-24;101;false;
2023-11-01;2023-24;102;false;11
2023-11-01;2023-24;102;false;12
`
	sheet = `{"day": "2023-01-05", "player": "101", "status": "played"}
{"day": "2023-01-05", "player": "102", "status": "dnp"}
{"day": "2023-11-01", "player": "104", "status": "played"}
{"day": "2023-11-01", "player": "105", "status": "inactive"}
`
)

var version = regexp.MustCompile(`(?m)^  "version": .*\n`)

// A suite file is judged alike by the command on files and by go test on each engine.
func TestOneSuiteIsJudgedAlikeEverywhere(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"suite.yaml": scores, "games.csv": games, "sheet.ndjson": sheet} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	project := os.Getenv(harness.EnvProject)
	for _, name := range []string{harness.EnvProject, harness.EnvEngine} { // the command heeds them too
		t.Setenv(name, "")
		require.NoError(t, os.Unsetenv(name))
	}
	want := run(t, dir, "check", "suite.yaml", "-o", "json", "--rows-at-fault", "0")
	require.Equal(t, 1, want.code, want.stderr)
	lines := func(report string) []string {
		return strings.Split(version.ReplaceAllString(stamp.ReplaceAllString(report, ""), ""), "\n")
	}
	alike := func(t *testing.T, got string) {
		t.Helper()
		if diff := gocmp.Diff(lines(want.stdout), lines(got)); diff != "" {
			t.Errorf("it is judged otherwise than by the command in memory:\n%s", diff)
		}
	}
	t.Run("command on the emulator", func(t *testing.T) {
		t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
		alike(t, run(t, dir, "check", "suite.yaml", "-o", "json", "--rows-at-fault", "0", "--engine", "emulator").stdout)
	})
	for _, engine := range []string{"rows", "emulator", "container", "bigquery"} {
		t.Run("go test on "+engine, func(t *testing.T) {
			t.Setenv(harness.EnvEngine, engine)
			switch {
			case engine == "bigquery":
				t.Setenv(harness.EnvProject, cmp.Or(project, "any"))
			case engine == "container" && os.Getenv(container.EnvImage) == "" && os.Getenv(container.EnvRequire) != "1":
				t.Skip("no container is started, for INTACT_IMAGE names no image: make one by the script harness/emulator/container/image")
			}
			files, err := suitefile.Reader{Kinds: standard.Kinds(), ReadFile: os.ReadFile}.Load(filepath.Join(dir, "suite.yaml"))
			require.NoError(t, err)
			suite, none := files[0].Suite, 0
			suite.RowsAtFault = &none
			on := harness.Options{Container: container.Require}.Load(t, harness.Declared(files[0])...)
			judged := harness.Judge(t, on, suite)
			require.Equal(t, strings.Replace(engine, "container", "emulator", 1), judged.Engine)
			var got bytes.Buffer
			require.NoError(t, report.JSON(&got, judged))
			alike(t, got.String())
		})
	}
}
