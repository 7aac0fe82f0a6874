package mutation

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
	"github.com/intactdata/intact/rolling/audit"
)

var kinds = slices.Concat(standard.Kinds(), audit.Kinds())

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// league is games of two seasons of 60 days, in the first every second day, with four
// players each: what is played, and its average over the games before.
func league(t *testing.T) expr.Source {
	t.Helper()
	var days []civil.Date
	var seasons, players, games []string
	var points, averages []float64
	var played []bool
	sums, counts := map[string]float64{}, map[string]float64{}
	for s, first := range []civil.Date{{Year: 2024, Month: 11, Day: 1}, {Year: 2025, Month: 11, Day: 1}} {
		for d := range 60 {
			for p := range 4 {
				day, player := first.AddDays((2-s)*d), []string{"ann", "bob", "cid", "dee"}[p]
				days, seasons, players = append(days, day), append(seasons, []string{"2024-25", "2025-26"}[s]), append(players, player)
				games = append(games, fmt.Sprintf("%04d%02d%02d_BOS_LAL", day.Year, day.Month, day.Day))
				n := float64((d*7+p*5)%23 + 1)
				points, played = append(points, n), append(played, (d+p)%5 != 0)
				if counts[player] > 0 {
					averages = append(averages, sums[player]/counts[player])
				} else {
					averages = append(averages, 0.5)
				}
				sums[player], counts[player] = sums[player]+n, counts[player]+1
			}
		}
	}
	src, err := rows.Columns(
		rows.Column{Name: "day", Values: days},
		rows.Column{Name: "season", Values: seasons},
		rows.Column{Name: "player", Values: players},
		rows.Column{Name: "game_id", Values: games},
		rows.Column{Name: "points", Values: points, Valid: played},
		rows.Column{Name: "points_avg_last_99", Values: averages},
	)
	require.NoError(t, err)
	return src
}

// tested is what a suite with these checks comes to.
func tested(t *testing.T, o Options, header, checks string, more map[string]expr.Source) *Result {
	t.Helper()
	found, err := suitefile.Parse("league.yaml", []byte("suite: league\ntable: d.league\n"+header+"checks:\n"+checks), kinds...)
	require.NoError(t, err)
	sources := map[string]expr.Source{"d.league": league(t)}
	for name, src := range more {
		sources[name] = src
	}
	o.Read, o.Now, o.Seed, o.Segments = found[0].OneMore, now, 1, 4
	r, err := Run(t.Context(), o, found[0].Suite, Hold(t.Context(), sources))
	require.NoError(t, err)
	return r
}

const dated = "date: day\n"

// fates are what became of the faults of a sort.
func (r *Result) fates(group string) []Outcome {
	var out []Outcome
	for _, t := range r.Trials {
		if t.Group == group && !slices.Contains(out, t.Outcome) {
			out = append(out, t.Outcome)
		}
	}
	return out
}

// TestProposalsCatchWhatIsMissed pastes what is proposed into the suite.
func TestProposalsCatchWhatIsMissed(t *testing.T) {
	const few = "- unique: [day, player]\n  by: season\n"
	r := tested(t, Options{}, dated, few, nil)
	require.Nil(t, r.Unfit)
	require.NotZero(t, r.Count(Missed))
	require.NotEmpty(t, r.Checks)

	again := tested(t, Options{}, dated, few+strings.Join(r.Checks, "\n")+"\n", nil)
	require.Nil(t, again.Unfit, "what is proposed passes on the table as it is")
	require.Zero(t, again.Count(Missed))
	require.Equal(t, r.Count(Unseen), again.Count(Unseen), "what is not to be seen stays so")
	require.Equal(t, r.Count(Caught)+r.Count(Missed), again.Count(Caught))
}

func TestEachSortOfFaultGetsItsCheck(t *testing.T) {
	r := tested(t, Options{}, dated, "- rows: {at_least: 50}\n  by: season\n", nil)
	proposed := map[string]string{}
	for _, trial := range r.Trials {
		if trial.Check >= 0 {
			proposed[trial.Group] = strings.SplitN(r.Checks[trial.Check], "\n", 2)[0]
		}
	}
	for group, want := range map[string]string{
		"duplicate a segment":         "- unique: [day, player]",
		"null game_id":                "- complete: game_id",
		"freeze game_id":              "- top_share: game_id",
		"shift the format of game_id": `- pattern: {game_id: "^\\d{8}_[A-Z]{3}_[A-Z]{3}$"}`,

		"leak points into points_avg_last_99": `- assert: points_avg_last_99 != points`,
	} {
		require.Equal(t, want, proposed[group], group)
	}
}

