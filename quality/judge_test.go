package quality_test

import (
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// column makes a column of plain values, nil for NULL.
func column[T any](name string, values ...any) rows.Column {
	c := rows.Column{Name: name, Valid: make([]bool, len(values))}
	typed := make([]T, len(values))
	for i, v := range values {
		if v != nil {
			typed[i], c.Valid[i] = v.(T), true
		}
	}
	c.Values = typed
	return c
}

func texts(name string, values ...any) rows.Column  { return column[string](name, values...) }
func floats(name string, values ...any) rows.Column { return column[float64](name, values...) }
func dates(name string, values ...any) rows.Column  { return column[civil.Date](name, values...) }
func bools(name string, values ...any) rows.Column  { return column[bool](name, values...) }

var now = instant("2026-01-15T12:00:00Z")

// check runs one rule over a table.
func check(t *testing.T, s quality.Suite, rule quality.Rule, columns ...rows.Column) quality.CheckReport {
	t.Helper()
	src, err := rows.Columns(columns...)
	require.NoError(t, err)
	return checkSource(t, s, rule, src)
}

func checkSource(t *testing.T, s quality.Suite, rule quality.Rule, src expr.Source) quality.CheckReport {
	t.Helper()
	s.Name, s.Table, s.Rules = "games", "nba.games", append([]quality.Rule{rule}, s.Rules...)
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"nba.games": src}), now, s)
	require.NoError(t, err)
	require.Equal(t, report.Verdict, report.Suites[0].Verdict)
	return report.Suites[0].Checks[0]
}

func TestReportIsAnErrorWhereItBlocks(t *testing.T) {
	src := must(rows.Columns(usage, seasons))
	run := func(rules ...quality.Rule) error {
		report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"nba.games": src}), now,
			quality.Suite{Name: "games", Table: "nba.games", Rules: rules})
		require.NoError(t, err)
		return report.Err()
	}
	good := quality.Rule{Check: complete("season")}
	warned := quality.Rule{Check: complete("usage_rate"), WarnOnly: true}
	require.NoError(t, run(good, warned))
	require.EqualError(t, run(good, quality.Rule{Check: complete("usage_rate")}, quality.Rule{Check: complete("pace")}),
		`nba.games, complete:usage_rate: fail: 3 of 4 rows (75.0%), not at_least 100%: 1 row short
nba.games, complete:pace: unknown: could not be evaluated: there is no column "pace"`)
}

func complete(column string, bounds ...quality.Bound) checks.Complete {
	return checks.Complete{Columns: []string{column}, Bounds: bounds}
}

func percent(n int64) quality.Bound { return quality.AtLeast(quality.Percent(n)) }

func unique(columns ...string) checks.Unique { return checks.Unique{Columns: columns} }

func rowCount(bounds ...quality.Bound) checks.RowCount { return checks.RowCount{Bounds: bounds} }

var (
	usage   = floats("usage_rate", 20.1, 19.9, nil, 25.0)
	nothing = []rows.Column{floats("usage_rate"), texts("season")}
	seasons = texts("season", "2022-23", "2022-23", "2023-24", "2023-24")
	of2023  = col("season").Eq("2023-24")
	flag    = bools("is_dnp", true, false, nil, false)
)

