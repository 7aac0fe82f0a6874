package quality_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func waiver(until civil.Date) *quality.Waiver {
	return &quality.Waiver{Owner: "ana", Reason: "source is being rebuilt", Until: until}
}

func TestWaivers(t *testing.T) {
	today := civil.DateOf(now)
	byseason := func(w *quality.Waiver) quality.Rule {
		return quality.Rule{Check: complete("usage_rate"), By: []string{"season"}, Waiver: w}
	}
	floor := func(num, den int64) *quality.Waiver {
		w := waiver(today)
		w.DownTo = quality.Ratio(num, den)
		return w
	}
	segment := func(season string) *quality.Waiver {
		w := waiver(today)
		w.Segments = [][]any{{season}}
		return w
	}
	const failure = "1 of 2 rows (50.0%), not at_least 100%: 1 row short"
	waived := "season=2023-24: waived by ana until " + today.String() + ", source is being rebuilt: " + failure
	for _, tt := range []struct {
		name    string
		rule    quality.Rule
		verdict quality.Verdict
		reason  string
	}{
		{"on its last day", byseason(waiver(today)), quality.Waived, waived},
		{"the day after", byseason(waiver(today.AddDays(-1))), quality.Fail, "season=2023-24: " + failure + " (the waiver of ana expired on 2026-01-14)"},
		{"for the segment that fails", byseason(segment("2023-24")), quality.Waived, waived},
		{"for another segment", byseason(segment("2022-23")), quality.Fail, "season=2023-24: " + failure},
		{"at its floor", byseason(floor(1, 2)), quality.Waived, waived},
		{"below its floor", byseason(floor(51, 100)), quality.Fail, "season=2023-24: " + failure + " (below the waiver's floor of 51%)"},
		{
			"with a floor, of a check on a count",
			quality.Rule{Check: rowCount(quality.AtLeast(quality.Count(5))), Waiver: floor(1, 2)},
			quality.Fail, "4 rows, not at_least 5 (no share that the waiver's floor of 50% could be held against)",
		},
		{
			"never covers unknown",
			quality.Rule{Check: complete("usage_rate", percent(50)), By: []string{"season"}, Expect: [][]any{{"2025-26"}}, Waiver: waiver(today)},
			quality.Unknown, "season=2025-26: nothing to judge: the segment is expected, and there is no row of it",
		},
		{
			"never covers an error",
			quality.Rule{Check: complete("usage"), Waiver: waiver(today)},
			quality.Unknown, `could not be evaluated: there is no column "usage"`,
		},
		{
			"does not hide another segment's failure",
			quality.Rule{Check: rowCount(quality.AtLeast(quality.Count(3))), By: []string{"season"}, Waiver: segment("2022-23")},
			quality.Fail, "season=2023-24: 2 rows, not at_least 3",
		},
		{
			"comes before the severity",
			quality.Rule{Check: complete("usage_rate"), By: []string{"season"}, Waiver: waiver(today), WarnOnly: true},
			quality.Waived, waived,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := check(t, quality.Suite{}, tt.rule, floats("usage_rate", 20.1, 19.9, nil, 25.0), seasons)
			require.Equal(t, tt.verdict.String(), got.Verdict.String(), got.Reason)
			require.Equal(t, tt.reason, got.Reason)
		})
	}
}

func TestWaiverOfASegmentThatIsNullDoesNotMakeItKnown(t *testing.T) {
	rule := quality.Rule{Check: complete("usage_rate"), By: []string{"season"}, Waiver: waiver(civil.DateOf(now))}
	got := check(t, quality.Suite{}, rule, floats("usage_rate", 1.0, nil), texts("season", "2022-23", nil))
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
}

func TestWaiverExpiresByTheSuitesCalendar(t *testing.T) {
	src, err := rows.Columns(floats("usage_rate", nil, nil))
	require.NoError(t, err)
	engine := rows.NewEngine(map[string]expr.Source{"t": src})
	for _, tt := range []struct {
		zone string
		want quality.Verdict
	}{
		{"", quality.Fail}, // already the 16th
		{"America/New_York", quality.Waived},
	} {
		suite := quality.Suite{Name: "s", Table: "t", Zone: tt.zone, Rules: []quality.Rule{{Check: complete("usage_rate"), Waiver: waiver(day(2026, 1, 15))}}}
		report, err := quality.Run(t.Context(), engine, time.Date(2026, 1, 16, 2, 0, 0, 0, time.UTC), suite)
		require.NoError(t, err)
		require.Equal(t, tt.want.String(), report.Verdict.String(), tt.zone)
	}
}
