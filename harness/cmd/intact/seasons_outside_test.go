package main_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// verdicts is what a report says of a check.
type verdicts struct {
	Kind, Verdict, Reason string
	Segments              []struct {
		Segment     map[string]any
		Subject     string
		Verdict     string
		Numerator   int64
		Denominator int64
		Details     map[string]struct{ Numerator int64 }
		RowsAtFault []struct {
			Name string
			Rows []struct{ Values []any }
		} `json:"rows_at_fault"`
	}
}

// checksOf are those of the only suite of a report.
func checksOf(t *testing.T, got outcome) []verdicts {
	t.Helper()
	var report struct{ Suites []struct{ Checks []verdicts } }
	in := json.NewDecoder(strings.NewReader(got.stdout))
	in.UseNumber()
	require.NoError(t, in.Decode(&report), got.stderr)
	return report.Suites[0].Checks
}

// judged runs the checks of one suite.
func judged(t *testing.T, suite string) []verdicts {
	t.Helper()
	return checksOf(t, run(t, write(t, map[string]string{"suite.yaml": suite}), "check", "suite.yaml", "-o", "json"))
}

// twoSeasons is a suite on two real seasons whose faults are known; their rows are
// gathered once for each team that a player was with.
func twoSeasons(t *testing.T, shown int, checks string) string {
	official := fmt.Sprintf(`
      source: %s
      map:
        date: GAME_DATE
        player_slug: {file: %s, from: player_slug, to: nba_player_id, column: PLAYER_ID}`,
		outside(t, "unlicensed", "player_gamelogs_*.csv.gz"), outside(t, "ground_truth", "player_crosswalk.csv"))
	return fmt.Sprintf("suite: player_game\ntable: nba.player_game\ndate: date\nsource: %s\nrows_at_fault: %d\nchecks:\n%s",
		outside(t, "player_game", "player_game_*.csv.gz"), shown, strings.ReplaceAll(checks, "OFFICIAL", official))
}

// The keys that stand twice are those that are known to, each as often.
func TestOutsideSeasonsHaveDuplicates(t *testing.T) {
	want := map[string]int64{}
	for _, r := range outsideRows(t, "ground_truth", "duplicates.csv.gz") {
		copies, err := strconv.ParseInt(r["copies"], 10, 64)
		require.NoError(t, err)
		want[r["season_end_year"]+" "+r["player_slug"]+" "+r["date"]] = copies
	}
	check := judged(t, twoSeasons(t, 0, "  - unique: [date, player_slug]\n    by: [season_end_year, player_slug, date]\n"))[0]
	got := map[string]int64{}
	var keys, surplus int64
	for _, s := range check.Segments {
		if s.Verdict != "pass" {
			got[fmt.Sprintf("%v %v %v", s.Segment["season_end_year"], s.Segment["player_slug"], s.Segment["date"])] = s.Denominator
			keys += s.Details["duplicate_keys"].Numerator
			surplus += s.Details["surplus_rows"].Numerator
		}
	}
	assert.Equal(t, want, got)
	assert.EqualValues(t, 7191, keys)
	assert.EqualValues(t, 7645, surplus)
}

// The keys that are missing are those that are known to be, of players whom the
// crosswalk does not know among them; and there is none too many.
func TestOutsideSeasonsHaveMissingRows(t *testing.T) {
	known := map[string]bool{}
	for _, r := range outsideRows(t, "ground_truth", "player_crosswalk.csv") {
		known[r["nba_player_id"]] = true
	}
	want, unknown := map[string]bool{}, map[string]bool{}
	for _, r := range outsideRows(t, "ground_truth", "missing_rows.csv") {
		want[r["date"]+" "+r["nba_player_id"]] = true
		if !known[r["nba_player_id"]] {
			unknown[r["nba_player_id"]] = true
		}
	}
	require.Len(t, unknown, 7)
	check := judged(t, twoSeasons(t, 100, "  - equal: [date, player_slug]\n    of: OFFICIAL\n"))[0]
	assert.Equal(t, "fail", check.Verdict, check.Reason)
	finding := check.Segments[0]
	assert.EqualValues(t, 40, finding.Details["missing_keys"].Numerator)
	assert.EqualValues(t, 0, finding.Details["unexpected_keys"].Numerator)
	got := map[string]bool{}
	for _, sort := range finding.RowsAtFault {
		require.Equal(t, "missing keys", sort.Name)
		for _, r := range sort.Rows {
			got[fmt.Sprintf("%s %s", r.Values...)] = true
		}
	}
	assert.Equal(t, want, got)
}

// The values that differ from the official ones are those that are known to.
func TestOutsideSeasonsHaveConflicts(t *testing.T) {
	players := map[string]string{}
	for _, r := range outsideRows(t, "ground_truth", "player_crosswalk.csv") {
		players[r["player_slug"]] = r["nba_player_id"]
	}
	want := map[string]string{}
	for _, r := range outsideRows(t, "ground_truth", "value_conflicts.csv") {
		want[r["column"]+" "+r["date"]+" "+players[r["player_slug"]]] = r["value_here"]
	}
	checks := judged(t, twoSeasons(t, 100, `
  - compare:
      - {points_scored: PTS, made_field_goals: FGM, attempted_field_goals: FGA, made_free_throws: FTM, attempted_free_throws: FTA}
      - {made_three_point_field_goals: FG3M, attempted_three_point_field_goals: FG3A}
      - {offensive_rebounds: OREB, defensive_rebounds: DREB, assists: AST, steals: STL, blocks: BLK, turnovers: TOV, personal_fouls: PF}
    key: [date, player_slug]
    keys: both
    of: OFFICIAL
  - compare: {seconds_played: MIN * 60}
    tolerance: 60
    key: [date, player_slug]
    keys: both
    of: OFFICIAL
`))
	got := map[string]string{}
	for _, c := range checks {
		for _, f := range c.Segments {
			assert.EqualValues(t, 52667, f.Denominator, f.Subject)
			for _, sort := range f.RowsAtFault {
				require.Equal(t, "keys that differ", sort.Name)
				for _, r := range sort.Rows {
					got[fmt.Sprintf("%s %s %s", f.Subject, r.Values[0], r.Values[1])] = fmt.Sprint(r.Values[2])
				}
			}
		}
	}
	assert.Equal(t, want, got)
}
