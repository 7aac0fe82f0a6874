package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

var gameSchema = expr.Schema{
	{Name: "game_date", Type: expr.Date},
	{Name: "season", Type: expr.String},
	{Name: "minutes_played", Type: expr.Int64},
	{Name: "usage_rate", Type: expr.Float64},
	{Name: "salary", Type: expr.Numeric},
	{Name: "is_dnp", Type: expr.Bool},
	{Name: "processed_at", Type: expr.Timestamp},
	{Name: "tip_off", Type: expr.DateTime},
	{Name: "tags", Type: "ARRAY<STRING>"},
	{Name: "line", Type: expr.Null},
	{Name: "Points", Type: expr.Int64},
	{Name: "points", Type: expr.Int64},
}

func TestBindMakesTypesAndCoercionsVisible(t *testing.T) {
	for _, tt := range []struct{ text, bound string }{
		{"MINUTES_PLAYED > 0", "minutes_played > 0"},
		{"minutes_played > 0.5", "CAST(minutes_played AS FLOAT64) > 0.5"},
		{"usage_rate > 0", "usage_rate > 0.0"},
		{"usage_rate > minutes_played", "usage_rate > CAST(minutes_played AS FLOAT64)"},
		{"salary = 1.5", "salary = NUMERIC '1.5'"},
		{"salary > usage_rate", "CAST(salary AS FLOAT64) > usage_rate"},
		{"minutes_played / 2", "CAST(minutes_played AS FLOAT64) / 2.0"},
		{"minutes_played * 2", "minutes_played * 2"},
		{"game_date >= '2025-10-21'", "game_date >= DATE '2025-10-21'"},
		{"'2025-10-21' <= DATE '2025-10-22'", "DATE '2025-10-21' <= DATE '2025-10-22'"},
		{"game_date - '2025-10-21'", "game_date - DATE '2025-10-21'"},
		{"game_date < tip_off", "CAST(game_date AS DATETIME) < tip_off"},
		{"processed_at > '2025-10-21 19:30:00-04'", "processed_at > TIMESTAMP '2025-10-21 23:30:00+00'"},
		{"COALESCE(line, minutes_played, 0.5) > 1", "COALESCE(line, CAST(minutes_played AS FLOAT64), 0.5) > 1.0"},
		{"POPULATED(usage_rate, -999)", "POPULATED(usage_rate, -999.0)"},
		{"tags IS NULL", "tags IS NULL"},
		{"POPULATED(tags)", "POPULATED(tags)"},
		{"line > 5 AND line", "line > 5 AND line"},
		{"DATE(tip_off) = DATE(processed_at)", "DATE(tip_off) = DATE(processed_at)"},
		{"DATE(game_date) = DATE(line, 'Asia/Tokyo')", "DATE(game_date) = DATE(line, 'Asia/Tokyo')"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			e, err := expr.ParseExpr(tt.text)
			require.NoError(t, err)
			bound, err := e.Bind(gameSchema)
			require.NoError(t, err)
			require.Equal(t, tt.bound, bound.String())
		})
	}
}

