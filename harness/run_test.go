package harness

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// recorder stands in for *testing.T and notes what was said in which subtest.
type recorder struct {
	name string
	said *[]string
}

func (r recorder) Helper()                     {}
func (r recorder) Context() context.Context    { return context.Background() }
func (r recorder) Deadline() (time.Time, bool) { return time.Time{}, false }
func (r recorder) Logf(format string, args ...any) {
	*r.said = append(*r.said, r.name+" logs "+fmt.Sprintf(format, args...))
}

func (r recorder) Errorf(format string, args ...any) {
	*r.said = append(*r.said, r.name+" fails "+fmt.Sprintf(format, args...))
}

func (r recorder) Run(name string, test func(reporter)) bool {
	test(recorder{r.name + "/" + name, r.said})
	return true
}

func said(t *testing.T, suites ...quality.Suite) []string {
	t.Helper()
	src, err := rows.Columns(
		rows.Column{Name: "season", Values: []string{"2022-23", "2022-23", "2023-24"}},
		rows.Column{Name: "usage", Values: []float64{20.5, 0, 11}, Valid: []bool{true, false, true}},
	)
	require.NoError(t, err)
	var out []string
	run(recorder{"T", &out}, rows.NewEngine(map[string]expr.Source{"d.games": src}), time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), suites)
	for i, text := range out {
		out[i] = query.ReplaceAllString(text, "SELECT …")
	}
	return out
}

// query is the one of the rows at fault, whose text is the affair of those who write it.
var query = regexp.MustCompile(`(?s)SELECT\n.* FROM ` + "`d`.`games`" + ` .*;`)

func games(rules ...quality.Rule) quality.Suite {
	return quality.Suite{Name: "games", Owner: "ann", Table: "d.games", Rules: rules}
}

var usage = checks.Complete{Columns: []string{"usage"}}

func TestRunNamesTheSegmentThatFails(t *testing.T) {
	got := said(t, games(quality.Rule{Check: usage, By: []string{"season"}, Where: expr.Col("usage").Ge(0).IsNotFalse()}))
	want := []string{"T/games/complete:usage by season/season=2022-23 fails " +
		"fail: 1 of 2 rows where (usage >= 0) IS NOT FALSE (50.0%), not at_least 100%: 1 row short\n  usage=null  row 2\n  SELECT …\n" +
		"d.games: usage populated at_least 100% where (usage >= 0) IS NOT FALSE (TRUE 3, FALSE 0, NULL 0) (owner: ann)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Of a check of several columns it is told which one it is.
func TestRunNamesTheColumnThatFails(t *testing.T) {
	least := func(column string, v any) checks.Ends {
		low, err := expr.ValueOf(v)
		require.NoError(t, err)
		return checks.Ends{Column: column, Low: low}
	}
	got := said(t, games(quality.Rule{Check: checks.Range{Of: []checks.Ends{least("season", "2022-23"), least("usage", 15)}}}))
	require.Len(t, got, 1)
	require.Contains(t, got[0], "fails fail: usage: 1 of 2 ")
}

func TestRunSaysNothingOfWhatPasses(t *testing.T) {
	got := said(t, games(quality.Rule{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(3))}}}))
	if len(got) > 0 {
		t.Error(got)
	}
}

func TestRunFailsOnUnknown(t *testing.T) {
	got := said(t, games(quality.Rule{Check: checks.Complete{Columns: []string{"usag"}}}))
	if len(got) != 1 || !strings.HasPrefix(got[0], `T/games/complete:usag fails unknown: could not be evaluated: there is no column "usag"`) {
		t.Error(got)
	}
}

func TestRunLogsWarningsAndWaivers(t *testing.T) {
	waiver := &quality.Waiver{Owner: "bob", Reason: "source is dead", Until: civil.Date{Year: 2026, Month: 2, Day: 1}}
	got := said(t, games(quality.Rule{Check: usage, WarnOnly: true}, quality.Rule{ID: "known", Check: usage, Waiver: waiver}))
	want := []string{
		"T/games/complete:usage logs warn: 2 of 3 rows (66.7%), not at_least 100%: 1 row short\n  usage=null  row 2\n  SELECT …\nd.games: usage populated at_least 100% (owner: ann)",
		"T/games/known logs waived: waived by bob until 2026-02-01, source is dead: 2 of 3 rows (66.7%), not at_least 100%: 1 row short\n  usage=null  row 2\n  SELECT …\nd.games: usage populated at_least 100% (owner: ann)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRunFailsOnAMistakeInASuite(t *testing.T) {
	got := said(t, quality.Suite{Name: "games", Table: "d.games"})
	if len(got) != 1 || got[0] != "T fails the suites were not run: suite games: it has no checks, and nothing to judge is never a pass" {
		t.Error(got)
	}
}

// TestRunFailsUnderGoTest runs a test that must fail, in a process of its own.
func TestRunFailsUnderGoTest(t *testing.T) {
	if os.Getenv("HARNESS_FAIL") == "1" {
		src, err := rows.Columns(rows.Column{Name: "usage", Values: []float64{1, 2}, Valid: []bool{true, false}})
		require.NoError(t, err)
		Run(t, rows.NewEngine(map[string]expr.Source{"d.games": src}), games(quality.Rule{Check: usage}))
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRunFailsUnderGoTest$", "-test.v")
	cmd.Env = append(os.Environ(), "HARNESS_FAIL=1")
	out, err := cmd.CombinedOutput()
	require.Error(t, err, "the test passed:\n%s", out)
	require.Contains(t, string(out), "--- FAIL: TestRunFailsUnderGoTest/games/complete:usage")
	require.Contains(t, string(out), "fail: 1 of 2 rows (50.0%), not at_least 100%: 1 row short")
}

func TestRunUnderGoTest(t *testing.T) {
	src, err := rows.Columns(rows.Column{Name: "usage", Values: []float64{1, 2}})
	require.NoError(t, err)
	Run(t, rows.NewEngine(map[string]expr.Source{"d.games": src}), games(quality.Rule{Check: usage}))
}

// A table without a dataset, as a first suite on a file has it, is none of BigQuery's:
// nothing is said of a query of it.
func TestRunShowsNoQueryOfATableWithoutDataset(t *testing.T) {
	src, err := rows.Columns(rows.Column{Name: "x", Values: []float64{1, 0}, Valid: []bool{true, false}})
	require.NoError(t, err)
	suite := quality.Suite{Name: "s", Table: "orders", Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{"x"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}}},
	}}
	var out []string
	run(recorder{"T", &out}, rows.NewEngine(map[string]expr.Source{"orders": src}), time.Now(), []quality.Suite{suite})
	require.Contains(t, strings.Join(out, "\n"), "1 of 2 rows")
	require.NotContains(t, strings.Join(out, "\n"), "query")
}
