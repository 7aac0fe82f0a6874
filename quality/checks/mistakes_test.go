package checks_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

func v(x any) expr.Value { return valueOf(x) }

func num(text string) quality.Limit {
	r, _ := new(big.Rat).SetString(text)
	return quality.Number(r)
}

func number(of checks.Statistic, bounds ...quality.Bound) checks.Number {
	return checks.Number{Of: of, Column: "x", Bounds: bounds}
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// What no data can pass, and what none can fail, is a mistake before any is read.
func TestMistakes(t *testing.T) {
	few := []quality.Bound{quality.AtMost(quality.Percent(5))}
	for _, tt := range []struct {
		want  string
		check interface{ Validate() error }
	}{
		{"it names no column", checks.In{}},
		{"s: no value is listed, so that every one would fail", checks.In{Of: []checks.Listed{{Column: "s"}}}},
		{"s: NULL is no value: complete claims how many there may be", checks.In{Of: []checks.Listed{{"s", []expr.Value{v("a"), {}}}}}},
		{`it names "S" twice`, checks.In{Of: []checks.Listed{{"s", []expr.Value{v("a")}}, {"S", []expr.Value{v("a")}}}}},
		{"s: an empty pattern is found in every text", checks.Pattern{Of: []checks.Matching{{Column: "s"}}}},
		{"s: .* is found in every text, in the empty one too", checks.Pattern{Of: []checks.Matching{{"s", ".*"}}}},
		{"s: ^(a|b?c*) is found in every text, in the empty one too", checks.Pattern{Of: []checks.Matching{{"s", "^(a|b?c*)"}}}},
		{`s: x{0,3}(\d*)+$ is found in every text, in the empty one too`, checks.Pattern{Of: []checks.Matching{{"s", `x{0,3}(\d*)+$`}}}},
		{"is no regular expression of RE2", checks.Pattern{Of: []checks.Matching{{"s", "(a"}}}},
		{"s: every text has 0 characters or more", checks.Length{Of: []checks.Ends{{Column: "s", Low: v(0)}}}},
		{"s: -1 is no number of characters", checks.Length{Of: []checks.Ends{{Column: "s", Low: v(-1), High: v(3)}}}},
		{"s: 1.5 is no number of characters", checks.Length{Of: []checks.Ends{{Column: "s", High: v(1.5)}}}},
		{"s is open at both ends, so that nothing could lie outside", checks.Length{Of: []checks.Ends{{Column: "s"}}}},
		{"due: it claims nothing of what is due by d.t: leave it out", checks.Match{Columns: []string{"a"}, Of: checks.Against{Table: "d.t", Due: checks.Due{At: expr.Col("at")}}}},
		{"due names no column", checks.Cover{Columns: []string{"a"}, Of: checks.Against{Table: "d.t", Due: checks.Due{After: time.Hour}}}},
		{"due: after is a length of time, and not -1h", checks.Cover{Columns: []string{"a"}, Of: checks.Against{Table: "d.t", Due: checks.Due{At: expr.Col("at"), After: -time.Hour}}}},
		{"it asserts nothing", checks.Assert{}},
		{"1 > 0 is of no column, and the same for every row", checks.Assert{Of: must(expr.ParseExpr("1 > 0"))}},
		{"it needs if and then", checks.Implies{If: expr.Col("a")}},
		{"if and then are of no column, and the same for every row", checks.Implies{If: expr.Lit(true), Then: expr.Lit(true)}},
		{"a total is of two columns or more", checks.Total{Of: []string{"a"}, To: v(1)}},
		{"it does not say what the parts add up to", checks.Total{Of: []string{"a", "b"}}},
		{"'x' is no number", checks.Total{Of: []string{"a", "b"}, To: v("x")}},
		{`it names "a" twice`, checks.Total{Of: []string{"a", "a"}, To: v(1)}},
		{"a tolerance is not below 0", checks.Total{Of: []string{"a", "b"}, To: v(1), Tolerance: v(-1)}},
		{"it names no column to group by", checks.Group{Assert: must(quality.ParseAggregated("count() = 1"))}},
		{"it asserts nothing", checks.Group{By: []string{"a"}}},
		{"a = 1 aggregates nothing: write assert for a rule about rows", checks.Group{By: []string{"a"}, Assert: must(quality.ParseAggregated("a = 1"))}},
		{"it needs a column, and at, the column of its times", checks.Monotone{Column: "a"}},
		{`it names "a" twice`, checks.Monotone{Column: "a", At: "a"}},
		{"at_least 0 holds for every table: no stddev is below 0", number(checks.StdDev, quality.AtLeast(num("0")))},
		{"more_than -1 holds for every table: no spread is below 0", number(checks.Spread, quality.MoreThan(num("-1")))},
		{"less_than 0 holds for no table: no stddev is below 0", number(checks.StdDev, quality.LessThan(num("0")))},
		{"between [-2, -1] holds for no table: no spread is below 0", number(checks.Spread, quality.Between(num("-2"), num("-1")))},
		{"at_most 0% holds for no table", checks.TopShare{Column: "a", Bounds: []quality.Bound{quality.AtMost(quality.Percent(0))}}},
		{"it names no column", checks.TopShare{Bounds: few}},
		{"it has no bound: write at_most or less_than", checks.TopShare{Column: "a"}},
		{"at_least 5%: it says how large a share may be, by at_most or less_than", checks.TopShare{Column: "a", Bounds: []quality.Bound{quality.AtLeast(quality.Percent(5))}}},
		{"it names no column", checks.Defaults{Bounds: few}},
		{"it has no bound: write at_most or less_than", checks.Defaults{Of: []checks.Listed{{"a", []expr.Value{v(1)}}}}},
		{"it has no bound: write between, at_least, more_than, at_most or less_than", checks.Distinct{Column: "a"}},
		{"at_least 0 holds for every table", checks.Distinct{Column: "a", Bounds: []quality.Bound{quality.AtLeast(quality.Count(0))}}},
		{`there is no statistic "median"`, checks.Number{Of: "median", Column: "a"}},
		{"it has no bound: write between, at_least, more_than, at_most or less_than", checks.Number{Of: checks.Mean, Column: "a"}},
		{"at_least 2 and at_most 1: nothing lies between them", checks.Number{Of: checks.Mean, Column: "a", Bounds: []quality.Bound{quality.Between(num("2"), num("1"))}}},
		{"at_least 1 and less_than 1: nothing lies between them", checks.Number{Of: checks.Mean, Column: "a", Bounds: []quality.Bound{quality.AtLeast(num("1")), quality.LessThan(num("1"))}}},
		{"at_most 5% is no bound on a number", checks.Number{Of: checks.Mean, Column: "a", Bounds: few}},
		{"q is 0: it lies above 0 and up to 1", checks.Quantile{Column: "a", Q: num("0"), Bounds: []quality.Bound{quality.AtMost(num("1"))}}},
		{"q is 1.5: it lies above 0 and up to 1", checks.Quantile{Column: "a", Q: num("1.5"), Bounds: []quality.Bound{quality.AtMost(num("1"))}}},
		{"it has no bound", checks.Quantile{Column: "a", Q: num("0.5")}},
		{"it names no column", checks.CompleteEach{}},
		{"at_least 5% is for no column: each has a share of its own", checks.CompleteEach{
			Of: []checks.Floor{{"a", []quality.Bound{quality.AtLeast(quality.Percent(9))}}}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(5))},
		}},
		{"/(a/ is no regular expression of RE2", checks.CompleteEach{Of: []checks.Floor{{Columns: "/(a/"}}}},
		{`it names "a" twice`, checks.CompleteEach{Of: []checks.Floor{{Columns: "a"}, {Columns: "a"}}}},
	} {
		require.ErrorContains(t, tt.check.Validate(), tt.want, tt.want)
	}
}

// What looks much like those can be passed and failed.
func TestNoMistakes(t *testing.T) {
	for _, check := range []interface{ Validate() error }{
		number(checks.StdDev, quality.MoreThan(num("0"))),
		number(checks.Spread, quality.AtMost(num("0"))),
		number(checks.Spread, quality.Between(num("0"), num("5"))),
		number(checks.Sum, quality.AtLeast(num("0"))),
		number(checks.Mean, quality.LessThan(num("0"))),
		checks.Pattern{Of: []checks.Matching{{"s", "^$"}, {"s2", "a+"}, {"s3", "^a*$"}, {"s4", `\b`}, {"s5", "(a*)b"}, {"s6", "(?m)^$"}, {"s7", "x{2}"}}},
	} {
		require.NoError(t, check.Validate())
	}
}
