// Package rawsql says of GoogleSQL that somebody wrote by hand whether it is what
// it is taken for, one expression or one SELECT statement, before it becomes part
// of a statement of ours. It does not parse: it cuts the text into the tokens of
// GoogleSQL, so that a bracket or a semicolon within a literal or a comment is not
// taken for one, and leaves to the service whether they mean anything.
//
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
package rawsql

import (
	"slices"
	"strings"
)

// Error is what a text is refused for, and where.
type Error struct {
	Offset int // in bytes, from 0
	Reason string
}

func (e *Error) Error() string { return e.Reason }

// Expression refuses, by an *Error, what is not one expression: what could end the
// parentheses that it is put into, or the statement, and what begins another one.
// The closing parenthesis must stand on a line of its own, for the expression may
// end in a comment.
func Expression(text string) error {
	tokens, err := scan(text)
	if err != nil {
		return err
	}
	first := tokens[0]
	if begins(tokens) {
		return first.refused("%s begins a statement: write one expression, and a query in it in parentheses", first.text)
	}
	for i, t := range tokens {
		switch {
		case t.depth == 0 && t.text == ",":
			return t.refused("a comma outside of brackets separates two expressions: write one")
		case t.text == "?", t.parameter(tokens, i):
			return t.refused("a parameter has no value here: write the value")
		}
	}
	return nil
}

// Select refuses, by an *Error, what is not one query statement: its first word is
// SELECT or WITH, and nothing comes after it.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax
func Select(text string) error {
	tokens, err := scan(text)
	if err != nil {
		return err
	}
	if first := tokens[0]; !first.is("SELECT", "WITH") {
		return first.refused("%s begins no query: the first word is SELECT or WITH", first.text)
	}
	return nil
}

// Query is [Select] for a text whose parameters are named: it returns their names, each
// once, as they are written.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#named_query_parameters
func Query(text string) ([]string, error) {
	if err := Select(text); err != nil {
		return nil, err
	}
	tokens, err := scan(text)
	var out []string
	for i, t := range tokens {
		if t.text == "?" {
			return nil, t.refused("a parameter has no name here: write @from or @to")
		}
		if t.parameter(tokens, i) {
			if name := strings.Trim(tokens[i+1].text, "`"); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out, err
}

// parameter reports whether the token at a place begins one, and no system variable.
func (t token) parameter(tokens []token, i int) bool {
	return t.text == "@" && i+1 < len(tokens) && tokens[i+1].named() && (i == 0 || tokens[i-1].text != "@")
}

// Names are the words and quoted names of a text that [Expression] accepts, each
// once: what it reads of a table is among them.
func Names(text string) []string {
	tokens, err := scan(text)
	if err != nil {
		return nil
	}
	var out []string
	for _, t := range tokens {
		if name := strings.Trim(t.text, "`"); t.named() && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// The first words of statements. Those that are not reserved can be columns.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#reserved_keywords
var (
	reservedVerbs = []string{"SELECT", "FROM", "MERGE", "CREATE", "SET"}
	verbs         = []string{
		"ABORT", "ALTER", "ANALYZE", "ASSERT", "BEGIN", "CALL", "CLONE", "COMMIT", "DECLARE", "DEFINE", "DELETE", "DESCRIBE",
		"DROP", "EXECUTE", "EXPLAIN", "EXPORT", "GRANT", "IMPORT", "INSERT", "LOAD", "RAISE", "RENAME", "REVOKE", "ROLLBACK",
		"RUN", "SHOW", "START", "TRUNCATE", "UNDROP", "UPDATE",
	}
	// operators are the words that can stand behind a column in an expression.
	operators = []string{"AND", "OR", "NOT", "IS", "IN", "LIKE", "BETWEEN"}
)

// begins reports whether the tokens begin a statement. WITH is an expression, too:
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#with_expression
func begins(tokens []token) bool {
	first, second := tokens[0], token{}
	if len(tokens) > 1 {
		second = tokens[1]
	}
	switch {
	case first.is("WITH"):
		return second.text != "("
	case first.is(reservedVerbs...):
		return true
	}
	return first.is(verbs...) && second.named() && !second.is(operators...)
}

func (t token) is(words ...string) bool {
	if t.kind != word {
		return false
	}
	for _, w := range words {
		if strings.EqualFold(t.text, w) {
			return true
		}
	}
	return false
}

// named reports whether the token is a name or a keyword.
func (t token) named() bool { return t.kind == word || t.kind == quotedName }
