package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/suitefile"
)

// newYear is the clock of these tests.
var newYear = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// intact runs the command at the new year.
func intact(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(t.Context(), Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return newYear },
	})
	return code, out.String(), err.String()
}

// fileOf is a file with a text, in a folder of its own.
func fileOf(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// drafted is the suite that init writes of a file, which has to pass.
func drafted(t testing.TB, path string, args ...string) (suite, stderr string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "first.yaml")
	code, stdout, stderr := intact(t, append([]string{"init", path, "--out", out}, args...)...)
	require.Equal(t, exitPass, code, stderr)
	require.Empty(t, stdout)
	code, stdout, told := intact(t, append([]string{"check", out}, args...)...)
	require.Equal(t, exitPass, code, stdout+told)
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	return string(text), stderr
}

// A game of two teams on each of the last days of the year, some of whose players sat
// on the bench; the last of them was entered twice.
func boxscore(days int) string {
	var b strings.Builder
	b.WriteString("day,team,player,bench,points,pct\n")
	for d := range days {
		day := newYear.AddDate(0, 0, d-days).Format(time.DateOnly)
		for p := range 8 {
			points, pct := "", ""
			if p != d%8 {
				points = []string{"0", "3", "7", "12", "18"}[(d*d+p)%5]
				pct = []string{"", "40.5", "55", "61", "70.25"}[(d*d+p)%5]
			}
			b.WriteString(strings.Join([]string{day, []string{"BOS", "LAL"}[p%2], "p" + string(rune('a'+p)), []string{"false", "true"}[btoi(p == d%8)], points, pct}, ",") + "\n")
		}
	}
	return b.String()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestInitFindsWhatTheRowsAre(t *testing.T) {
	suite, stderr := drafted(t, fileOf(t, "box_score.csv", boxscore(60)))
	assert.Regexp(t, `^\d+ checks, all of which pass. Edit them down.\n$`, stderr)
	for _, line := range []string{
		"suite: box_score\n",
		"date: day\nfrom: 2025-11-02\n",
		"- {rows: {at_least: 480}} #",
		"- {rows: {at_least: 44}, by: player, expect: [pa, pb, pc, pd, pe, pf, pg, ph]} #", // 60 - 1.96 √60
		"- {unique: [day, player]} #",
		"- {complete: [day, team, player, bench], mode: each, at_least: 99.2%} #", // 480 / (480 + 1.96²)
		"- {complete: points, where: bench IS NOT TRUE, at_least: 99.09%} #",      // 420 / (420 + 1.96²)
		"- {complete: points, where: bench IS TRUE, at_most: 6.02%} #",            // 1.96² / (60 + 1.96²)
		"- {complete: pct, where: points > 0, at_least: ",
		"- {complete: pct, where: \"(points > 0) IS NOT TRUE\", at_most: ",
		"points: [0, 18]",
		"- {rows: {at_least: 2, at_most: 14}, by: day} #", // 8 ∓ 1.96 √8
		"- {grid: day, every: day} # Each of 60 days has rows.",
		"- {fresh: day, within: 2d} # The newest day is 2025-12-31,",
	} {
		assert.Contains(t, suite, line)
	}
	assert.NotContains(t, suite, "\nto:")
}

func TestInitOfDaysThatAreOverClaimsThemWhole(t *testing.T) {
	path := fileOf(t, "box.csv", boxscore(60))
	suite, _ := drafted(t, path, "--now", "2026-06-01")
	for _, line := range []string{
		"\nto: 2025-12-31\n",
		"- {rows: {at_least: 480, at_most: 480}} #",
		"mode: each, at_least: 100%}",
		"# - {fresh: day, within: 2d} # The newest day, 2025-12-31, is 152 days back: is more to come?",
	} {
		assert.Contains(t, suite, line)
	}
}

func TestInitTellsOfAnAlmostKey(t *testing.T) {
	rows := boxscore(60)
	last := rows[strings.LastIndexByte(strings.TrimSpace(rows), '\n')+1:]
	suite, _ := drafted(t, fileOf(t, "box.csv", rows+last))
	assert.Contains(t, suite, "- {group: {by: [day, player], assert: \"count() = 1\"}, at_least: 98.82%} # Almost a key: of 480 values 1 occurs more than once.")
	assert.Contains(t, suite, "# - {unique: [day, player]} # Almost a key: 1 row is beyond the first.")
}

func TestInitTellsWhatLooksLikeADefault(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,fatigue,line\n")
	for i := range 400 {
		fatigue := 50
		if i%5 == 0 {
			fatigue = i / 5
		}
		fmt.Fprintf(&b, "x%d,%d,7\n", i, fatigue)
	}
	suite, _ := drafted(t, fileOf(t, "lines.csv", b.String()))
	assert.Contains(t, suite, "# - {defaults: {fatigue: [50]}, at_most: 83.86%} # 50 is in 80.3% of fatigue, 321 times as often as the next, 0.")
	assert.Contains(t, suite, "# The only value of line is 7.")
}

func TestInitDeclaresWhatStandsForNoValue(t *testing.T) {
	suite, stderr := drafted(t, fileOf(t, "m.csv", "id,points,odds\na1,3,+150\na2,DNP,-120\na3,5,+110\na4,6,+100\n"))
	assert.Contains(t, suite, "nulls: [DNP]")
	assert.Contains(t, suite, "- {complete: points, at_least: 30.06%}") // of 3 of 4, as Wilson has it
	assert.Contains(t, suite, `# `, stderr)
	assert.Contains(t, suite, `column "odds": "+150" is a number in dress`)
}

func TestInitLeavesOutWhatCannotBeAskedFor(t *testing.T) {
	suite, stderr := drafted(t, fileOf(t, "m.csv", "id,PTS,,PTS,both\n1,5,x,6,2024-01-01\n2,6,y,7,true\n"))
	for _, told := range []string{`column PTS is left out: there are several columns "PTS"`, `column "" is left out: it has no name`, "column both is left out: "} {
		assert.Contains(t, stderr, "note: "+told)
		assert.Contains(t, suite, "# "+told)
	}
	assert.NotContains(t, suite, "date:")
}

func TestInitTellsWhyThereIsNoDate(t *testing.T) {
	suite, stderr := drafted(t, fileOf(t, "m.csv", "day,x\n2025-12-31,1\n,2\n2025-12-30,3\n"))
	assert.NotContains(t, suite, "\ndate:")
	assert.Contains(t, stderr, "note: column day is not the suite's date: 1 of 3 rows have none, and belong to no day")
}

func TestInitTellsOfAnotherDelimiter(t *testing.T) {
	_, stderr := drafted(t, fileOf(t, "m.csv", "day;x\n2025-12-31;1\n2025-12-30\n"))
	assert.Contains(t, stderr, `note: the only column is "day;x": where cells end otherwise declare delimiter: ";"`)
}

func TestInitOfLittle(t *testing.T) {
	for name, text := range map[string]string{
		"one row":      "a,b\n1,x\n",
		"one column":   "a\n1\n2\n2\n",
		"NULL alone":   "a,b\n,\n,\n",
		"one constant": "a\n7\n7\n7\n",
		"one day":      "day,x\n2025-12-31,1\n2025-12-31,2\n",
		"long texts":   "a,b\n" + strings.Repeat("x", 300) + ",1\n" + strings.Repeat("x", 299) + ",1\n",
		"one date":     "day\n2025-12-31\n",
		"days to come": "day,x\n2026-12-31,1\n2027-01-01,2\n",
	} {
		t.Run(name, func(t *testing.T) { drafted(t, fileOf(t, "t.csv", text)) })
	}
}

func TestInitOfNothingIsUnknown(t *testing.T) {
	for reason, text := range map[string]string{
		"the file is empty":               "",
		"has no row":                      "a,b\n",
		"there are several columns \"a\"": "a,a\n1,2\n",
	} {
		code, stdout, stderr := intact(t, "init", fileOf(t, "t.csv", text))
		assert.Equal(t, exitUnknown, code, reason)
		assert.Empty(t, stdout)
		assert.Contains(t, stderr, reason)
	}
}

func TestInitWritesOverNothing(t *testing.T) {
	path, out := fileOf(t, "t.csv", "a\n1\n2\n"), fileOf(t, "suite.yaml", "mine")
	code, _, stderr := intact(t, "init", path, "--out", out)
	require.Equal(t, exitUsage, code)
	require.Contains(t, stderr, "--force")
	code, _, stderr = intact(t, "init", path, "--out", out, "--force")
	require.Equal(t, exitPass, code, stderr)
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Contains(t, string(text), "suite: t\n")
}

func TestInitFindsTheFileFromTheSuite(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "data"), 0o700))
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "suites"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "data", "a 1.csv"), []byte("x\n1\n2\n"), 0o600))
	t.Chdir(dir)
	code, _, stderr := intact(t, "init", "data/a 1.csv", "--out", "suites/a.yaml")
	require.Equal(t, exitPass, code, stderr)
	text, err := os.ReadFile("suites/a.yaml")
	require.NoError(t, err)
	require.Contains(t, string(text), "table: a_1\nsource: \"../data/a 1.csv\"\n")
	code, stdout, stderr := intact(t, "check", "suites/a.yaml")
	require.Equal(t, exitPass, code, stdout+stderr)
}

