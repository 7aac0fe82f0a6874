package suitefile_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

const withVariables = `suite: s
variables:
  date: 2026-01-02
  table: d.t
  n: 5
  season:
table: ${table}
date: game_date
from: ${date}
checks:
- rows:
    at_least: ${n}
  where: season = ${season} AND minutes > ${n} AND player != '${season}'
- pattern: {game_id: "^$${date}${date}$"}
`

func variables(values map[string]string) suitefile.Reader {
	return suitefile.Reader{Kinds: with(), Variables: values}
}

func TestAVariableIsWhatItsTextWouldBe(t *testing.T) {
	files, err := variables(map[string]string{"season": "2023-24", "n": "7"}).Parse("s.yaml", []byte(withVariables))
	require.NoError(t, err)
	s := files[0].Suite
	assert.Equal(t, "d.t", s.Table)
	assert.Equal(t, "2026-01-02", s.From.String())
	assert.Equal(t, "season = '2023-24' AND minutes > 7 AND player != '2023-24'", s.Rules[0].Where.String())
	assert.Contains(t, s.Rules[0].Check.Describe().Claim, "at_least 7")
	assert.Contains(t, s.Rules[1].Check.Describe().Claim, "^${date}2026-01-02$")
}

// A file says what its own variables stand for, whoever said it.
func TestVariablesOfAFile(t *testing.T) {
	const without = "---\nsuite: t\ntable: d.t\nchecks:\n- rows: {at_least: 1}\n"
	files, err := variables(map[string]string{"season": "2023-24", "n": "7"}).Parse("s.yaml", []byte(withVariables+without))
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"date": "2026-01-02", "table": "d.t", "n": "7", "season": "2023-24"}, files[0].Variables)
	assert.Nil(t, files[1].Variables)
}

func TestMistakesOfVariables(t *testing.T) {
	for name, c := range map[string]struct {
		suite string // replaces parts of the suite above, as old→new
		given map[string]string
		want  string
	}{
		"no value":          {want: `suite s.yaml:6:3: the variable season has no value: write one here, or give it one where the suite is run: --var season=VALUE`},
		"not declared":      {suite: "from: ${date}→from: ${dat}", want: `suite s.yaml:9:7: from: the variable ${dat} is not declared (did you mean "date"?): a suite says variables: {dat: VALUE}, and $${dat} is the text itself`},
		"used by nothing":   {suite: "  n: 5→  n: 5\n  m: 5", want: `suite s.yaml:6:3: no value has the variable ${m}: leave it out`},
		"given and nowhere": {given: map[string]string{"season": "x", "dates": "x"}, want: `no suite declares the variable dates (did you mean "date"?): a suite says variables: {dates: VALUE}`},
		"no name":           {suite: "${table}→${ta ble}", want: `suite s.yaml:7:8: table: the variable ${ta ble} is not declared (did you mean "table"?)`},
		"blanks":            {suite: "${table}→${ table }", want: `the variable ${ table } is not declared (did you mean "table"?)`},
		"in a key":          {suite: "- pattern: {game_id:→- pattern: {\"${n}\":", want: `suite s.yaml:14:13: ${n}: a variable stands in a value, and not in a key`},
		"of another type":   {given: map[string]string{"season": "x", "n": "many"}, want: `suite s.yaml:12:15: at_least: a whole number of 0 or more is expected, not the text "many"`},
		"that is no table":  {given: map[string]string{"season": "x", "table": "d.t`; DROP"}, want: "suite s.yaml:7:8:"},
		"of several lines":  {given: map[string]string{"season": "x", "date": "2026-01-02\nto: 2026-01-03"}, want: `suite s.yaml:9:7: from: a date such as`},
		"in sql":            {suite: "season = ${season} AND→{sql: \"a = ${season}\"} #", want: `suite s.yaml:13:21: sql: no variable is put into sql`},
	} {
		t.Run(name, func(t *testing.T) {
			text := withVariables
			if old, now, ok := strings.Cut(c.suite, "→"); ok {
				require.Contains(t, text, old)
				text = strings.Replace(text, old, now, 1)
			}
			_, err := variables(c.given).Parse("s.yaml", []byte(text))
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.want)
		})
	}
}

func TestNoVariableIsPutIntoSQLByAnAlias(t *testing.T) {
	_, err := variables(nil).Parse("s.yaml", []byte("suite: s\nvariables: {x: 1}\ntable: d.t\nowner: &a \"${x}\"\nchecks:\n- rows: {at_least: 1}\n  where: {sql: *a}\n"))
	require.ErrorContains(t, err, "suite s.yaml:4:8: owner: no variable is put into sql")
}