func TestBindErrors(t *testing.T) {
	for _, tt := range []struct{ text, err string }{
		{"usage_rat > 0", `usage_rat > 0: there is no column "usage_rat" (did you mean "usage_rate"?)`},
		{"colour > 0", `colour > 0: there is no column "colour"`},
		{"POINTS > 0", `POINTS > 0: there are several columns "POINTS": rename one of them`},
		{"season > 5", "season > 5: season is STRING and 5 is INT64: they cannot be compared: quote the number, or declare the column's type"},
		{"game_date >= 'October'", "game_date >= 'October': game_date is DATE and 'October' is STRING: they cannot be compared"},
		{"game_date = processed_at", "game_date = processed_at: game_date is DATE and processed_at is TIMESTAMP: they cannot be compared: write DATE(the timestamp, 'a time zone')"},
		{"processed_at - game_date", "processed_at - game_date: TIMESTAMP - DATE: a DATE takes - DATE, or + and - days as INT64"},
		{"game_date * 2", "game_date * 2: DATE * INT64: a DATE takes - DATE, or + and - days as INT64"},
		{"game_date + 0.5", "game_date + 0.5: DATE + FLOAT64: a DATE takes - DATE, or + and - days as INT64"},
		{"season + 1", "season + 1: season is STRING: + needs numbers, or a DATE and days"},
		{"-season", "-season: season is STRING and has no negative"},
		{"minutes_played AND is_dnp", "minutes_played AND is_dnp: minutes_played is INT64 where a BOOL is expected"},
		{"season OR is_dnp", "season OR is_dnp: season is STRING where a BOOL is expected: declare the column's type if its texts are all true and false"},
		{"NOT usage_rate", "NOT usage_rate: usage_rate is FLOAT64 where a BOOL is expected"},
		{"usage_rate IS TRUE", "usage_rate IS TRUE: usage_rate is FLOAT64 where a BOOL is expected"},
		{"minutes_played LIKE '%'", "minutes_played LIKE '%': minutes_played is INT64 where a STRING is expected"},
		{"tags = tags", "tags = tags: tags is ARRAY<STRING>, of which only NULL or not NULL can be asked"},
		{"DATE(season)", "DATE(season): season is STRING: DATE takes a TIMESTAMP and a time zone, or a DATETIME"},
		{"DATE(tip_off, 'UTC') = game_date", "DATE(tip_off, 'UTC') = game_date: tip_off is DATETIME, a day that is the same in every time zone: write DATE(tip_off)"},
		{"DATE(game_date, 'UTC') = game_date", "DATE(game_date, 'UTC') = game_date: game_date is DATE, a day that is the same in every time zone: write DATE(game_date)"},
		{"DATE_DIFF(processed_at, game_date, DAY)", "DATE_DIFF(processed_at, game_date, DAY): processed_at is TIMESTAMP where a DATE is expected: write DATE(it, 'a time zone')"},
		{"POPULATED(usage_rate, 'none')", "POPULATED(usage_rate, 'none'): usage_rate is FLOAT64 and never 'none': take it off the missing values"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			e, err := expr.ParseExpr(tt.text)
			require.NoError(t, err)
			_, err = e.Bind(gameSchema)
			require.EqualError(t, err, tt.err)
		})
	}
}

func TestMistakesOfTheBuilderAreToldWhenItsExpressionIsBound(t *testing.T) {
	for _, tt := range []struct {
		name string
		expr expr.Expr
		err  string
	}{
		{"no expression", expr.Expr{}, "the expression is missing"},
		{"no operand", col("usage_rate").Gt(expr.Expr{}), "usage_rate > {invalid: an operand is missing}: an operand is missing"},
		{"a Go value of no type", col("usage_rate").Gt(struct{}{}), "usage_rate > {invalid: a struct {} is no value of a column}: a struct {} is no value of a column"},
		{"an impossible day", col("game_date").Eq(day(2025, 2, 30)), "game_date = {invalid: 2025-02-30 is no date}: 2025-02-30 is no date"},
		{"a day outside of the calendar", col("game_date").Eq(day(10000, 1, 1)), "game_date = {invalid: 10000-01-01 is no date}: 10000-01-01 is no date"},
		{"IN without a value", col("season").In(), "season IN (): IN needs at least one value"},
		{"COALESCE without a value", coalesce().IsNull(), "COALESCE() IS NULL: COALESCE takes 1 or more values, not 0"},
		{"DATE without its zone", col("processed_at").DateOf(""), `DATE(processed_at, ''): "" is no time zone: write one such as UTC or America/New_York`},
		{"half an escape", col("season").Like(`a\`), `season LIKE 'a\\': a LIKE pattern does not end in a single backslash`},
		{"a pattern in another encoding", col("season").Like("\xff"), "season LIKE '\uFFFD': a LIKE pattern is UTF-8"},
		{"a name in another encoding", col("\xff").IsNull(), "`\uFFFD` IS NULL: the column name \"\\xff\" is not UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.expr.Bind(gameSchema)
			require.EqualError(t, err, tt.err)
		})
	}
}

func TestFilterMustBeTrueFalseOrNull(t *testing.T) {
	_, err := col("minutes_played").Plus(1).BindPredicate(gameSchema)
	require.EqualError(t, err, "minutes_played + 1 is INT64; a filter is TRUE, FALSE or NULL")

	_, err = col("line").BindPredicate(gameSchema) // NULL in every row
	require.NoError(t, err)
}

func TestRawSQLIsBoundButNotEvaluatedInMemory(t *testing.T) {
	raw, err := expr.RawSQL("MOD(points, 2) = 0").BindPredicate(gameSchema)
	require.NoError(t, err)
	_, err = expr.NewEvaluator(nil).Prepare(raw)
	require.EqualError(t, err, "raw SQL {MOD(points, 2) = 0} needs an engine that runs SQL; rows in memory cannot answer it")
}