func TestInitTakesOneTableOrFile(t *testing.T) {
	for _, args := range [][]string{{"init"}, {"init", "a", "b"}, {"init", "nba.games"}, {"init", "t.csv", "--engine", "fast"}} {
		code, _, stderr := intact(t, args...)
		assert.Equal(t, exitUsage, code, stderr)
	}
}

// All engines profile a table alike: the suite is one whichever measured.
func TestInitOfATableInBigQuery(t *testing.T) {
	srv := emulator.Require(t)
	ctx := t.Context()
	client, err := srv.Client(ctx)
	require.NoError(t, err)
	defer client.Close()
	path := fileOf(t, "box.csv", boxscore(30))
	source, err := files.Open([]string{path}, files.Options{Types: map[string]expr.Type{}})
	require.NoError(t, err)
	defer source.Close()
	require.NoError(t, source.Settle(ctx))
	dataset, err := srv.CreateDataset(ctx, client, emulator.UniqueID("first"))
	require.NoError(t, err)
	defer dataset.Remove(context.WithoutCancel(ctx))
	_, err = dataset.Load(ctx, "box", source)
	require.NoError(t, err)

	var stdout, stderr bytes.Buffer
	code := Run(ctx, Process{
		Args:   []string{"init", dataset.ID + ".box", "--project", client.Project(), "--no-snapshot"},
		Stdout: &stdout, Stderr: &stderr,
		LookupEnv:    func(string) (string, bool) { return "", false },
		Now:          func() time.Time { return newYear },
		OpenBigQuery: func(ctx context.Context, _ string) (*bigquery.Client, error) { return srv.Client(ctx) },
	})
	require.Equal(t, exitPass, code, stderr.String())
	local, _ := drafted(t, path)
	require.Equal(t, checksOf(local), checksOf(stdout.String()))
	parsed, err := suitefile.Parse("first.yaml", stdout.Bytes(), checkKinds()...)
	require.NoError(t, err)
	require.Equal(t, dataset.ID+".box", parsed[0].Suite.Table)
	require.Empty(t, parsed[0].Sources)
}

