package audit_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/rolling/audit"
)

var now = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// tables are lines of words by the name of their table: columns, and rows. A dash is NULL.
type tables map[string]string

func (ts tables) engine(t *testing.T) quality.Engine {
	t.Helper()
	dir, sources := t.TempDir(), map[string]expr.Source{}
	for name, text := range ts {
		path := filepath.Join(dir, name+".csv")
		text = strings.ReplaceAll(strings.Join(strings.Fields(strings.ReplaceAll(strings.TrimSpace(text), "\n", " \x00 ")), ","), ",\x00,", "\n")
		text = strings.NewReplacer("-,", ",", ",-\n", ",\n").Replace(text + "\n")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		source, err := files.Open([]string{path}, files.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { source.Close() })
		sources["d."+name] = source
	}
	return rows.NewEngine(sources)
}

// check runs the one check of a suite on the table stored.
func (ts tables) check(t *testing.T, written string) quality.CheckReport {
	t.Helper()
	suite := "suite: s\ntable: d.stored\n" + written
	if !strings.Contains(written, "checks:") {
		suite = "suite: s\ntable: d.stored\nchecks: [" + written + "]\n"
	}
	read, err := suitefile.Parse("s.yaml", []byte(suite), audit.Kinds()...)
	require.NoError(t, err)
	report, err := quality.Run(t.Context(), ts.engine(t), now, read[0].Suite)
	require.NoError(t, err)
	return report.Suites[0].Checks[0]
}

// said are the classes of a report with how many values are of each, by segment and
// column; right ones as share.
func said(r quality.CheckReport) map[string]string {
	out := map[string]string{}
	for _, f := range r.Findings {
		key := strings.TrimSpace(f.Segment.String() + " " + f.Subject)
		text := []string{f.Verdict.String()}
		if f.Observed != nil {
			text = append(text, f.Observed.String())
		}
		for _, d := range f.Details {
			if d.Value.Numerator > 0 {
				text = append(text, d.Name, d.Value.String())
			}
		}
		out[key] = strings.Join(text, " ")
	}
	return out
}

const playerGames = `
player day        season points
ann    2026-01-01 25     10
ann    2026-01-03 25     20
ann    2026-01-05 25     40
ann    2026-01-07 25     60
bob    2026-01-02 25     7
bob    2026-01-04 25     9
`

const ofLast2 = "{window: form, of: points, last: 2, entity: player, at: day, from: {table: d.games}}"

func TestEachValueHasAClass(t *testing.T) {
	found := tables{"games": playerGames, "stored": `
player day        form
ann    2026-01-03 -
ann    2026-01-05 15
ann    2026-01-07 50
bob    2026-01-09 8
`}.check(t, ofLast2)
	require.Equal(t, map[string]string{
		"form":      "fail 2 of 3 rightly_null_rows 1 leak_rows 1",
		"form leak": "fail 1 of 2", // bob's game of the 9th is not played: nothing tells
		"player":    "pass 4 of 4",
	}, said(found))
	require.Equal(t, quality.Fail, found.Verdict)
}

func TestALeakIsNamedWithItsFirstDateAndRow(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 30\nann 2026-01-07 50\nbob 2026-01-04 -"}.check(t, ofLast2)
	require.Contains(t, found.Findings[1].Reason,
		"2 of 2 values of form that tell the two apart equal the window that includes their own time, a leak (100.0%), not at_most 0%, since 2026-01-05; first: ann 2026-01-05 stored 30, recomputed 15")
	require.Len(t, found.Findings[1].AtFault[0].Rows, 2)
}

func TestARowIsNeverDropped(t *testing.T) {
	ts := tables{"games": playerGames, "stored": `
player day        form
ann    2026-01-05 15
zoe    2026-01-05 15
zed    2026-01-05 -
-      2026-01-05 15
`}
	require.Equal(t, map[string]string{
		"form":      "fail 1 of 3 unkeyed_rows 1 unmatched_rows 1 rightly_null_rows 1",
		"form leak": "pass 0 of 1",
		"player":    "fail 1 of 3 unkeyed_rows 1",
	}, said(ts.check(t, ofLast2)))
	require.Equal(t, "fail 1 of 2 unkeyed_rows 1 unmatched_rows 1 rightly_null_rows 1",
		said(ts.check(t, strings.TrimSuffix(ofLast2, "}")+", null: ok}"))["form"], "a row without a key can be set aside")
}