func TestASuiteThatDoesNotPassIsNotTested(t *testing.T) {
	r := tested(t, Options{}, dated, "- complete: points\n", nil)
	require.Equal(t, quality.Fail, r.Unfit.Verdict)
	require.Empty(t, r.Trials)
}

func TestAWarningIsNoCatch(t *testing.T) {
	const unique = "- unique: [day, player]\n  severity: warn\n"
	require.Equal(t, []Outcome{Missed}, tested(t, Options{Faults: []string{Duplicate}}, "", unique, nil).fates("duplicate a segment"))
	require.Equal(t, []Outcome{Caught}, tested(t, Options{Faults: []string{Duplicate}, Strict: true}, "", unique, nil).fates("duplicate a segment"))
}

// schedule is the days of the league, as another table knows them.
func schedule(t *testing.T) map[string]expr.Source {
	t.Helper()
	var days []civil.Date
	for d := range 60 {
		days = append(days, civil.Date{Year: 2024, Month: 11, Day: 1}.AddDays(2*d), civil.Date{Year: 2025, Month: 11, Day: 1}.AddDays(d))
	}
	src, err := rows.Columns(rows.Column{Name: "day", Values: days})
	require.NoError(t, err)
	return map[string]expr.Source{"d.schedule": src}
}

func TestALostDayIsKnownToAnotherTableOnly(t *testing.T) {
	o := Options{Faults: []string{Lose}}
	const few = "- rows: {at_least: 50}\n  by: season\n"
	alone := tested(t, o, dated, few, nil)
	require.Equal(t, []Outcome{Unseen}, alone.fates("lose a day"), "it is 4 of 240 rows of its season, and there is a summer")

	calendar := tested(t, o, dated+"calendar: {table: d.schedule, date: day}\n", few, schedule(t))
	require.Equal(t, []Outcome{Missed}, calendar.fates("lose a day"))
	require.Contains(t, calendar.Checks, "- grid: day")

	beside := tested(t, o, dated+"tables: {d.schedule: {date: day}}\n", few, schedule(t))
	require.Equal(t, []Outcome{Missed}, beside.fates("lose a day"))
	require.Contains(t, beside.Checks, "- cover: day\n  of: {table: d.schedule}")
}

func TestALostDayOfATableOfEveryDayIsSeen(t *testing.T) {
	r := tested(t, Options{Faults: []string{Lose}}, dated+"from: 2025-11-01\nto: 2025-12-30\n", "- rows: {at_least: 50}\n", nil)
	require.Equal(t, []Outcome{Missed}, r.fates("lose a day"))
	require.Contains(t, r.Checks, "- grid: day\n  every: day")
}

func TestRowsOutOfScopeAreNotBroken(t *testing.T) {
	r := tested(t, Options{Faults: []string{Lose}}, dated+"from: 2025-11-01\nwhere: player != 'dee'\n", "- rows: {at_least: 50}\n", nil)
	for _, trial := range r.Trials {
		if trial.Group == "lose all rows" {
			require.Equal(t, int64(180), trial.Rows, "three players on 60 days")
		}
	}
}

func TestAFaultThatNoRuleReadsIsMissed(t *testing.T) {
	r := tested(t, Options{Faults: []string{Null}}, "", "- complete: season\n", nil)
	require.Equal(t, []Outcome{Caught}, r.fates("null season"))
	require.Equal(t, []Outcome{Missed}, r.fates("null player"))
}

func TestThePopulationOfTheSuiteIsProposed(t *testing.T) {
	r := tested(t, Options{Faults: []string{Null}}, "", "- complete: player\n  where: points > 0\n", nil)
	require.Contains(t, r.Checks, "- complete: points\n  at_least: 75%", "four of five rows have points")
	require.Contains(t, r.Checks, "- complete: day\n  at_least: 95%")
}