// Whatever a variable stands for, an expression has the structure that it was written
// with, and the value in its place.
func TestNoValueChangesAnExpression(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.StringMatching("[a'\"`\\\\ \n()=x1-]{0,12}"), rapid.SampledFrom([]string{"' OR TRUE OR '", `\`, `\'`, "1 OR TRUE", "x) OR (TRUE", "--", "NULL", "5"})).Draw(t, "value")
		quoted := rapid.SampledFrom([]string{"", "'", `"`}).Draw(t, "quote")
		text := "suite: s\nvariables: {x: }\ntable: d.t\nchecks:\n- rows:\n    at_least: 1\n  where: |-\n    a = " + quoted + "${x}" + quoted + " AND b\n"
		files, err := variables(map[string]string{"x": value}).Parse("s.yaml", []byte(text))
		if err != nil {
			return // a control character, or a number that readers disagree about
		}
		logic, ok := files[0].Suite.Rules[0].Where.Node().(expr.LogicExpr)
		if !ok || len(logic.Operands) != 2 || logic.Op != expr.And {
			t.Fatalf("%q made the expression %s", value, files[0].Suite.Rules[0].Where)
		}
		compared, ok := logic.Operands[0].Node().(expr.CompareExpr)
		if !ok {
			t.Fatalf("%q made the expression %s", value, files[0].Suite.Rules[0].Where)
		}
		literal, ok := compared.Right.Node().(expr.LiteralExpr)
		if !ok {
			t.Fatalf("%q made the expression %s", value, files[0].Suite.Rules[0].Where)
		}
		if got := literal.Value.String(); quoted != "" && got != value {
			t.Fatalf("%q is read as %q", value, got)
		}
	})
}

func TestSchemaAcceptsVariables(t *testing.T) {
	schema := resolvedSchema(t)
	for _, document := range asJSON(t, withVariables) {
		require.NoError(t, schema.Validate(document))
	}
}

func several(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func named(name string) string {
	return "suite: " + name + "\ntable: d.t\nchecks: [unique: id]\n"
}

func TestSuitesFromAnywhere(t *testing.T) {
	fsys := several(map[string]string{
		"suites/a.yaml": named("a"), "suites/deep/down/b.yaml": named("b"), "suites/deep/c.yml": "tables: ../tables.yaml\n" + named("c"),
		"suites/tables.yaml": "d.t: {date: day}\n", "other/d.yaml": named("d"), "other/e[1].yaml": named("e"),
	})
	for pattern, want := range map[string]string{
		"suites": "a c b", "suites/a.yaml": "a", "suites/**/*.yaml": "a b", "suites/*": "a", "**/*.{yaml,yml}": "d e a c b", "other/e[1].yaml": "e", "other/[d-z].yaml": "d",
	} {
		files, err := suitefile.LoadAll(fsys, []string{pattern}, with()...)
		require.NoError(t, err, pattern)
		var got []string
		for _, f := range files {
			got = append(got, f.Suite.Name)
		}
		assert.Equal(t, want, strings.Join(got, " "), pattern)
	}
}

func TestWhatIsNoSuiteIsNamed(t *testing.T) {
	fsys := several(map[string]string{
		"a.yaml": named("a"), "twin.yaml": named("a"), "broken/x.yaml": "suite: x\nchecks: [uniqe: id]\n", "broken/y.yaml": "suite: y\ntbale: d.t\nchecks: []\n",
		"set/points.yaml": "features: {}\nlabel: x\n", "tables/t.yaml": "d.t: {date: day}\n", "tables-broken/t.yaml": "d.t: {dat: day}\n", "empty/rows.csv": "id\n", "void/v.yaml": "",
	})
	for pattern, want := range map[string][]string{
		"nowhere":       {"nowhere", "file does not exist"},
		"x*.yaml":       {"no file is like x*.yaml"},
		"[":             {"suites [ cannot be found"},
		"empty":         {"there is no suite in empty"},
		"void":          {"suite void/v.yaml: the file is empty"},
		"tables":        {"there is no suite in tables/t.yaml: they are files of tables"},
		"tables-broken": {`tables tables-broken/t.yaml:1:7: unknown key "dat" (did you mean "date"?)`},
		"set":           {"set/points.yaml is neither a suite"},
		"broken":        {"suite broken/x.yaml", `unknown kind of check "uniqe"`, `suite broken/y.yaml:2:1: unknown key "tbale"`},
		"*.yaml":        {`two suites have the name "a", in a.yaml and in twin.yaml`},
	} {
		files, err := suitefile.LoadAll(fsys, []string{pattern}, with()...)
		require.Error(t, err, pattern)
		assert.Empty(t, files, pattern)
		for _, part := range want {
			assert.Contains(t, err.Error(), part, pattern)
		}
	}
}
