package quality_test

import (
	"context"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

var (
	scheduled = must(rows.Columns(dates("game_date", day(2026, 1, 1), day(2026, 1, 9)), texts("home", "BOS", "LAL"), texts("away", "LAL", "NYK")))
	someGames = must(rows.Columns(dates("game_date", day(2026, 1, 1)), texts("team", "BOS")))
	league    = map[string]expr.Source{"nba.games": someGames, "nba.schedule": scheduled}
)

func scheduledSuite(c quality.Calendar, rules ...quality.Rule) quality.Suite {
	c.Table = "nba.schedule"
	return quality.Suite{Name: "games", Table: "nba.games", Date: "game_date", Calendar: &c, Rules: rules}
}

// known is an engine that says more of its tables.
type known struct {
	quality.Engine
	say func(*quality.TableInfo)
}

func (k known) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	infos, err := k.Engine.Tables(ctx, names...)
	for i := range infos {
		k.say(&infos[i])
	}
	return infos, err
}

func TestACalendarThatNeedsAPartitionFilterSaysWhatItCovers(t *testing.T) {
	engine := known{rows.NewEngine(league), func(i *quality.TableInfo) {
		if i.Name == "nba.schedule" {
			i.Partitioning = &quality.Partitioning{Column: "game_date", Type: "DAY", Required: true}
		}
	}}
	reason := func(c quality.Calendar) string {
		report, err := quality.Run(t.Context(), engine, now, scheduledSuite(c, quality.Rule{Check: complete("team")}))
		require.NoError(t, err)
		return report.Suites[0].Checks[0].Reason
	}
	require.Equal(t, "could not be evaluated: calendar: nba.schedule is read only with a filter on its partitions: say covers, the first and the last day that it knows of", reason(quality.Calendar{}))
	require.Equal(t, "1 of 1 row (100.0%)", reason(quality.Calendar{From: day(2026, 1, 1), To: day(2026, 1, 31)}))
}

func TestACalendarIsNeverTheTableItself(t *testing.T) {
	engine := known{rows.NewEngine(league), func(i *quality.TableInfo) { i.Identity = quality.Identity{Of: []string{"one"}} }}
	report, err := quality.Run(t.Context(), engine, now, scheduledSuite(quality.Calendar{}, quality.Rule{Check: complete("team")}))
	require.NoError(t, err)
	require.Equal(t, quality.Unknown, report.Verdict)
	require.Equal(t, "could not be evaluated: calendar: nba.schedule says what is due in nba.games, and they are the same rows: an oracle is kept apart from the table that it judges",
		report.Suites[0].Checks[0].Reason)
}

// What all checks ask of the calendar is one statement, and so is what they ask of the
// table, over what is due and over all.
func TestStatementsOfACalendar(t *testing.T) {
	due := &quality.DueTime{Clock: 6 * time.Hour, After: 36 * time.Hour}
	suite := scheduledSuite(quality.Calendar{Due: due, Map: []quality.Paired{{Column: "team", With: []string{"home", "away"}}}},
		quality.Rule{Check: complete("team"), By: []string{"team"}},
		quality.Rule{Check: complete("team"), By: []string{"game_date"}},
		quality.Rule{Check: rowCount(quality.AtLeast(quality.OfDue(quality.Percent(90))))},
	)
	plan, err := quality.NewPlan(t.Context(), rows.NewEngine(league), now, suite)
	require.NoError(t, err)
	var tables []string
	for _, s := range plan.Statements {
		tables = append(tables, s.Class.String()+" of "+s.Relation.Tables()[0])
	}
	require.Equal(t, []string{"fold of nba.games", "fold of nba.schedule"}, tables)
	require.Equal(t, []quality.Whole{{Suite: "games", Table: "nba.schedule"}}, plan.Whole())
}

func TestMistakesInACalendar(t *testing.T) {
	pairs := func(pairs ...quality.Paired) []quality.Paired { return pairs }
	for says, c := range map[string]quality.Calendar{
		"calendar: covers has a first and a last day, or is left out":                    {From: day(2026, 1, 1)},
		"calendar: covers: 2026-01-01 is before 2026-01-02":                              {From: day(2026, 1, 2), To: day(2026, 1, 1)},
		"calendar: covers: 2026-02-31 is no date":                                        {From: day(2026, 1, 2), To: civil.Date{Year: 2026, Month: 2, Day: 31}},
		"calendar: season is for a calendar that is read whole: leave it out, or covers": {From: day(2026, 1, 1), To: day(2026, 1, 1), Season: "s"},
		"calendar: map: the date is not mapped, but named by date":                       {Map: pairs(quality.Paired{Column: "game_date", With: []string{"d"}})},
		`calendar: map: "team" is called nothing`:                                        {Map: pairs(quality.Paired{Column: "team"})},
		"calendar: map: b has 3 columns where another has 2: each row makes as many":     {Map: pairs(quality.Paired{Column: "a", With: []string{"x", "y"}}, quality.Paired{Column: "b", With: []string{"x", "y", "z"}})},
		"calendar: where: FALSE is TRUE for no row, whatever the data is":                {Where: lit(false)},
		`calendar: due: zone "Mars" is no time zone`:                                     {Due: &quality.DueTime{Zone: "Mars"}},
	} {
		require.ErrorContains(t, scheduledSuite(c, quality.Rule{Check: complete("team")}).Validate(), says)
	}
	own := scheduledSuite(quality.Calendar{}, quality.Rule{Check: complete("team")})
	own.Calendar.Table = own.Table
	require.ErrorContains(t, own.Validate(), "calendar: nba.games says what is due in itself: a calendar is kept apart from the table that it judges")
	own.Calendar.Table, own.Date = "nba.schedule", ""
	require.ErrorContains(t, own.Validate(), "calendar: it needs date, the date column of nba.games")
}