func TestSegmentsAreOfTheSuiteElseMonths(t *testing.T) {
	count := func(header, checks string) int {
		n := 0
		for _, trial := range tested(t, Options{Faults: []string{Freeze}}, header, checks, nil).Trials {
			if trial.Group == "freeze points" {
				n++
			}
		}
		return n
	}
	require.Equal(t, 2, count(dated, "- rows: {at_least: 50}\n  by: season\n"))
	require.Equal(t, 4, count(dated, "- rows: {at_least: 50}\n"), "of six months, November to February and November to December")
	require.Equal(t, 1, count("", "- rows: {at_least: 50}\n"), "the whole table")
}

func TestZerosAreDefaults(t *testing.T) {
	r := tested(t, Options{Faults: []string{Zero}}, "", "- rows: {at_least: 50}\n", nil)
	require.Contains(t, r.Checks, "- defaults: {points: [0]}\n  at_most: 5%")
}

// averages are the points of two players on 59 days, and the average of the three days
// before, NULL on the first three.
func averages(t *testing.T) expr.Source {
	t.Helper()
	var days []civil.Date
	var players []string
	var points, last []float64
	var whole []bool
	for d := range 59 {
		for p, player := range []string{"ann", "bob"} {
			of := func(d int) float64 { return float64(d*d%7 + p) }
			days, players = append(days, civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(d)), append(players, player)
			points, whole = append(points, of(d)), append(whole, d >= 3)
			last = append(last, (of(d-1)+of(d-2)+of(d-3))/3)
		}
	}
	src, err := rows.Columns(
		rows.Column{Name: "day", Values: days},
		rows.Column{Name: "player", Values: players},
		rows.Column{Name: "points", Values: points},
		rows.Column{Name: "points_avg_last_3", Values: last, Valid: whole},
	)
	require.NoError(t, err)
	return src
}

// TestALateDayIsKnownToTheClock: the newest day is over for 12 hours, and the one before
// it for 36.
func TestALateDayIsKnownToTheClock(t *testing.T) {
	r := tested(t, Options{Faults: []string{Delay}}, dated, "- unique: [day, player]\n", map[string]expr.Source{"d.league": averages(t)})
	require.Equal(t, []Outcome{Missed}, r.fates("delay the newest days"))
	require.Equal(t, []string{"- fresh: day\n  within: 24h"}, r.Checks)
}

func TestALeakIsAudited(t *testing.T) {
	r := tested(t, Options{Faults: []string{Leak}}, dated, "- unique: [day, player]\n", map[string]expr.Source{"d.league": averages(t)})
	require.Equal(t, []Outcome{Missed}, r.fates("leak points into points_avg_last_3"))
	require.Equal(t, []string{"- window: points_avg_last_3\n  at_least: 95%\n  entity: player\n  at: day"}, r.Checks)
}

// TestZerosWhereThereWasNothing: the share of zeros is nothing to judge there as it is.
func TestZerosWhereThereWasNothing(t *testing.T) {
	src, err := rows.Columns(
		rows.Column{Name: "sort", Values: []string{"game", "game", "trial"}},
		rows.Column{Name: "year", Values: []int64{2025, 2026, 0}, Valid: []bool{true, true, false}},
	)
	require.NoError(t, err)
	r := tested(t, Options{Faults: []string{Zero}}, "", "- rows: {at_least: 1}\n  by: sort\n", map[string]expr.Source{"d.league": src})
	require.Contains(t, r.Checks, "- min: year\n  at_least: 1823")
}

func TestWhatChecksHaveInCommonIsHeeded(t *testing.T) {
	r := tested(t, Options{Faults: []string{Null}}, "common: {where: points > 5, by: season}\n", "- complete: season\n", nil)
	require.Contains(t, r.Checks, "- complete: player\n  at_least: 95%\n  by: season", "of rows where points > 5, in each season")
	again := tested(t, Options{Faults: []string{Null}}, "common: {where: points > 5, by: season}\n", "- complete: season\n"+strings.Join(r.Checks, "\n")+"\n", nil)
	require.Nil(t, again.Unfit)
	require.Zero(t, again.Count(Missed))
}

func TestAChecksNameIsItsOwn(t *testing.T) {
	r := tested(t, Options{Faults: []string{Null}}, "", "- complete: player\n  where: season = '2024-25'\n- complete: player\n", nil)
	var by []string
	for _, trial := range r.Trials {
		by = append(by, trial.By...)
	}
	require.Contains(t, by, "complete:player #2")
}
