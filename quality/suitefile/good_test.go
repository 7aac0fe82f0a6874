package suitefile_test

import (
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
)

// goodSuite is a suite as it is written and what it means.
type goodSuite struct {
	name string
	yaml string
	want []suitefile.File
}

var good = slices.Concat(goodSuites, goodPolicy, goodKinds)

var goodSuites = []goodSuite{
	{
		name: "a whole suite",
		yaml: `
suite: player_game_summary
owner: analytics
table: nba_analytics.player_game_summary
date: game_date
from: 2021-10-01
source: player_game.csv.gz
checks:
  - complete: usage_rate
    where: minutes_played > 0
    by: season
    expect: ["2022-23", "2023-24", "2025-26"]
    at_least: 95%
  - unique: [game_date, player_lookup]
  - rows: {at_least: 1000}
    by: season
`,
		want: one(quality.Suite{
			Name:  "player_game_summary",
			Owner: "analytics",
			Table: "nba_analytics.player_game_summary",
			Date:  "game_date",
			From:  civil.Date{Year: 2021, Month: 10, Day: 1},
			Rules: []quality.Rule{
				{
					Check:  checks.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
					Where:  expr.Col("minutes_played").Gt(0),
					By:     []string{"season"},
					Expect: [][]any{{"2022-23"}, {"2023-24"}, {"2025-26"}},
				},
				{Check: checks.Unique{Columns: []string{"game_date", "player_lookup"}}},
				{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1000))}}, By: []string{"season"}},
			},
		}, func(f *suitefile.File) { f.Sources = []string{"player_game.csv.gz"} }),
	},
	{
		name: "ranges",
		yaml: minimal + `
- range: {usage_rate: [0, 50], at: [2025-10-01, null]}
  at_least: 99.5%
`,
		want: minimalWith(quality.Rule{Check: checks.Range{
			Of: []checks.Ends{
				{Column: "usage_rate", Low: value(0), High: value(50)},
				{Column: "at", Low: value("2025-10-01")},
			},
			Bounds: []quality.Bound{quality.AtLeast(quality.Ratio(199, 200))},
		}}),
	},
	{
		name: "every key of a suite",
		yaml: `
suite: s
owner: o
table: p.d.t
date: d
zone: America/New_York
from: "2021-10-01"
to: 2022-04-10
where: NOT is_preseason
source: [a.csv, "b/*.ndjson.gz"]
columns: {id: STRING, n: integer, day: {format: "%d/%m/%Y"}, at: {type: TIMESTAMP, zone: America/New_York}}
delimiter: ;
skip_lines: 2
decimal: ","
thousands: " "
nulls: [NA, -999, null, ""]
blank_lines: skip
missing_columns: null
file: station
as_of_open: true
checks: [unique: id]
`,
		want: one(quality.Suite{
			Name: "s", Owner: "o", Table: "p.d.t", Date: "d", Zone: "America/New_York",
			From:  civil.Date{Year: 2021, Month: 10, Day: 1},
			To:    civil.Date{Year: 2022, Month: 4, Day: 10},
			Where: expr.Col("is_preseason").Not(),
			Rules: []quality.Rule{{Check: checks.Unique{Columns: []string{"id"}}}},
		}, func(f *suitefile.File) {
			f.Sources = []string{"a.csv", "b/*.ndjson.gz"}
			f.Columns = map[string]expr.Type{"id": expr.String, "n": expr.Int64, "at": expr.Timestamp}
			f.Dialect = dialect.Dialect{
				Delimiter: ";", SkipLines: 2, Decimal: ",", Thousands: " ", Nulls: []string{"NA", "-999", "null", ""},
				BlankLines: dialect.Skip, MissingColumns: dialect.Null, FileColumn: "station", AsOfOpen: true,
				Times: map[string]dialect.Time{"day": {Format: "%d/%m/%Y"}, "at": {Zone: "America/New_York"}},
			}
		}),
	},
	{
		name: "days by the clock",
		yaml: "date: d\nfrom: today-14d\nto: yesterday\n" + minimal + "\n- unique: a\n",
		want: func() []suitefile.File {
			f := minimalWith(quality.Rule{Check: checks.Unique{Columns: []string{"a"}}})
			from, to := -14, -1
			f[0].Suite.Date, f[0].Suite.FromToday, f[0].Suite.ToToday = "d", &from, &to
			return f
		}(),
	},
	{
		name: "segments of computed columns",
		yaml: minimal + `
  - unique: a
    by: {month: "DATE_TRUNC(game_date, MONTH)"}
    expect: [2024-01-01]
  - unique: a
    by: [team, {age: today() - game_date}]
`,
		want: minimalWith(
			quality.Rule{
				Check: checks.Unique{Columns: []string{"a"}}, By: []string{"month"}, Expect: [][]any{{"2024-01-01"}},
				Computed: []quality.Column{quality.As("month", expr.Col("game_date").DateTrunc(expr.Month))},
			},
			quality.Rule{
				Check: checks.Unique{Columns: []string{"a"}}, By: []string{"team", "age"},
				Computed: []quality.Column{quality.As("age", expr.Today().Minus(expr.Col("game_date")))},
			}),
	},
	{
		name: "a population by another table",
		yaml: minimal + `
  - unique: a
    where: {key: a, table: d.u}
  - unique: a
    where: {key: [a, b], table: d.u, column: [c, d], where: e > 0, rows: b > 0, from: 2024-01-01}
    none: ok
`,
		want: minimalWith(
			quality.Rule{Check: checks.Unique{Columns: []string{"a"}}, WhereIn: &quality.KeysOf{Table: "d.u", Key: []string{"a"}}},
			quality.Rule{Check: checks.Unique{Columns: []string{"a"}}, Where: expr.Col("b").Gt(0), NoneOK: true, WhereIn: &quality.KeysOf{
				Table: "d.u", Key: []string{"a", "b"}, Columns: []string{"c", "d"}, Where: expr.Col("e").Gt(0),
				Span: quality.Span{From: civil.Date{Year: 2024, Month: 1, Day: 1}},
			}}),
	},
	{
		name: "every key of a check",
		yaml: minimal + `
  - id: usage
    complete: usage_rate
    where: 'team = ''BOS'''
    by: [season, team]
    expect: [["2022-23", BOS], {team: LAL, season: 2023-24}, [null, null]]
    severity: warn
    "null": ok
    none: ok
    waive:
      owner: ann
      reason: the source is down
      until: 2026-01-31
      segments: [{season: 2022-23, team: BOS}]
      down_to: 40%
`,
		want: minimalWith(quality.Rule{
			ID:       "usage",
			Check:    checks.Complete{Columns: []string{"usage_rate"}},
			Where:    expr.Col("team").Eq("BOS"),
			By:       []string{"season", "team"},
			Expect:   [][]any{{"2022-23", "BOS"}, {"2023-24", "LAL"}, {nil, nil}},
			WarnOnly: true,
			NullsOK:  true,
			NoneOK:   true,
			Waiver: &quality.Waiver{
				Owner: "ann", Reason: "the source is down", Until: civil.Date{Year: 2026, Month: 1, Day: 31},
				Segments: [][]any{{"2022-23", "BOS"}},
				DownTo:   quality.Percent(40),
			},
		}),
	},
	{
		name: "every key of complete",
		yaml: minimal + `
  - complete: [a, b]
    mode: any
    missing: [-999, "", 0.5, false]
    more_than: 19/20
    at_least: 99.5%
    less_than: 100%
    at_most: 99.9 %
    allow: 3
  - complete: a
    mode: all
    missing: ""
`,
		want: minimalWith(
			quality.Rule{Check: checks.Complete{
				Columns: []string{"a", "b"},
				Any:     true,
				Missing: []expr.Value{value(-999), value(""), value(0.5), value(false)},
				Bounds: []quality.Bound{
					quality.MoreThan(quality.Ratio(19, 20)), quality.AtLeast(quality.Ratio(995, 1000)),
					quality.LessThan(quality.Percent(100)), quality.AtMost(quality.Ratio(999, 1000)), quality.Allow(3),
				},
			}},
			quality.Rule{Check: checks.Complete{Columns: []string{"a"}, Missing: []expr.Value{value("")}}},
		),
	},
	{
		name: "every bound of rows",
		yaml: minimal + `
  - rows: {more_than: 0, at_least: 1, at_most: 1000000, less_than: 2000000}
`,
		want: minimalWith(quality.Rule{Check: checks.RowCount{Bounds: []quality.Bound{
			quality.MoreThan(quality.Count(0)), quality.AtLeast(quality.Count(1)),
			quality.AtMost(quality.Count(1000000)), quality.LessThan(quality.Count(2000000)),
		}}}),
	},
	{
		name: "null and none as bare keys",
		yaml: minimal + `
  - unique: id
    null: ok
    where: active
    none: ok
`,
		want: minimalWith(quality.Rule{Check: checks.Unique{Columns: []string{"id"}}, NullsOK: true, Where: expr.Col("active"), NoneOK: true}),
	},
	{
		name: "values keep their types and dates stay texts",
		yaml: minimal + `
  - rows: {at_least: 1}
    by: x
    expect: [2023-24, "2022-23", 2024-01-01, 2024-01-01T10:00:00Z, 7, "7", -7, 0.5, 1e3, true, "true", yes, 12:30, null, "", [8], {x: 9}]
`,
		want: minimalWith(quality.Rule{
			Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}},
			By:    []string{"x"},
			Expect: [][]any{{"2023-24"}, {"2022-23"}, {"2024-01-01"}, {"2024-01-01T10:00:00Z"}, {int64(7)}, {"7"}, {int64(-7)}, {0.5},
				{1000.0}, {true}, {"true"}, {"yes"}, {"12:30"}, {nil}, {""}, {int64(8)}, {int64(9)}},
		}),
	},
	{
		name: "raw SQL",
		yaml: minimal + `
  - unique: id
    where: {sql: "REGEXP_CONTAINS(id, r'^x')"}
`,
		want: minimalWith(quality.Rule{Check: checks.Unique{Columns: []string{"id"}}, Where: expr.RawSQL("REGEXP_CONTAINS(id, r'^x')")}),
	},
	{
		name: "an expression over several lines",
		yaml: minimal + `
  - unique: id
    where: >-
      is_dnp IS NOT TRUE
      AND minutes_played > 0
`,
		want: minimalWith(quality.Rule{
			Check: checks.Unique{Columns: []string{"id"}},
			Where: expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0)),
		}),
	},
	{
		name: "aliases",
		yaml: minimal + `
  - unique: &key [a, b]
    by: &by season
    expect: &seasons [x, y]
  - complete: *key
    expect: *seasons
    by: *by
`,
		want: minimalWith(
			quality.Rule{Check: checks.Unique{Columns: []string{"a", "b"}}, By: []string{"season"}, Expect: [][]any{{"x"}, {"y"}}},
			quality.Rule{Check: checks.Complete{Columns: []string{"a", "b"}}, By: []string{"season"}, Expect: [][]any{{"x"}, {"y"}}},
		),
	},
	{
		name: "several suites in a file",
		yaml: "# two of them\n---\nsuite: a\ntable: d.a\nchecks: [unique: id]\n---\nsuite: b\ntable: d.b\nchecks: [unique: id]\n",
		want: []suitefile.File{
			{Suite: quality.Suite{Name: "a", Table: "d.a", Rules: []quality.Rule{{Check: checks.Unique{Columns: []string{"id"}}}}}},
			{Suite: quality.Suite{Name: "b", Table: "d.b", Rules: []quality.Rule{{Check: checks.Unique{Columns: []string{"id"}}}}}},
		},
	},
	{
		name: "JSON is YAML",
		yaml: `{"suite": "s", "table": "d.t", "checks": [{"unique": ["id"], "null": "ok"}]}`,
		want: minimalWith(quality.Rule{Check: checks.Unique{Columns: []string{"id"}}, NullsOK: true}),
	},
}

// minimal is a suite that checks are added to.
const minimal = "suite: s\ntable: d.t\nchecks:"

func minimalWith(rules ...quality.Rule) []suitefile.File {
	return one(quality.Suite{Name: "s", Table: "d.t", Rules: rules}, func(*suitefile.File) {})
}

func one(s quality.Suite, more func(*suitefile.File)) []suitefile.File {
	f := suitefile.File{Suite: s}
	more(&f)
	return []suitefile.File{f}
}

func value(v any) expr.Value {
	x, err := expr.ValueOf(v)
	if err != nil {
		panic(err)
	}
	return x
}
