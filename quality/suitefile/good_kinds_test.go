package suitefile_test

import (
	"math/big"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

func number(text string) quality.Limit {
	r, _ := new(big.Rat).SetString(text)
	return quality.Number(r)
}

func percent(n int64) []quality.Bound { return []quality.Bound{quality.AtLeast(quality.Percent(n))} }

func parsedExpr(text string) expr.Expr {
	e, err := expr.ParseExpr(text)
	if err != nil {
		panic(err)
	}
	return e
}

func aggregated(text string) quality.Aggregated {
	a, err := quality.ParseAggregated(text)
	if err != nil {
		panic(err)
	}
	return a
}

// goodKinds are checks of the kinds about one table's values.
var goodKinds = []goodSuite{
	{
		name: "kinds about values",
		yaml: minimal + `
- in: {team: [BOS, LAL], status: 1}
- pattern: {game_id: '^\d{8}_[A-Z]{3}$'}
  at_least: 99%
- length: {team: [3, 3], name: [1, null]}
`,
		want: minimalWith(
			quality.Rule{Check: checks.In{Of: []checks.Listed{
				{Column: "team", Values: []expr.Value{value("BOS"), value("LAL")}}, {Column: "status", Values: []expr.Value{value(1)}},
			}}},
			quality.Rule{Check: checks.Pattern{Of: []checks.Matching{{Column: "game_id", Pattern: `^\d{8}_[A-Z]{3}$`}}, Bounds: percent(99)}},
			quality.Rule{Check: checks.Length{Of: []checks.Ends{{Column: "team", Low: value(3), High: value(3)}, {Column: "name", Low: value(1)}}}},
		),
	},
	{
		name: "kinds about rows",
		yaml: minimal + `
- assert: paint + mid = 100
  null: ok
- implies: {if: is_dnp IS TRUE, then: points IS NULL}
- total: {of: [paint, mid], to: 100, tolerance: 0.5}
- group: {by: [player, game_date], assert: "max(line) = max_if(line, is_active)"}
- monotone: {column: total, of: player, at: game_date, strict: true}
`,
		want: minimalWith(
			quality.Rule{Check: checks.Assert{Of: parsedExpr("paint + mid = 100")}, NullsOK: true},
			quality.Rule{Check: checks.Implies{If: expr.Col("is_dnp").IsTrue(), Then: expr.Col("points").IsNull()}},
			quality.Rule{Check: checks.Total{Of: []string{"paint", "mid"}, To: value(100), Tolerance: value(0.5)}},
			quality.Rule{Check: checks.Group{By: []string{"player", "game_date"}, Assert: aggregated("max(line) = max_if(line, is_active)")}},
			quality.Rule{Check: checks.Monotone{Column: "total", Of: []string{"player"}, At: "game_date", Strict: true}},
		),
	},
	{
		name: "kinds about constants",
		yaml: minimal + `
- top_share: win_pct
  at_most: 30%
- defaults: {fatigue: [50, 0], note: ""}
  less_than: 5%
- defaults: {fatigue: [50, 0]}
  mode: each
  at_most: 5%
- distinct: team
  at_least: 30
- spread: pace
  more_than: 0
`,
		want: minimalWith(
			quality.Rule{Check: checks.TopShare{Column: "win_pct", Bounds: []quality.Bound{quality.AtMost(quality.Percent(30))}}},
			quality.Rule{Check: checks.Defaults{Of: []checks.Listed{
				{Column: "fatigue", Values: []expr.Value{value(50), value(0)}}, {Column: "note", Values: []expr.Value{value("")}},
			}, Bounds: []quality.Bound{quality.LessThan(quality.Percent(5))}}},
			quality.Rule{Check: checks.Defaults{
				Of: []checks.Listed{{Column: "fatigue", Values: []expr.Value{value(50), value(0)}}}, Each: true,
				Bounds: []quality.Bound{quality.AtMost(quality.Percent(5))},
			}},
			quality.Rule{Check: checks.Distinct{Column: "team", Bounds: []quality.Bound{quality.AtLeast(quality.Count(30))}}},
			quality.Rule{Check: checks.Number{Of: checks.Spread, Column: "pace", Bounds: []quality.Bound{quality.MoreThan(number("0"))}}},
		),
	},
	{
		name: "numbers are exact, and days are days",
		yaml: minimal + `
- mean: pace
  between: [80.1, 1.2e2]
- sum: points
  at_least: 18446744073709551615
- stddev: pace
  less_than: 0.1
- min: game_date
  between: [2021-10-19, 2021-10-20]
- max: x
  at_most: -0.5
- quantile: {column: x, q: 0.95}
  more_than: 1
`,
		want: minimalWith(
			quality.Rule{Check: checks.Number{Of: checks.Mean, Column: "pace", Bounds: []quality.Bound{quality.Between(number("80.1"), number("120"))}}},
			quality.Rule{Check: checks.Number{Of: checks.Sum, Column: "points", Bounds: []quality.Bound{quality.AtLeast(number("18446744073709551615"))}}},
			quality.Rule{Check: checks.Number{Of: checks.StdDev, Column: "pace", Bounds: []quality.Bound{quality.LessThan(number("0.1"))}}},
			quality.Rule{Check: checks.Number{Of: checks.Min, Column: "game_date", Bounds: []quality.Bound{
				quality.Between(quality.Day(civil.Date{Year: 2021, Month: 10, Day: 19}), quality.Day(civil.Date{Year: 2021, Month: 10, Day: 20})),
			}}},
			quality.Rule{Check: checks.Number{Of: checks.Max, Column: "x", Bounds: []quality.Bound{quality.AtMost(number("-0.5"))}}},
			quality.Rule{Check: checks.Quantile{Column: "x", Q: number("0.95"), Bounds: []quality.Bound{quality.MoreThan(number("1"))}}},
		),
	},
	{
		name: "columns each by itself",
		yaml: minimal + `
- complete: {a: 95%, "line_*": 19/20}
- complete: all
  except: [id, "/^x/"]
  missing: -999
  allow: 3
- complete: [a, b]
  mode: each
- complete: ["a*", b]
`,
		want: minimalWith(
			quality.Rule{Check: checks.CompleteEach{Of: []checks.Floor{{Columns: "a", Bounds: percent(95)}, {Columns: "line_*", Bounds: percent(95)}}}},
			quality.Rule{Check: checks.CompleteEach{
				Of: []checks.Floor{{Columns: "*"}}, Except: []string{"id", "/^x/"}, Missing: []expr.Value{value(-999)}, Bounds: []quality.Bound{quality.Allow(3)},
			}},
			quality.Rule{Check: checks.CompleteEach{Of: []checks.Floor{{Columns: "a"}, {Columns: "b"}}}},
			quality.Rule{Check: checks.CompleteEach{Of: []checks.Floor{{Columns: "a*"}, {Columns: "b"}}}},
		),
	},
}