func TestInitDeclaresTheFormatOfDates(t *testing.T) {
	suite, _ := drafted(t, fileOf(t, "t.csv", "day,x\n12/31/2025,1\n12/30/2025,2\n01/02/2025,3\n"))
	assert.Contains(t, suite, "columns:\n  day: {format: \"%m/%d/%Y\"}\n")
	assert.Contains(t, suite, "\ndate: day\nfrom: 2025-01-02\n")
	suite, stderr := drafted(t, fileOf(t, "t.csv", "day,x\n01/02/2025,1\n03/04/2025,2\n"))
	assert.NotContains(t, suite, "\ndate:")
	told := `column "day" holds dates, written as %m/%d/%Y or %d/%m/%Y: declare which`
	assert.Contains(t, suite, "# "+told)
	assert.Contains(t, stderr, "note: "+told)
	suite, _ = drafted(t, fileOf(t, "t.csv", "day,x\n12/31/2025,1\nsoon,2\n12/30/2025,3\n"))
	assert.NotContains(t, suite, "\ndate:")
	suite, _ = drafted(t, fileOf(t, "t.csv", "at,x\n2025-12-31 08:05,1\n2025-12-31 23:40,2\n2026-01-01 05:20,3\n"))
	assert.Contains(t, suite, "columns:\n  at: {format: \"%Y-%m-%d %H:%M\"}\n")
	assert.Contains(t, suite, "\ndate: at\n")
}

// The rows are the same in each format, and so is what is claimed of them.
func TestInitOfEveryFormat(t *testing.T) {
	type row struct {
		ID   int64   `json:"id" parquet:"id"`
		Team string  `json:"team" parquet:"team"`
		Pace float64 `json:"pace" parquet:"pace"`
	}
	var rows []row
	csv, ndjson := "id,team,pace\n", ""
	for i := range 90 {
		r := row{int64(i), []string{"BOS", "LAL", "NYK"}[i%3], 90.5 + float64(i%11)}
		rows = append(rows, r)
		csv += fmt.Sprintf("%d,%s,%v\n", r.ID, r.Team, r.Pace)
		line, err := json.Marshal(r)
		require.NoError(t, err)
		ndjson += string(line) + "\n"
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(csv))
	require.NoError(t, errors.Join(err, w.Close()))
	columnar := filepath.Join(t.TempDir(), "t.parquet")
	require.NoError(t, parquet.WriteFile(columnar, rows))
	want, _ := drafted(t, fileOf(t, "t.csv", csv))
	require.Contains(t, want, "- {unique: id} #")
	for _, path := range []string{fileOf(t, "t.csv.gz", packed.String()), fileOf(t, "t.ndjson", ndjson), columnar} {
		got, _ := drafted(t, path)
		require.Equal(t, checksOf(want), checksOf(got), path)
	}
}

func TestInitOfFieldsOfColumns(t *testing.T) {
	var rows strings.Builder
	for i := range 120 {
		fmt.Fprintf(&rows, `{"id":%d,"team":{"code":"%s","deep":{"n":%d}},"tags":["a"]}`+"\n", i, []string{"BOS", "LAL", "NYK"}[i%3], i%7)
	}
	suite, stderr := drafted(t, fileOf(t, "t.ndjson", rows.String()))
	for _, line := range []string{
		"by: team.code, expect: [BOS, LAL, NYK]}",
		"- {complete: [id, team.code, team.deep.n, tags], mode: each,",
		"team.deep.n: [0, 6]",
	} {
		assert.Contains(t, suite, line)
	}
	assert.Contains(t, stderr, "note: of the values of column tags nothing is claimed: of ARRAY<STRING> only NULL or not NULL is known\n")
}
