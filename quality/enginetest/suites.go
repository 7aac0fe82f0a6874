package enginetest

import (
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// handWritten is the tables and cases whose answers were worked out by hand.
func handWritten() ([]Table, []testCase) {
	tables := []Table{values(), notNumbers(), extremes(), binaries(), castTexts(), unusual(), games(), empty()}
	var cases []testCase
	cases = append(cases, perRow("values", append(valuePredicates, callPredicates...))...)
	cases = append(cases, perRow("not_numbers", append(notNumberPredicates, notNumberCalls...))...)
	cases = append(cases, perRow("extremes", append(extremePredicates, extremeCalls...))...)
	cases = append(cases, perRow("binaries", binaryPredicates)...)
	cases = append(cases, perRow("cast_texts", textPredicates)...)
	cases = append(cases, perRow("unusual", unusualPredicates)...)
	cases = append(cases, keyCases()...)
	cases = append(cases, verdictCases()...)
	cases = append(cases, derivedCases()...)
	cases = append(cases, segmentCases()...)
	for _, more := range []func() ([]Table, []testCase){hostileNames, hostileValues, ownNames, wide, aloneCases, voidCases, computedCases} {
		t, c := more()
		tables, cases = append(tables, t...), append(cases, c...)
	}
	return tables, cases
}

// games has a key that occurs twice in one season and once in the next, a key
// with a NULL part, a row of no season and one of no date.
func games() Table {
	t := Table{Name: "games", Schema: expr.Schema{
		{Name: "season", Type: expr.String},
		{Name: "team", Type: expr.String},
		{Name: "game_date", Type: expr.Date},
		{Name: "player", Type: expr.String},
		{Name: "points", Type: expr.Int64},
		{Name: "minutes", Type: expr.Float64},
	}}
	t.row("A", "BOS", "2024-01-01", "p1", 10, 30.0)
	t.row("A", "BOS", "2024-01-01", "p1", 10, 30.0)
	t.row("A", "LAL", "2024-01-02", "p2", nil, 0.0)
	t.row("B", "BOS", "2024-01-01", "p1", 7, 12.5)
	t.row("B", "LAL", "2024-01-03", nil, 5, 8.0)
	t.row("B", "LAL", "2024-01-03", "p3", nil, nil)
	t.row(nil, "LAL", "2024-01-04", "p4", 1, 1.0)
	t.row("B", "BOS", nil, "p5", 3, 4.0)
	t.row("C", "BOS", "2024-02-01", "p6", 4, 20.0)
	return t
}

func empty() Table {
	t := games()
	t.Name, t.Rows = "no_games", nil
	return t
}

func keyCases() []testCase {
	return []testCase{
		whole("keys/of the whole table", quality.Suite{Table: "games", Rules: []quality.Rule{
			{ID: "team", Check: keysProbe{[]string{"team"}}},
			{ID: "player", Check: keysProbe{[]string{"player"}}, Where: parsed("points IS NOT NULL")},
			{ID: "float", Check: keysProbe{[]string{"minutes"}}},
		}}, `
pass team
  pass rows=9 distinct=2 duplicated=2 surplus=7 null=0
pass player where 7/2/0
  pass rows=7 distinct=4 duplicated=1 surplus=2 null=1
pass float
  pass rows=9 distinct=7 duplicated=1 surplus=1 null=1`),

		// The first row of (2024-01-01, p1) lies in season A, and so does its
		// first surplus row; the one in B is surplus there.
		whole("keys/surplus belongs to the later segment", quality.Suite{Table: "games", Rules: []quality.Rule{
			{ID: "key", Check: keysProbe{[]string{"game_date", "player"}}, By: []string{"season"}},
		}}, `
unknown key
  unknown [season=null] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [season=A] rows=3 distinct=2 duplicated=1 surplus=1 null=0
  pass [season=B] rows=4 distinct=1 duplicated=0 surplus=1 null=2
  pass [season=C] rows=1 distinct=1 duplicated=0 surplus=0 null=0`),

		// LAL first occurs in the segment null, and has its first surplus row in A.
		whole("keys/a duplicate is told with its first surplus row", quality.Suite{Table: "games", Rules: []quality.Rule{
			{ID: "team", Check: keysProbe{[]string{"team"}}, By: []string{"season"}},
		}}, `
unknown team
  unknown [season=null] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [season=A] rows=3 distinct=1 duplicated=2 surplus=2 null=0
  pass [season=B] rows=4 distinct=0 duplicated=0 surplus=4 null=0
  pass [season=C] rows=1 distinct=0 duplicated=0 surplus=1 null=0`),

		whole("keys/of floats by segment", quality.Suite{Table: "games", Rules: []quality.Rule{
			{ID: "minutes", Check: keysProbe{[]string{"minutes"}}, By: []string{"team"}},
		}}, `
pass minutes
  pass [team=BOS] rows=5 distinct=4 duplicated=1 surplus=1 null=0
  pass [team=LAL] rows=4 distinct=3 duplicated=0 surplus=0 null=1`),

		whole("keys/several groupings and filters of one key set", quality.Suite{Table: "games", Rules: []quality.Rule{
			{ID: "all", Check: keysProbe{[]string{"player"}}},
			{ID: "scored", Check: keysProbe{[]string{"player"}}, Where: parsed("points > 4")},
			{ID: "by team", Check: keysProbe{[]string{"player"}}, By: []string{"team"}},
			{ID: "scored by team", Check: keysProbe{[]string{"player"}}, Where: parsed("points > 4"), By: []string{"team"}},
		}}, `
pass all
  pass rows=9 distinct=6 duplicated=1 surplus=2 null=1
pass scored where 4/3/2
  pass rows=4 distinct=1 duplicated=1 surplus=2 null=1
pass by team
  pass [team=BOS] rows=5 distinct=3 duplicated=1 surplus=2 null=0
  pass [team=LAL] rows=4 distinct=3 duplicated=0 surplus=0 null=1
pass scored by team where 4/3/2
  pass [team=BOS] rows=3 distinct=1 duplicated=1 surplus=2 null=0
  pass [team=LAL] rows=1 distinct=0 duplicated=0 surplus=0 null=1`),

		whole("keys/of no rows", quality.Suite{Table: "no_games", Rules: []quality.Rule{
			{ID: "all", Check: keysProbe{[]string{"player"}}},
			{ID: "by", Check: keysProbe{[]string{"player"}}, By: []string{"team"}},
		}}, `
pass all
  pass rows=0 distinct=0 duplicated=0 surplus=0 null=0
unknown by
  unknown 0/0`),
	}
}

func verdictCases() []testCase {
	half := []quality.Bound{quality.AtLeast(quality.Percent(50))}
	january := quality.Suite{
		Table: "games",
		Date:  "game_date",
		From:  civil.Date{Year: 2024, Month: 1, Day: 1},
		To:    civil.Date{Year: 2024, Month: 1, Day: 31},
	}
	with := func(s quality.Suite, rules ...quality.Rule) quality.Suite {
		s.Rules = rules
		return s
	}
	return []testCase{
		// In January are all rows but the last two, one of which has no date.
		whole("verdict/complete in each segment of a month", with(january,
			quality.Rule{ID: "all", Check: checks.Complete{Columns: []string{"points"}, Bounds: half}, By: []string{"season"}, NullsOK: true},
			quality.Rule{ID: "played", Check: checks.Complete{Columns: []string{"points"}}, Where: parsed("minutes > 0"), By: []string{"season"}},
		), `
unknown all
  unknown [season=null] 1/1
  pass [season=A] 2/3
  pass [season=B] 2/3
unknown played where 5/1/1
  unknown [season=null] 1/1
  unknown [game_date=null]
  pass [season=A] 2/2
  pass [season=B] 2/2`),

		whole("verdict/rows of several columns", with(january,
			quality.Rule{ID: "all of", Check: checks.Complete{Columns: []string{"player", "points", "minutes"}, Bounds: half}, NullsOK: true},
			quality.Rule{ID: "any of", Check: checks.Complete{Columns: []string{"points", "minutes"}, Any: true}, NullsOK: true},
			quality.Rule{ID: "missing", Check: checks.Complete{Columns: []string{"minutes"}, Missing: []expr.Value{mustValue(0)}}, NullsOK: true},
		), `
pass all of
  pass 4/7
fail any of
  fail 6/7
fail missing
  fail 5/7`),

		whole("verdict/unique fails where the surplus is", with(quality.Suite{Table: "games"},
			quality.Rule{ID: "unique", Check: checks.Unique{Columns: []string{"game_date", "player"}}, By: []string{"team"}},
			quality.Rule{ID: "nulls", Check: checks.Unique{Columns: []string{"game_date", "player"}}, Where: parsed("points < 6 OR points IS NULL"), NullsOK: true},
		), `
fail unique
  fail [team=BOS] 2/5 duplicate_keys=1 surplus_rows=2 null_keys=1
  fail [team=LAL] 3/4 duplicate_keys=0 surplus_rows=0 null_keys=1
pass nulls where 6/3/0
  pass 4/4 duplicate_keys=0 surplus_rows=0 null_keys=2`),

		whole("verdict/an expected segment that is absent", with(quality.Suite{Table: "games"},
			quality.Rule{ID: "complete", Check: checks.Complete{Columns: []string{"team"}}, By: []string{"season"}, Expect: [][]any{{"A"}, {"D"}, {nil}}},
			quality.Rule{ID: "rows", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtMost(quality.Count(3))}}, By: []string{"season"}, Expect: [][]any{{"D"}, {nil}}},
		), `
unknown complete
  pass [season=null] 1/1
  pass [season=A] 3/3
  pass [season=B] 4/4
  pass [season=C] 1/1
  unknown [season=D] 0/0
fail rows
  pass [season=null] 1
  pass [season=A] 3
  fail [season=B] 4
  pass [season=C] 1
  pass [season=D] 0`),

		whole("verdict/a filter that is TRUE for no row", with(quality.Suite{Table: "games"},
			quality.Rule{ID: "unknown", Check: checks.Complete{Columns: []string{"points"}}, Where: parsed("points > 100")},
			quality.Rule{ID: "allowed", Check: checks.Complete{Columns: []string{"points"}}, Where: parsed("points > 100"), NoneOK: true},
			quality.Rule{ID: "counted", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtMost(quality.Count(0))}}, Where: parsed("points > 100")},
		), `
unknown unknown where 0/7/2
  unknown 0/0
pass allowed where 0/7/2
  pass 0/0
pass counted where 0/7/2
  pass 0`),

		whole("verdict/no rows at all", with(quality.Suite{Table: "no_games", Date: "game_date"},
			quality.Rule{ID: "complete", Check: checks.Complete{Columns: []string{"points"}}},
			quality.Rule{ID: "unique", Check: checks.Unique{Columns: []string{"player"}}, By: []string{"team"}},
			quality.Rule{ID: "rows", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}},
		), `
unknown complete
  unknown 0/0
unknown unique
  unknown 0/0
fail rows
  fail 0`),

		// A filter is in parentheses wherever it goes: the suite's leaves rows 1
		// and 2 of the values, the check's is TRUE for the first.
		whole("verdict/filters with OR", with(quality.Suite{Table: "values", Where: parsed("id = 1 OR id = 2")},
			quality.Rule{ID: "rows", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}, Where: parsed("i = 1 OR s = 'a' OR f > 100")},
			quality.Rule{ID: "keys", Check: keysProbe{[]string{"id"}}, Where: parsed("i = 1 OR i = 0")},
		), `
pass rows where 1/1/0
  pass 1
pass keys where 1/1/0
  pass rows=1 distinct=1 duplicated=0 surplus=0 null=0`),

		// Row 1 is NaN, where most of the filters would be something else if it were
		// NULL, as row 3 is.
		whole("nan/where", with(quality.Suite{Table: "not_numbers"},
			quality.Rule{ID: "greater", Check: keysProbe{[]string{"id"}}, Where: parsed("f > 0")},
			quality.Rule{ID: "unequal", Check: keysProbe{[]string{"id"}}, Where: parsed("f != 0"), By: []string{"id"}},
			quality.Rule{ID: "whatever it is", Check: keysProbe{[]string{"id"}}, Where: parsed("f > 0 OR id = 1")},
			quality.Rule{ID: "listed", Check: keysProbe{[]string{"id"}}, Where: parsed("COALESCE(f, 1) NOT IN (1, 2)")},
			quality.Rule{ID: "in its place", Check: keysProbe{[]string{"id"}}, Where: parsed("COALESCE(f, 0) = 0")},
			quality.Rule{ID: "known", Check: keysProbe{[]string{"id"}}, Where: parsed("f IS NOT NULL")},
			quality.Rule{ID: "computed", Check: keysProbe{[]string{"id"}}, Where: parsed("f * 0 + id BETWEEN 0 AND f")},
		), `
pass greater where 1/1/1 nan=1
  pass rows=1 distinct=1 duplicated=0 surplus=0 null=0
pass unequal where 2/0/1 nan=1
  pass [id=1] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [id=2] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [id=3] rows=0 distinct=0 duplicated=0 surplus=0 null=0
pass whatever it is where 2/0/1
  pass rows=2 distinct=2 duplicated=0 surplus=0 null=0
pass listed where 1/2/0 nan=1
  pass rows=1 distinct=1 duplicated=0 surplus=0 null=0
pass in its place where 1/2/0 nan=1
  pass rows=1 distinct=1 duplicated=0 surplus=0 null=0
pass known where 2/1/0 nan=1
  pass rows=2 distinct=2 duplicated=0 surplus=0 null=0
pass computed where 0/2/1 nan=1
  pass rows=0 distinct=0 duplicated=0 surplus=0 null=0`),

		whole("nan/where of both", with(quality.Suite{Table: "not_numbers", Where: parsed("f != 0")},
			quality.Rule{ID: "rows", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}, Where: parsed("f <= 1")},
		), `
pass rows where 1/1/0 nan=1
  pass 1`),

		whole("verdict/timestamps are bounded by days of a zone", with(quality.Suite{
			Table: "values", Date: "ts", Zone: "Asia/Tokyo",
			From: civil.Date{Year: 2024, Month: 2, Day: 1}, To: civil.Date{Year: 2024, Month: 3, Day: 9},
		},
			quality.Rule{ID: "rows", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}, NullsOK: true},
		), `
pass rows
  pass 1`),
	}
}

// whole is a case that compares the whole report.
func whole(id string, s quality.Suite, want string) testCase {
	return testCase{id: id, suites: []quality.Suite{s}, answer: describe, want: strings.TrimPrefix(want, "\n")}
}

func mustValue(x any) expr.Value {
	v, err := expr.ValueOf(x)
	if err != nil {
		panic(err)
	}
	return v
}
