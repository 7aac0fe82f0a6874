package quality_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/rows"
)

// inScope counts the rows of one date column that a suite looks at.
func inScope(t *testing.T, s quality.Suite, dates rows.Column) int64 {
	t.Helper()
	s.Date = dates.Name
	got := check(t, s, quality.Rule{Check: rowCount(quality.AtMost(quality.Count(100))), NullsOK: true}, dates)
	require.Len(t, got.Findings, 1, got.Reason)
	return got.Findings[0].Observed.Numerator
}

func TestDateBoundsAreInclusive(t *testing.T) {
	days := dates("d", day(2025, 10, 20), day(2025, 10, 21), day(2025, 10, 22), day(2025, 10, 23), nil)
	for _, tt := range []struct {
		name     string
		from, to civil.Date
		want     int64
	}{
		{"none", civil.Date{}, civil.Date{}, 4},
		{"from", day(2025, 10, 21), civil.Date{}, 3},
		{"to", civil.Date{}, day(2025, 10, 21), 2},
		{"both", day(2025, 10, 21), day(2025, 10, 22), 2},
		{"one day", day(2025, 10, 21), day(2025, 10, 21), 1},
		{"the whole calendar", day(1, 1, 1), day(9999, 12, 31), 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, inScope(t, quality.Suite{From: tt.from, To: tt.to}, days))
		})
	}
}

func TestDateBoundsOnDateTimes(t *testing.T) {
	at := func(hour int) any {
		return civil.DateTime{Date: day(2025, 10, 21), Time: civil.Time{Hour: hour}}
	}
	times := column[civil.DateTime]("d", at(0), at(23), civil.DateTime{Date: day(2025, 10, 22)})
	require.EqualValues(t, 2, inScope(t, quality.Suite{From: day(2025, 10, 21), To: day(2025, 10, 21)}, times))
}

// A day of a TIMESTAMP column is one of the suite's zone. For each zone and day:
// its last instant before, its first, its last, and the first after.
func TestDateBoundsOnTimestampsAreDaysOfTheZone(t *testing.T) {
	for _, tt := range []struct {
		name, zone           string
		day                  civil.Date
		before, first, after string
	}{
		{"UTC", "", day(2025, 10, 21), "2025-10-20T23:59:59.999999Z", "2025-10-21T00:00:00Z", "2025-10-22T00:00:00Z"},
		{"summer time", "America/New_York", day(2025, 10, 21), "2025-10-21T03:59:59.999999Z", "2025-10-21T04:00:00Z", "2025-10-22T04:00:00Z"},
		{"a day of 23 hours", "America/New_York", day(2024, 3, 10), "2024-03-10T04:59:59.999999Z", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"},
		{"a day of 25 hours", "America/New_York", day(2024, 11, 3), "2024-11-03T03:59:59.999999Z", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"},
		{"a day that begins at 01:00", "America/Sao_Paulo", day(2018, 11, 4), "2018-11-04T02:59:59.999999Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		{"a day whose midnight comes twice", "America/Havana", day(2024, 11, 3), "2024-11-03T03:59:59.999999Z", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"},
		{"a day of 23.5 hours", "Australia/Lord_Howe", day(2024, 10, 6), "2024-10-05T13:29:59.999999Z", "2024-10-05T13:30:00Z", "2024-10-06T13:00:00Z"},
		{"a day after one that was skipped", "Pacific/Apia", day(2011, 12, 31), "2011-12-30T09:59:59.999999Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			after := instant(tt.after)
			inside := []any{instant(tt.first), after.Add(-time.Microsecond)}
			outside := []any{instant(tt.before), after}
			suite := quality.Suite{From: tt.day, To: tt.day, Zone: tt.zone}
			require.EqualValues(t, 2, inScope(t, suite, column[time.Time]("at", inside...)), "rows of the day")
			require.EqualValues(t, 0, inScope(t, suite, column[time.Time]("at", outside...)), "rows beside the day")
		})
	}
}

func TestDateThatIsNoDateColumn(t *testing.T) {
	got := check(t, quality.Suite{Date: "season"}, quality.Rule{Check: complete("season")}, seasons)
	require.Equal(t, quality.Unknown, got.Verdict)
	require.Equal(t, `could not be evaluated: date: column "season" is STRING; it must be DATE, TIMESTAMP or DATETIME (if its texts are dates, declare the column's type: the first that is none will be named)`, got.Reason)

	got = check(t, quality.Suite{Date: "gamedate"}, quality.Rule{Check: complete("game_date")}, dates("game_date", day(2025, 10, 21)))
	require.Equal(t, `could not be evaluated: date: there is no column "gamedate" (did you mean "game_date"?)`, got.Reason)
}

func TestFilterOfTheSuiteCannotReachOverItsBounds(t *testing.T) {
	days := dates("d", day(2025, 10, 20), day(2025, 10, 21))
	suite := quality.Suite{From: day(2025, 10, 21), Where: col("d").IsNull().Or(col("d").IsNotNull())}
	require.EqualValues(t, 1, inScope(t, suite, days))
}

func TestWhereIsCountedInEveryReport(t *testing.T) {
	got := check(t, quality.Suite{}, quality.Rule{Check: complete("usage_rate", percent(50)), Where: col("is_dnp").Not(), By: []string{"season"}, Expect: [][]any{{"2025-26"}}}, usage, seasons, flag)
	require.Equal(t, "NOT is_dnp", got.Where)
	require.Equal(t, &quality.FilterCounts{Counts: quality.Counts{True: 2, False: 1, Null: 1}}, got.WhereCounts)

	got = check(t, quality.Suite{}, quality.Rule{Check: complete("usage_rate", percent(50))}, usage)
	require.Nil(t, got.WhereCounts)
}
