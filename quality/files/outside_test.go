package files_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
)

// outside is a file of real data that is not part of the project.
func outside(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("INTACT_OUTSIDE")
	if root == "" {
		t.Skip("INTACT_OUTSIDE is not set: it names the folder of data that is not part of the project")
	}
	return filepath.Join(append([]string{root}, parts...)...)
}

// judge runs one rule on the rows of a source.
func judge(t testing.TB, src expr.Source, rule quality.Rule) quality.CheckReport {
	t.Helper()
	suite := quality.Suite{Name: "games", Table: "nba.games", Rules: []quality.Rule{rule}}
	report, err := quality.Run(context.Background(), rows.NewEngine(map[string]expr.Source{"nba.games": src}), time.Time{}, suite)
	if err != nil {
		t.Fatal(err)
	}
	return report.Suites[0].Checks[0]
}

func TestOutsidePlayerGamesHaveSurplusRows(t *testing.T) {
	paths, err := files.Expand(outside(t, "data", "nba", "player_game", "player_game_*.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	got := judge(t, open(t, files.Options{}, paths...), quality.Rule{
		Check: checks.Unique{Columns: []string{"player_slug", "date"}},
		By:    []string{"season_end_year"},
	})
	counts := map[string]int64{}
	for _, f := range got.Findings {
		for _, d := range f.Details {
			counts[f.Segment.String()+" "+d.Name] = d.Value.Numerator
			counts[d.Name] += d.Value.Numerator
		}
	}
	want := map[string]int64{
		"season_end_year=2024 surplus_rows": 3932,
		"season_end_year=2025 surplus_rows": 3713,
		"duplicate_keys":                    7191,
		"null_keys":                         0,
	}
	for name, n := range want {
		if counts[name] != n {
			t.Errorf("%s: %d, want %d", name, counts[name], n)
		}
	}
	if got.Verdict != quality.Fail {
		t.Errorf("the verdict is %s, want fail: %s", got.Verdict, got.Reason)
	}
}

func TestOutsideFreeThrowsAreNullWithoutAttempts(t *testing.T) {
	src := open(t, files.Options{}, outside(t, "data", "nba", "unlicensed", "player_gamelogs_2023-24.csv.gz"))
	complete := checks.Complete{Columns: []string{"FT_PCT"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(100))}}
	for _, tt := range []struct {
		where     expr.Expr
		populated int64
		rows      int64
		verdict   quality.Verdict
	}{
		{expr.Expr{}, 14232, 26401, quality.Fail},
		{expr.Col("FTA").Gt(0), 14232, 14232, quality.Pass},
	} {
		got := judge(t, src, quality.Rule{Check: complete, Where: tt.where})
		if got.Verdict != tt.verdict {
			t.Errorf("where %s: the verdict is %s, want %s: %s", tt.where, got.Verdict, tt.verdict, got.Reason)
		}
		want := quality.ObservedShare(tt.populated, tt.rows)
		if o := got.Findings[0].Observed; o == nil || o.String() != want.String() {
			t.Errorf("where %s: observed %v, want %v", tt.where, o, want)
		}
	}
}

func TestOutsideIdsWithLeadingZerosAreTexts(t *testing.T) {
	src := open(t, files.Options{}, outside(t, "data", "nba", "unlicensed", "player_gamelogs_2023-24.csv.gz"))
	f, err := schema(t, src).Field("GAME_ID")
	if err != nil {
		t.Fatal(err)
	}
	if f.Type != expr.String {
		t.Errorf("GAME_ID is %s, want STRING: its cells are like 0022300061", f.Type)
	}
}

func TestOutsideBlankAndDuplicateHeadersDoNoHarm(t *testing.T) {
	src := open(t, files.Options{}, outside(t, "data", "nba", "schedule", "results_2023-24.csv"))
	got, err := read(src, "Date", "Visitor/Neutral")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1231 {
		t.Errorf("%d rows, want 1231", len(got))
	}
}