func TestAListThatKnowsNobodySeesNoHole(t *testing.T) {
	ts := tables{"games": playerGames, "sheet": "player day\nANN 2026-01-03", "stored": "player day form\nann 2026-01-05 15"}
	found := ts.check(t, strings.TrimSuffix(ofLast2, "}")+", expected: {table: d.sheet}}")
	require.Equal(t, quality.Unknown, found.Verdict)
	require.Contains(t, found.Reason, "of the player of 1 row no key of d.sheet owes and meets a row, so no hole can be seen")
	ts["sheet"] = "player day\nann 2026-01-03"
	require.Equal(t, quality.Pass, ts.check(t, strings.TrimSuffix(ofLast2, "}")+", expected: {table: d.sheet}}").Verdict)
}

func TestAllRightlyNullIsNothingToJudge(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form x\nann 2026-01-01 - 1\nann 2026-01-03 - 1"}.check(t, ofLast2)
	require.Equal(t, quality.Unknown, found.Verdict, found.Reason)
}

func TestEverySegmentIsJudgedByItself(t *testing.T) {
	found := tables{"games": playerGames, "stored": `
player day        season form
ann    2026-01-05 a      15
ann    2026-01-07 b      1
bob    2026-01-06 b      8
bob    2026-01-07 b      9
`}.check(t, "{window: form, of: points, last: 2, entity: player, at: day, from: {table: d.games}, by: season, where: day < DATE '2026-01-07' OR player = 'ann'}")
	require.Equal(t, []string{"season=a form", "season=a form leak", "season=a player", "season=b form", "season=b form leak", "season=b player"},
		slices.Sorted(maps.Keys(said(found))))
	require.Equal(t, "fail 1 of 2 wrong_rows 1", said(found)["season=b form"])
}

// Each list knows the entities, or the teams, and yet lets no hole be seen.
func TestAListThatMeetsNoRowIsUnknown(t *testing.T) {
	games := strings.ReplaceAll(playerGames, "points\n", "points team\n")
	games = strings.TrimSuffix(strings.ReplaceAll(games, "0\n", "0 X\n"), "\n")
	games = strings.NewReplacer(" 7\n", " 7 Y\n", " 9", " 9 Y").Replace(games)
	for name, of := range map[string]struct{ due, said string }{
		"of another time":                {"player day\nann 2030-01-01\nbob 2030-01-04", ""},
		"of another season":              {"player day season\nann 2026-01-03 26\nann 2026-01-05 26", ", reset: season"},
		"that owes nothing":              {"player day status\nann 2026-01-03 out\nann 2026-01-05 out", ", where: status = 'in'"},
		"of games of other teams":        {"team day\nZ 2026-01-05", ", by: team"},
		"of games of their teams, later": {"team day\nX 2030-01-05\nY 2030-01-05", ", by: team"},
	} {
		written, reset := of.said, ""
		if strings.Contains(written, "reset") {
			written, reset = "", of.said
		}
		found := tables{"games": games, "due": of.due, "stored": "player day season form\nann 2026-01-07 25 30"}.check(t,
			strings.TrimSuffix(ofLast2, "}")+reset+", expected: {table: d.due"+written+"}}")
		reasons := found.Reason
		for _, f := range found.Findings {
			reasons += "\n" + f.Reason
		}
		require.NotEqual(t, quality.Pass, found.Verdict, name)
		require.Contains(t, reasons, "no hole can be seen", name)
	}
	found := tables{"games": games, "due": "team day\nX 2026-01-05\nX 2026-01-03", "stored": "player day form\nann 2026-01-07 30"}.check(t,
		strings.TrimSuffix(ofLast2, "}")+", expected: {table: d.due, by: team}}")
	require.Equal(t, quality.Pass, found.Verdict, found.Reason)
}

func TestDatesOfTheSuiteBoundWhatIsAudited(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 1\nann 2026-01-07 30"}.check(t,
		"date: day\nfrom: 2026-01-06\nchecks: ["+ofLast2+"]\n")
	require.Equal(t, "pass 1 of 1", said(found)["form"])
}

