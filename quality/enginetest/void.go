package enginetest

import (
	"fmt"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// voids has a column that never holds a value, so that rows of a file tell no type
// of it: it goes with every type, and is NULL.
func voids() Table {
	t := Table{Name: "voids", Schema: expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "x", Type: expr.Null}}}
	t.row(1, nil)
	t.row(2, nil)
	return t
}

var voidPredicates = []predicate{
	{"void/bare", "x", "NN"},
	{"void/number", "x > 0", "NN"},
	{"void/text", "x = 'a'", "NN"},
	{"void/column", "x = id", "NN"},
	{"void/itself", "x = x", "NN"},
	{"void/in", "x IN (1, 2)", "NN"},
	{"void/in a list", "id IN (1, x)", "TN"},
	{"void/between", "x BETWEEN 1 AND 2", "NN"},
	{"void/bound", "id BETWEEN x AND 1", "NF"},
	{"void/like", "x LIKE 'a%'", "NN"},
	{"void/sum", "x + 1 > 0", "NN"},
	{"void/quotient", "id / x > 0", "NN"},
	{"void/negative", "-x = 1", "NN"},
	{"void/day", "DATE(x) = '2024-01-01'", "NN"},
	{"void/days", "DATE_DIFF(x, '2024-01-01', DAY) = 0", "NN"},
	{"void/coalesce", "COALESCE(x, id) = 1", "TF"},
	{"void/nothing else", "COALESCE(x, x) IS NULL", "TT"},
	{"void/and", "x AND id = 1", "NF"},
	{"void/or", "x OR id = 1", "TN"},
	{"void/not", "NOT x", "NN"},
	{"void/null", "x IS NULL", "TT"},
	{"void/not null", "x IS NOT NULL", "FF"},
	{"void/not true", "x IS NOT TRUE", "TT"},
	{"void/false", "x IS FALSE", "FF"},
	{"void/populated", "POPULATED(x, 1)", "FF"},
}

// voidCases hold the column against checks, whose messages are the same on every
// engine.
func voidCases() ([]Table, []testCase) {
	cases := perRow("voids", voidPredicates)
	add := func(id string, s quality.Suite, want string) {
		s.Table = "voids"
		cases = append(cases, testCase{id: "void/" + id, alone: true, suites: []quality.Suite{s}, answer: messages, want: strings.TrimPrefix(want, "\n")})
	}
	id := quality.Complete{Columns: []string{"id"}}
	x := quality.Complete{Columns: []string{"x"}}
	add("checked", quality.Suite{Rules: []quality.Rule{
		{ID: "complete", Check: x},
		{ID: "missing", Check: quality.Complete{Columns: []string{"x"}, Missing: []expr.Value{mustValue(-999), mustValue("")}}},
		{ID: "unique", Check: quality.Unique{Columns: []string{"x", "id"}}},
	}}, `
fail complete: 0 of 2 rows (0.0%), not at_least 100%: 2 rows short
fail missing: 0 of 2 rows (0.0%), not at_least 100%: 2 rows short
fail unique: 2 rows have a key with a NULL part: 0 keys in 2 rows`)
	add("compared", quality.Suite{Rules: []quality.Rule{{ID: "where", Check: id, Where: parsed("x > 0")}}}, `
unknown where: nothing to judge: x > 0 is TRUE for none of 2 rows (FALSE 0, NULL 2)`)
	add("of the suite", quality.Suite{Where: parsed("x = 'a'"), Rules: []quality.Rule{{ID: "where", Check: id}}}, `
unknown where: nothing to judge: there is no row in scope`)
	add("grouped", quality.Suite{Rules: []quality.Rule{{ID: "by", Check: id, By: []string{"x"}}}}, `
unknown by: x=null: 2 rows are in no segment, for a group-by column is NULL: expect null if that is right; 2 of 2 rows (100.0%)`)
	add("expected", quality.Suite{Rules: []quality.Rule{{ID: "by", Check: id, By: []string{"x"}, Expect: [][]any{{nil}, {5}}}}}, `
unknown by: x=5: nothing to judge: the segment is expected, and there is no row of it`)
	add("keyed by", quality.Suite{Rules: []quality.Rule{{ID: "by", Check: quality.Unique{Columns: []string{"id"}}, By: []string{"x"}}}}, `
unknown by: x=null: 2 rows are in no segment, for a group-by column is NULL: expect null if that is right; 2 keys in 2 rows`)
	add("a date", quality.Suite{Date: "x", From: civil.Date{Year: 2024, Month: 1, Day: 1}, Rules: []quality.Rule{{ID: "dated", Check: id}}}, `
unknown dated: nothing to judge: there is no row in scope (and 1 more)`)
	return []Table{voids()}, cases
}

// messages writes what each check of a report says.
func messages(r quality.SuiteReport) string {
	lines := make([]string, len(r.Checks))
	for i, c := range r.Checks {
		lines[i] = fmt.Sprintf("%s %s: %s", c.Verdict, c.ID, c.Reason)
	}
	return strings.Join(lines, "\n")
}
