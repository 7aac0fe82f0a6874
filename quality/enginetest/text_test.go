package enginetest

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

func readText(text string) ([]Table, []testCase, error) {
	groups, err := readCases(fstest.MapFS{"cases/a.txt": {Data: []byte(text)}}, "cases")
	if err != nil {
		return nil, nil, err
	}
	return groups[0].tables, groups[0].cases, nil
}

const scores = `load scores
  id     team    points
  INT64  STRING  FLOAT64
  1      BOS     12.5

  2      "a b"   null
`

func TestALoadIsATable(t *testing.T) {
	tables, _, err := readText("# Scores.\n" + scores + "\nload none\n  x\n  null\n")
	require.NoError(t, err)
	require.Len(t, tables, 2)
	assert.Equal(t, expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "team", Type: expr.String}, {Name: "points", Type: expr.Float64}}, tables[0].Schema)
	assert.Equal(t, [][]expr.Value{
		{mustValue(1), mustValue("BOS"), mustValue(12.5)},
		{mustValue(2), mustValue("a b"), {}},
	}, tables[0].Rows)
	assert.Equal(t, Table{Name: "none", Schema: expr.Schema{{Name: "x", Type: expr.Null}}}, tables[1])
}

func TestRowsAreACaseEach(t *testing.T) {
	_, cases, err := readText("rows scores\n  a/b: TN  points > 10\n\n  # a comment\n")
	require.ErrorContains(t, err, "cases/a.txt:1: rows scores: line 4: write id: TFN predicate")
	assert.Empty(t, cases)
	_, cases, err = readText("rows scores\n  a/b:   TN  points > 10\n\n# a comment\n  a/c: FF points IS NULL AND FALSE\n")
	require.NoError(t, err)
	require.Len(t, cases, 2)
	assert.Equal(t, "a/b", cases[0].id)
	assert.Equal(t, "TN", cases[0].want)
	assert.Equal(t, "scores", cases[0].suites[0].Table)
}

func TestASuiteIsFollowedByWhatIsFound(t *testing.T) {
	_, cases, err := readText("alone a b\n  table: test.scores\n  checks:\n    - key_counts: id\nexpect\n  pass keys\n    pass rows=2\n\n")
	require.NoError(t, err)
	require.Len(t, cases, 1)
	c := cases[0]
	assert.Equal(t, "a b", c.id)
	assert.True(t, c.alone)
	assert.Equal(t, "pass keys\n  pass rows=2", c.want)
	assert.Equal(t, keysProbe{[]string{"id"}}, c.suites[0].Rules[0].Check)
}

func TestAMistakeInACaseFileIsToldWithItsPlace(t *testing.T) {
	suite := "suite s\n  table: test.t\n  checks:\n    - "
	for _, c := range []struct{ name, text, want string }{
		{"unknown section", "lode x\n", `cases/a.txt:1: lode x: unknown section "lode"`},
		{"indented first", "  x\n", "cases/a.txt:1: an indented line stands below no section"},
		{"no type", "load t\n  x\n  INT\n  1\n\nload u\n  x\n  TEXT\n", `cases/a.txt:6: load u: line 8: "TEXT" is no type of a column`},
		{"too few cells", "load t\n  x y\n  INT64 INT64\n  1\n", "cases/a.txt:1: load t: line 4: 1 cells for 2 columns"},
		{"no value", "load t\n  x\n  INT64\n  a\n", "line 4: column x: "},
		{"open text", "load t\n  x\n  STRING\n  \"a\n", "line 4: a text in quotes does not end"},
		{"no columns", "load t\n", "there are no two lines, of the columns' names and of their types"},
		{"loaded twice", scores + scores, "cases/a.txt:7: load scores: the table has no name, or is loaded already"},
		{"no expectation", suite + "key_counts: id\n", "cases/a.txt:1: suite s: expect must follow"},
		{"expectation alone", "expect\n  pass\n", `unknown section "expect"`},
		{"unknown key", suite + "kees: id\nexpect\n", `cases/a.txt:4:7: unknown kind of check "kees"`},
		{"another dataset", "suite s\n  table: nba.t\n  checks: [key_counts: id]\nexpect\n", "the table nba.t is not of the dataset test"},
		{"another answer", suite + "key_counts: id\nexpect letters\n", `unknown "letters" behind expect`},
		{"id twice", strings.Repeat(suite+"key_counts: id\nexpect\n", 2), `the id "s" is empty, or another case has it`},
		{"no such term", suite + "terms: median(x)\n      of: [read: t]\nexpect\n", `"median(x)" is no term: write one of [`},
		{"no such operator", suite + "terms: count()\n      of: [sort: t]\nexpect\n", `unknown key "sort"`},
		{"an operator over nothing", suite + "terms: count()\n      of: [filter: x > 0]\nexpect\n", "a step is one operator, and read or values is the first step and no other"},
		{"read in the midst", suite + "terms: count()\n      of: [read: t, read: u]\nexpect\n", "a step is one operator"},
		{"two operators in one", suite + "terms: count()\n      of: [{read: t, filter: x > 0}]\nexpect\n", "a step is one operator"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(c.text)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

// asked is what the cases that are written down ask an engine for.
func asked(t *testing.T) (terms map[quality.TermOp]bool, operators map[reflect.Type]bool) {
	t.Helper()
	groups, err := readCases(files, "cases")
	require.NoError(t, err)
	var cases []testCase
	for _, g := range groups {
		cases = append(cases, g.cases...)
	}
	terms, operators = map[quality.TermOp]bool{}, map[reflect.Type]bool{}
	for _, c := range cases {
		for _, r := range c.suites[0].Rules {
			switch p := r.Check.(type) {
			case derivedProbe:
				operators[reflect.TypeFor[quality.DerivedNode]()] = true
			case relationProbe:
				for _, term := range p.terms {
					terms[term.Op] = true
				}
				p.of(quality.Read).Walk(func(n quality.RelationNode) { operators[reflect.TypeOf(n)] = true })
			}
		}
	}
	return terms, operators
}

func TestEveryTermHasACase(t *testing.T) {
	terms, _ := asked(t)
	for _, op := range quality.TermOps() {
		assert.True(t, terms[op], "no case in cases/relations.txt asks for the term %s", op)
	}
}

func TestEveryOperatorHasACase(t *testing.T) {
	_, operators := asked(t)
	for _, n := range quality.Operators() {
		assert.True(t, operators[reflect.TypeOf(n)], "no case in cases/relations.txt has the operator %T", n)
	}
}

// What is read is whole, and what cannot be says where.
func FuzzReadCases(f *testing.F) {
	f.Add(scores)
	f.Add("rows scores\n  a: TN points > 1\n")
	f.Add("suite s\n  table: test.t\n  checks: [{terms: count(), of: [read: t, union: [read: u]]}]\nexpect\n  pass terms\n")
	f.Fuzz(func(t *testing.T, text string) {
		tables, cases, err := readText(text)
		if err != nil {
			assert.Contains(t, err.Error(), "cases/a.txt:")
			return
		}
		assert.False(t, slices.ContainsFunc(cases, func(c testCase) bool { return c.id == "" || c.answer == nil }))
		for _, table := range tables {
			for _, row := range table.Rows {
				assert.Len(t, row, len(table.Schema))
			}
		}
	})
}
