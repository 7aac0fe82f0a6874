package enginetest

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// names are columns that a query can trip over: keywords, comments, quotes,
// spaces, letters beyond ASCII, parameters.
// https://cloud.google.com/bigquery/docs/schemas#flexible-column-names
var names = []string{
	"select", "GROUP", "null", "true", "a b", " lead", "größe", "日付", "a-b", "a--b", "a#b", "a'b", "it''s", "a%b", "a&b",
	"a+b", "a<b", "a=b", "a|b", "a:b", "1st", "_", "or 1=1", "' or '1'='1",
}

// hostileNames has a case for each name, so that an engine says which it fails.
func hostileNames() ([]Table, []testCase) {
	t := Table{Name: "names"}
	first, second := []any{}, []any{}
	for i, name := range names {
		t.Schema = append(t.Schema, expr.Field{Name: name, Type: expr.Int64})
		first, second = append(first, i), append(second, nil)
	}
	t.row(first...)
	t.row(second...)
	var cases []testCase
	for i, name := range names {
		cases = append(cases, whole("name/"+name, quality.Suite{Table: "names", Where: expr.Col(name).Eq(i).IsNotFalse(), Rules: []quality.Rule{
			{ID: "counted", Check: tallyProbe{expr.Col(name).Eq(i)}, By: []string{name}, Expect: [][]any{{nil}}},
		}}, fmt.Sprintf(`
pass counted
  pass [%[1]s=null] true=0 false=0 null=1
  pass [%[1]s=%[2]d] true=1 false=0 null=0`, name, i)))
	}
	cases = append(cases, whole("name/all of them as a key", quality.Suite{Table: "names", Rules: []quality.Rule{
		{ID: "key", Check: keysProbe{names}, By: names[:1]},
	}}, `
unknown key
  unknown [select=null] rows=1 distinct=0 duplicated=0 surplus=0 null=1
  pass [select=0] rows=1 distinct=1 duplicated=0 surplus=0 null=0`))
	return []Table{t}, cases
}

// texts are values that a query can trip over.
var texts = []string{
	"", " ", "'", `"`, "`", `\`, `\n`, "\n", "\r\n", "\t", "--", "/*", "#", ";", "@p1", "$1", "?", "%", "null", "NULL", "x' OR '1'='1",
	`"; DROP TABLE t; --`, "é", "e\u0301", "日本", "\U0001F600", "a\u0000b", "a=b c=d", strings.Repeat("x", 2000),
}

// hostileValues has them as segments, as keys and as constants.
func hostileValues() ([]Table, []testCase) {
	t := Table{Name: "texts", Schema: expr.Schema{{Name: "s", Type: expr.String}, {Name: "t", Type: expr.String}}}
	var expect [][]any
	for _, s := range texts {
		t.row(s, "same")
		expect = append(expect, []any{s})
	}
	cases := []testCase{
		whole("value/keys", quality.Suite{Table: "texts", Rules: []quality.Rule{
			{ID: "keys", Check: keysProbe{[]string{"s"}}},
			{ID: "keys by", Check: keysProbe{[]string{"s"}}, By: []string{"t"}},
		}}, fmt.Sprintf(`
pass keys
  pass rows=%[1]d distinct=%[1]d duplicated=0 surplus=0 null=0
pass keys by
  pass [t=same] rows=%[1]d distinct=%[1]d duplicated=0 surplus=0 null=0`, len(texts))),
	}
	for i, s := range texts {
		cases = append(cases, testCase{
			id: fmt.Sprintf("value/%.20q", s),
			suites: []quality.Suite{{Table: "texts", Where: expr.Col("s").Eq(s), Rules: []quality.Rule{
				{Check: tallyProbe{expr.Col("s").In(s, "none")}, By: []string{"s"}, Expect: expect[i : i+1]},
			}}},
			answer: describe,
			want:   fmt.Sprintf("pass tally by s\n  pass [s=%s] true=1 false=0 null=0", escaped(s)),
		})
	}
	return []Table{t}, cases
}

// ownNames is a table whose columns are called like what a query of package bq
// calls its own, each with another value in its two rows.
func ownNames() ([]Table, []testCase) {
	own := []string{"g", "s0", "s1", "v0", "v1", "f0", "p0", "c0", "n", "turn", "before", "hole", "keyed", "counted", "turned", "one", "intact_row", "key_rows"}
	t := Table{Name: "own_names"}
	first, second := []any{}, []any{}
	for i, name := range own {
		t.Schema = append(t.Schema, expr.Field{Name: name, Type: expr.Int64})
		first, second = append(first, i), append(second, -i-1)
	}
	t.row(first...)
	t.row(second...)
	var rules []quality.Rule
	var want strings.Builder
	for i, name := range own {
		rules = append(rules, quality.Rule{ID: name, Check: tallyProbe{expr.Col(name).Ge(0)}, By: []string{name}})
		fmt.Fprintf(&want, `
pass %[1]s
  pass [%[1]s=-%[2]d] true=0 false=1 null=0
  pass [%[1]s=%[3]d] true=1 false=0 null=0`, name, i+1, i)
	}
	rules = append(rules, quality.Rule{ID: "key", Check: keysProbe{own}, By: []string{"g", "turn"}, Where: expr.Col("n").Lt(100)})
	want.WriteString(`
pass key where 2/0/0
  pass [g=-1 turn=-10] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [g=0 turn=9] rows=1 distinct=1 duplicated=0 surplus=0 null=0`)
	return []Table{t}, []testCase{whole("name/like those of the query", quality.Suite{Table: "own_names", Rules: rules}, want.String())}
}

// wide is a table of 300 columns, all of which are counted at once.
func wide() ([]Table, []testCase) {
	const columns = 300
	t := Table{Name: "wide"}
	var rules []quality.Rule
	var want strings.Builder
	rows := make([][]any, 2)
	for c := range columns {
		name := fmt.Sprintf("column_%03d", c)
		t.Schema = append(t.Schema, expr.Field{Name: name, Type: expr.Int64})
		rows[0] = append(rows[0], c)
		rows[1] = append(rows[1], nil)
		rules = append(rules, quality.Rule{ID: name, Check: tallyProbe{expr.Col(name).Eq(c)}})
		fmt.Fprintf(&want, "\npass %s\n  pass true=1 false=0 null=1", name)
	}
	for _, r := range rows {
		t.row(r...)
	}
	return []Table{t}, []testCase{whole("name/300 columns", quality.Suite{Table: "wide", Rules: rules}, want.String())}
}

// whole is a case that compares the whole report.
func whole(id string, s quality.Suite, want string) testCase {
	return testCase{id: id, suites: []quality.Suite{s}, answer: describe, want: strings.TrimPrefix(want, "\n")}
}