func TestVerdicts(t *testing.T) {
	for _, tt := range []struct {
		name    string
		suite   quality.Suite
		rule    quality.Rule
		table   []rows.Column
		verdict quality.Verdict
		reason  string
	}{
		// Nothing to judge is never a pass.
		{
			name:    "a table without rows",
			rule:    quality.Rule{Check: complete("usage_rate")},
			table:   nothing,
			verdict: quality.Unknown, reason: "nothing to judge: there is no row in scope",
		},
		{
			name:    "a table without rows, grouped",
			rule:    quality.Rule{Check: complete("usage_rate"), By: []string{"season"}},
			table:   nothing,
			verdict: quality.Unknown, reason: "nothing to judge: there is no row in scope, so no segment either",
		},
		{
			name:    "uniqueness of a table without rows",
			rule:    quality.Rule{Check: unique("season")},
			table:   nothing,
			verdict: quality.Unknown, reason: "nothing to judge: there is no row in scope",
		},
		{
			name:    "a scope without rows",
			suite:   quality.Suite{Where: col("season").Eq("1999-00")},
			rule:    quality.Rule{Check: complete("usage_rate")},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Unknown, reason: "nothing to judge: there is no row in scope",
		},
		{
			name:    "a filter that is TRUE for no row",
			rule:    quality.Rule{Check: complete("usage_rate"), Where: col("is_dnp").And(col("season").Eq("2023-24"))},
			table:   []rows.Column{usage, seasons, flag},
			verdict: quality.Unknown, reason: "nothing to judge: is_dnp AND season = '2023-24' is TRUE for none of 4 rows (FALSE 3, NULL 1)",
		},
		{
			name:    "a filter that is TRUE for no row, where none is ok",
			rule:    quality.Rule{Check: complete("usage_rate"), Where: col("is_dnp").And(of2023), NoneOK: true},
			table:   []rows.Column{usage, seasons, flag},
			verdict: quality.Pass, reason: "none of 4 rows where is_dnp AND season = '2023-24', which is allowed",
		},
		{
			name:    "a table without rows, where none is ok",
			rule:    quality.Rule{Check: complete("usage_rate"), Where: of2023, NoneOK: true},
			table:   nothing,
			verdict: quality.Unknown, reason: "nothing to judge: there is no row in scope",
		},
		{
			name:    "an expected segment that is absent",
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), By: []string{"season"}, Expect: [][]any{{"2022-23"}, {"2025-26"}}},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Unknown, reason: "season=2025-26: nothing to judge: the segment is expected, and there is no row of it",
		},
		{
			name:    "an expected segment that is absent, where none is ok",
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), Where: col("usage_rate").Gt(0), NoneOK: true, By: []string{"season"}, Expect: [][]any{{"2025-26"}}},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Unknown, reason: "season=2025-26: nothing to judge: the segment is expected, and there is no row of it",
		},
		{
			name:    "rows judges zero",
			rule:    quality.Rule{Check: rowCount(quality.AtLeast(quality.Count(1)))},
			table:   nothing,
			verdict: quality.Fail, reason: "0 rows, not at_least 1",
		},
		{
			name:    "rows passes zero where it is allowed",
			rule:    quality.Rule{Check: rowCount(quality.AtMost(quality.Count(0))), Where: of2023.And(col("usage_rate").Gt(90))},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Pass, reason: "0 rows where season = '2023-24' AND usage_rate > 90",
		},
		{
			name:    "rows of an absent expected segment are 0",
			rule:    quality.Rule{Check: rowCount(quality.AtLeast(quality.Count(2))), By: []string{"season"}, Expect: [][]any{{"2025-26"}}},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Fail, reason: "season=2025-26: 0 rows, not at_least 2",
		},

		// Segments.
		{
			name:    "one overall share does not hide a segment",
			rule:    quality.Rule{Check: complete("usage_rate", percent(75)), By: []string{"season"}},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Fail, reason: "season=2023-24: 1 of 2 rows (50.0%), not at_least 75%: 1 row short",
		},
		{
			name:    "every segment holds",
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), By: []string{"season"}},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Pass, reason: "all 2 segments hold",
		},
		{
			name:    "rows of no segment",
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), By: []string{"season"}},
			table:   []rows.Column{usage, texts("season", "2022-23", nil, "2023-24", "2023-24")},
			verdict: quality.Unknown, reason: "season=null: 1 row is in no segment, for a group-by column is NULL: expect null if that is right; 1 of 1 row (100.0%)",
		},
		{
			name:    "rows of no segment, expected",
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), By: []string{"season"}, Expect: [][]any{{nil}}},
			table:   []rows.Column{usage, texts("season", "2022-23", nil, "2023-24", "2023-24")},
			verdict: quality.Pass, reason: "all 3 segments hold",
		},
		{
			name:    "rows of no segment that fail",
			rule:    quality.Rule{Check: complete("usage_rate", percent(60)), By: []string{"season"}},
			table:   []rows.Column{usage, texts("season", "2022-23", "2022-23", nil, nil)},
			verdict: quality.Fail, reason: "season=null: 1 of 2 rows (50.0%), not at_least 60%: 1 row short",
		},
		{
			name:    "rows of no segment that fail are not merely warned of",
			rule:    quality.Rule{Check: complete("usage_rate", percent(60)), By: []string{"season"}, WarnOnly: true},
			table:   []rows.Column{usage, texts("season", "2022-23", "2022-23", nil, nil)},
			verdict: quality.Unknown, reason: "season=null: 2 rows are in no segment, for a group-by column is NULL: expect null if that is right; 1 of 2 rows (50.0%), not at_least 60%: 1 row short",
		},

		// Dates.
		{
			name:    "rows without a date",
			suite:   quality.Suite{Date: "game_date"},
			rule:    quality.Rule{Check: complete("usage_rate", percent(50))},
			table:   []rows.Column{usage, dates("game_date", day(2025, 10, 21), nil, day(2025, 10, 22), nil)},
			verdict: quality.Unknown, reason: "game_date=null: 2 rows have a NULL game_date and belong to no date: null: ok sets them aside",
		},
		{
			name:    "rows without a date, where null is ok",
			suite:   quality.Suite{Date: "game_date"},
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), NullsOK: true},
			table:   []rows.Column{usage, dates("game_date", day(2025, 10, 21), nil, day(2025, 10, 22), nil)},
			verdict: quality.Pass, reason: "1 of 2 rows (50.0%)",
		},
		{
			name:    "rows without a date, where the date is in the key",
			suite:   quality.Suite{Date: "game_date"},
			rule:    quality.Rule{Check: unique("GAME_DATE", "season")},
			table:   []rows.Column{seasons, dates("game_date", day(2025, 10, 21), nil, day(2025, 10, 22), nil)},
			verdict: quality.Fail, reason: "game_date=null: 2 rows have a key with a NULL part",
		},
		{
			name:    "rows without a date, where the date is in the key and null is ok",
			suite:   quality.Suite{Date: "game_date"},
			rule:    quality.Rule{Check: unique("game_date", "season"), NullsOK: true},
			table:   []rows.Column{seasons, dates("game_date", day(2025, 10, 21), nil, day(2025, 10, 22), nil)},
			verdict: quality.Pass, reason: "2 keys in 2 rows",
		},
		{
			name:    "rows without a date are not merely warned of",
			suite:   quality.Suite{Date: "game_date"},
			rule:    quality.Rule{Check: unique("game_date"), WarnOnly: true},
			table:   []rows.Column{dates("game_date", day(2025, 10, 21), nil)},
			verdict: quality.Unknown, reason: "game_date=null: 1 row has a NULL game_date and belongs to no date: null: ok sets them aside",
		},

		// What a failure means.
		{
			name:    "a failure that only warns",
			rule:    quality.Rule{Check: complete("usage_rate"), WarnOnly: true},
			table:   []rows.Column{usage},
			verdict: quality.Warn, reason: "3 of 4 rows (75.0%), not at_least 100%: 1 row short",
		},
		{
			name:    "unknown is never only a warning",
			rule:    quality.Rule{Check: complete("usage_rate"), WarnOnly: true},
			table:   nothing,
			verdict: quality.Unknown, reason: "nothing to judge: there is no row in scope",
		},
		{
			name:    "bad rows that are allowed",
			rule:    quality.Rule{Check: complete("usage_rate", quality.Allow(1))},
			table:   []rows.Column{usage},
			verdict: quality.Pass, reason: "3 of 4 rows (75.0%)",
		},
		{
			name:    "more bad rows than are allowed",
			rule:    quality.Rule{Check: complete("usage_rate", quality.Allow(0))},
			table:   []rows.Column{usage},
			verdict: quality.Fail, reason: "3 of 4 rows (75.0%), not allow 0: 1 row is too many",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := check(t, tt.suite, tt.rule, tt.table...)
			require.Equal(t, tt.verdict.String(), got.Verdict.String(), got.Reason)
			require.Equal(t, tt.reason, got.Reason)
		})
	}
}
