package expr

import (
	"errors"

	"github.com/intactdata/intact/quality/internal/rawsql"
)

// ParseRawSQL takes a GoogleSQL predicate that is passed on as it is, once it is
// sure to be one expression: its brackets, literals and comments are closed, and
// nothing in it ends the statement or begins another. Whether it means anything is
// for the engine to say. The error is a *SyntaxError.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
func ParseRawSQL(sql string) (Expr, error) {
	if err := rawsql.Expression(sql); err != nil {
		return Expr{}, syntaxError(sql, err)
	}
	return Expr{RawExpr{SQL: sql}}, nil
}

// namedIn are the columns that raw SQL names, and so may read. One of two that
// differ in case alone cannot be read by name.
func namedIn(sql string, s Schema) []string {
	var out []string
	for _, name := range rawsql.Names(sql) {
		if f, err := s.Field(name); err == nil && !Named(out, f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

func syntaxError(sql string, err error) error {
	var at *rawsql.Error
	if !errors.As(err, &at) {
		return err
	}
	return &SyntaxError{sql, at.Offset, at.Reason}
}

// Mistake is the first one that was made in building the expression.
func (e Expr) Mistake() error {
	var first error
	e.Walk(func(n Node) {
		if first != nil {
			return
		}
		switch n := n.(type) {
		case invalidExpr:
			first = n.err
		case CallExpr:
			f, err := functionNamed(n.Name)
			if first = err; err == nil {
				first = f.check(n)
			}
		}
	})
	return first
}