func TestAverageBesideTheRowsThatItIsOf(t *testing.T) {
	found := tables{"stored": `
player day        points points_avg_last_2
ann    2026-01-01 10     -
ann    2026-01-03 20     -
ann    2026-01-05 40     15
ann    2026-01-07 60     40
`}.check(t, "{window: points_avg_last_2, entity: player, at: day}")
	require.Equal(t, "fail 1 of 2 rightly_null_rows 2 other_window_rows 1", said(found)["points_avg_last_2"])
}

func TestKeysMayBeCalledOtherwise(t *testing.T) {
	found := tables{"games": playerGames, "stored": "who cache_day form\nann 2026-01-05 15"}.check(t,
		"{window: form, of: points, last: 2, entity: who, at: cache_day, from: {table: d.games, map: {who: player, cache_day: day}}}")
	require.Equal(t, "pass 1 of 1", said(found)["form"])
}

func TestSeveralColumnsAreJudgedEachByItself(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form points_max_last_2\nann 2026-01-07 30 60"}.check(t,
		"{window: {form: {of: points, last: 2}, points_max_last_2: {}}, entity: player, at: day, from: {table: d.games}}")
	require.Equal(t, "pass 1 of 1", said(found)["form"])
	require.Equal(t, "fail 0 of 1 leak_rows 1", said(found)["points_max_last_2"])
}

func TestTolerance(t *testing.T) {
	for written, want := range map[string]string{
		"":                 "fail 0 of 1 wrong_rows 1",
		", tolerance: 0.4": "pass 1 of 1",
		", decimals: 0":    "pass 1 of 1",
		", decimals: 1":    "fail 0 of 1 wrong_rows 1",
	} {
		found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 15.3"}.check(t, strings.TrimSuffix(ofLast2, "}")+written+"}")
		require.Equal(t, want, said(found)["form"], written)
	}
	found := tables{"games": playerGames, "stored": "player day form\nbob 2026-01-09 8"}.check(t, ofLast2)
	require.Equal(t, "pass 1 of 1", said(found)["form"], "an INT64 is rounded to whole numbers")
}

func TestBoundsOfLeakAndMatched(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 30\nzoe 2026-01-05 15\nann 2026-01-07 30"}.check(t,
		strings.TrimSuffix(ofLast2, "}")+", at_least: 30%, leak: {at_most: 50%}, matched: {at_least: 60%}}")
	require.Equal(t, quality.Pass, found.Verdict, found.Reason)
}

func TestValuesThatAreNoneAreNotStored(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 NaN\nann 2026-01-07 30.5"}.check(t, ofLast2)
	require.Equal(t, "fail 0 of 2 missing_though_whole_rows 1 wrong_rows 1", said(found)["form"])
}

func TestNothingOfARowIsPrintedWhereSomethingIsRedacted(t *testing.T) {
	found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 30\nann 2026-01-07 50"}.check(t,
		"tables: {d.stored: {redact: [player]}}\nchecks: ["+ofLast2+"]\n")
	require.Equal(t, quality.Fail, found.Verdict)
	for _, f := range found.Findings {
		require.NotContains(t, f.Reason, "since")
		require.Empty(t, f.AtFault)
	}
}

// Rows that are audited beside themselves are held against the windows of a copy of them.
func TestATableOfItselfIsAuditedAsACopyOfIt(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		var text strings.Builder
		text.WriteString("player day points form\n")
		for _, i := range r.Perm(40) {
			stored := fmt.Sprint(r.IntN(8))
			if r.IntN(4) == 0 {
				stored = "-"
			}
			points := fmt.Sprint(r.IntN(4) * 2)
			if stored != "-" && r.IntN(9) == 0 {
				points = "-"
			}
			fmt.Fprintf(&text, "%s 2026-01-%02d %s %s\n", []string{"ann", "bob"}[i%2], i/2+1, points, stored)
		}
		ts := tables{"stored": text.String(), "copy": text.String()}
		for _, of := range []string{"points", "form"} {
			kind := "{window: form, of: " + of + ", last: 2, entity: player, at: day"
			own, other := ts.check(t, kind+"}"), ts.check(t, kind+", from: {table: d.copy}}")
			require.Equal(t, said(other), said(own), text.String())
			require.Contains(t, said(own), "form", own.Reason)
		}
	}
}
