package checks

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Crosswalk is a table that translates values: From is what the suite's table says,
// To what the other one does.
type Crosswalk struct{ Table, From, To string }

// What a crosswalk tells of a row of the suite's table, beside the columns.
const (
	lacking   = "lacking()"   // a column of it is in no crosswalk
	ambiguous = "ambiguous()" // or there more than once
)

// crosswalks are the columns that one translates.
func (a Against) crosswalks(columns []string) []string {
	return slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return a.mapping(c).By.Table == "" })
}

// ours is the judged rows of the suite's table, with columns as the other table says
// them: NULL where the crosswalk does not say what they are.
func (a Against) ours(s quality.Scope, columns []string) quality.Relation {
	rows := s.Judged()
	var lacks, twice []expr.Expr
	for i, column := range a.crosswalks(columns) {
		by := a.mapping(column).By
		found, to, from := fmt.Sprintf("found(%s)", column), fmt.Sprintf("to(%s)", column), fmt.Sprintf("from(%s)", column)
		entries := s.Others[1+i].Aggregate([]quality.Column{quality.As(from, expr.Col(by.From))},
			quality.CountRows().Named(found), quality.MaxOf(expr.Col(by.To)).Named(to))
		rows = rows.Join(quality.LeftJoin, entries, quality.On{Left: column, Right: from})
		lacks = append(lacks, expr.Col(column).IsNotNull().And(expr.Col(to).IsNull()))
		twice = append(twice, expr.Coalesce(expr.Col(found), 0).Gt(1))
	}
	if len(lacks) == 0 {
		return rows
	}
	lack := expr.AnyOf(lacks...)
	told := []quality.Column{quality.As(lacking, lack), quality.As(ambiguous, expr.AnyOf(twice...).And(lack.Not()))}
	for _, column := range a.crosswalks(columns) {
		found, to := fmt.Sprintf("found(%s)", column), fmt.Sprintf("to(%s)", column)
		told = append(told, quality.As(column, expr.If(expr.Col(found).Eq(1), expr.Col(to), nil)))
	}
	return rows.Project(told...)
}
