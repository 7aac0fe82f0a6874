package rawsql

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each is one expression by GoogleSQL's reference.
func TestOneExpression(t *testing.T) {
	for _, text := range []string{
		"TRUE",
		" minutes > 0 AND (is_dnp IS NOT TRUE) ",
		"MOD(points, 2) = 0 -- even",
		"MOD(points, 2) = 0 # even",
		"points /* of the game; all ( of them */ > 0",
		"a = ';' AND b = '--' AND c = '/*' AND d = '#'",
		`a = 'it\'s;' AND b = "say \";\""`,
		`REGEXP_CONTAINS(id, r'^\d{8}_\'(')`,
		"id IN (b'\\x00;', rb'(', BR\"\"\"(\n;\"\"\")",
		"a = '''it's; \"\n''' OR a = \"\"\"it's ''';\n\"\"\"",
		`a = """\""";"""`,
		"r'\\\n;' = rb'\\\r\n;'",
		"'' = '' AND \"\" = \"\" AND '''''' = \"\"\"\"\"\"",
		"`a;b` > 0 AND `(` IS NULL AND `\\`` = 1",
		"season IN (SELECT season FROM nba.seasons WHERE points > 0)",
		"EXISTS (SELECT 1)",
		"(SELECT TRUE)",
		"WITH (a AS 1, a > 0)",
		"d IN UNNEST(STRUCT<a ARRAY<INT64>, b DATE>([1], NULL).a)",
		"STRUCT<a RANGE<DATE>, b INT64>(NULL, 1).b = 1",
		"a < 5 AND 5 > a AND a << 1 >> 1 = a",
		"[1, 2][OFFSET(0)] = 1",
		"@@time_zone = 'UTC'",
		"update IS NULL OR delete > 0",
		"begin",
		"load LIKE '%x'",
		"größe > 0 AND `日付` IS NULL",
		"a > 0\r\nAND b > 0",
		"a = '\u2028' -- \u2028 ends no line",
	} {
		assert.NoError(t, Expression(text), text)
	}
}

func TestWhatIsNoOneExpression(t *testing.T) {
	for _, tt := range []struct {
		text   string
		offset int
		reason string
	}{
		{"", 0, "nothing in it"},
		{" -- nothing\n", 0, "nothing in it"},
		{"TRUE;", 4, "a semicolon ends the statement"},
		{"a > 0 -- x\n; SELECT 1", 11, "a semicolon"},
		{"'a\\\\' = b; SELECT 'c'", 9, "a semicolon"},
		{"r'\\\\';''", 5, "a semicolon"},
		{"''';''' = ''; SELECT ''", 12, "a semicolon"},
		{"/* /* */ ; */", 9, "a semicolon"},
		{"TRUE) OR (TRUE", 4, ") closes nothing"},
		{"(TRUE", 0, "( is not closed"},
		{"f(a[0)]", 5, ") does not close ["},
		{"STRUCT<a INT64", 6, "< is not closed"},
		{"a = 'x", 4, "' is not closed"},
		{"a = 'x\n' OR b = 'y", 4, "' is not closed on its line"},
		{"a = r'x\\\n\n' OR b = 'y'", 5, "' is not closed on its line"},
		{"a = '''x'", 4, "''' is not closed"},
		{`a = r'\'`, 5, "' is not closed"},
		{"`a > 0", 0, "` is not closed"},
		{"a > 0 /* and", 6, "the comment that begins here is not closed"},
		{"a > 0 */", 6, "*/ closes no comment"},
		{"a > 0 /* b */ */", 14, "*/ closes no comment"},
		{"a > 0 /*/", 6, "the comment that begins here is not closed"},
		{"TRUE, FALSE", 4, "separates two expressions"},
		{"SELECT TRUE", 0, "SELECT begins a statement"},
		{"/* first */ select 1", 12, "select begins a statement"},
		{"WITH a AS (SELECT 1) SELECT * FROM a", 0, "WITH begins a statement"},
		{"FROM nba.games", 0, "FROM begins a statement"},
		{"DELETE FROM nba.games WHERE TRUE", 0, "DELETE begins a statement"},
		{"DROP TABLE nba.games", 0, "DROP begins a statement"},
		{"update `nba.games` SET a = 1", 0, "update begins a statement"},
		{"a > @least", 4, "a parameter has no value here"},
		{"a > ?", 4, "a parameter has no value here"},
		{"a > 0 -- x\r; b", 10, "a carriage return stands alone"},
		{"a = 'x\x00'", 6, "the control character U+0000"},
		{"a > 0 \xff", 6, "not UTF-8"},
	} {
		err := Expression(tt.text)
		var refused *Error
		require.ErrorAs(t, err, &refused, tt.text)
		assert.Contains(t, refused.Reason, tt.reason, tt.text)
		assert.Equal(t, tt.offset, refused.Offset, tt.text)
	}
}

func TestOneSelect(t *testing.T) {
	for text, reason := range map[string]string{
		"SELECT 1": "",
		"-- rows\nselect a, b FROM t WHERE a > @p": "",
		"WITH a AS (SELECT 1) SELECT * FROM a":     "",
		"SELECT */* all of them */ FROM a":         "",
		"SELECT ';' UNION ALL (SELECT '--')":       "",
		"":                                         "nothing in it",
		"DELETE FROM t WHERE TRUE":                 "DELETE begins no query",
		"`SELECT` 1":                               "`SELECT` begins no query",
		"(SELECT 1)":                               "( begins no query",
		"SELECT 1;":                                "a semicolon",
		"SELECT 1) AS a; SELECT (1":                ") closes nothing",
		"SELECTED":                                 "SELECTED begins no query",
		"BEGIN TRANSACTION":                        "BEGIN begins no query",
		"/* SELECT */ CREATE TABLE t AS SELECT 1":  "CREATE begins no query",
	} {
		err := Select(text)
		if reason == "" {
			assert.NoError(t, err, text)
			continue
		}
		assert.ErrorContains(t, err, reason, text)
	}
}

func TestNames(t *testing.T) {
	assert.Equal(t, []string{"team", "IN", "a b", "AND", "SELECT", "t", "city", "FROM"},
		Names("team IN ('BOS;', `a b`) -- season\n AND /* points */ team = (SELECT t.city FROM `t`)"))
	assert.Nil(t, Names("a > 0;"))
}

// Whatever is accepted leaves nothing open: what is put behind it, on a line of
// its own, is read as what it is.
func FuzzExpression(f *testing.F) {
	for _, s := range []string{"a = 'x'", `'''\''''`, "r'\\'", "`a` -- b", "/* ' */ # '", "f(a[1], {", "\"\"\"'\"\"\"", "a'''b\n'c'''", "x; y", "WITH (a AS 1, a)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		err := Expression(text)
		var refused *Error
		if err != nil {
			if !errors.As(err, &refused) || refused.Offset < 0 || refused.Offset > len(text) || refused.Reason == "" {
				t.Fatalf("%q is refused as %#v", text, err)
			}
			return
		}
		within := "(" + text + "\n)"
		if err := Expression(within); err != nil {
			t.Fatalf("%q in parentheses: %v", text, err)
		}
		if err := Expression(within + " AND " + within); err != nil {
			t.Fatalf("%q twice: %v", text, err)
		}
		for _, behind := range []string{";", ")", "'", "`", "/*", "\"\"\"", "("} {
			if Expression(text+"\n"+behind) == nil {
				t.Fatalf("%q swallows %s", text, behind)
			}
		}
		if strings.Contains(text, "\x00") {
			t.Fatalf("%q holds a control character", text)
		}
	})
}
