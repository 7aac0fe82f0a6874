package audit

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// shown are the columns by which a row is told from others.
func (c Stored) shown() []string { return append([]string{c.Keys.At}, c.Keys.Entity...) }

// first is the first row, as its values.
type first struct{ term quality.Term }

func (f first) Terms() []quality.Term { return []quality.Term{f.term} }

func (f first) Read(_ int64, values []expr.Value) (any, error) {
	return f.term.Rows(values[0])
}

// example asks for the first leak of a column whose window has a value.
func (c Stored) example(s quality.Scope, column int) quality.Request {
	schema, _ := c.derivation(s).Schema([]expr.Schema{s.Schema}) // its mistake is told once, by Requests
	stored := c.Columns[column].Name
	var values []expr.Expr
	for _, name := range append(c.shown(), stored, recomputedColumn(stored)) {
		bound, err := expr.Col(name).Bind(schema) // the value says no types
		if err != nil {
			bound = expr.Lit(nil)
		}
		values = append(values, bound)
	}
	leaks := expr.Col(classColumn(stored)).Eq(int64(Leak)).And(expr.Col(recomputedColumn(stored)).IsNotNull())
	return quality.Request{Of: c.relation(s), Where: leaks, Metric: first{quality.FirstRows(1, values...)}}
}

// exampleText tells of it.
func exampleText(m quality.Measured, example quality.Request, seg quality.Segment) string {
	rows, err := quality.Get[[][]expr.Value](m, example, seg)
	if err != nil || len(rows) == 0 {
		return ""
	}
	row := rows[0]
	n := len(row)
	var key []string
	for _, v := range row[1 : n-2] {
		key = append(key, v.String())
	}
	return fmt.Sprintf("; first: %s %s stored %s, recomputed %s", strings.Join(key, ", "), row[0], row[n-2], row[n-1])
}

// AtFault are the rows with values that are not right.
func (c Stored) AtFault(s quality.Scope) ([]quality.Fault, error) {
	var out []quality.Fault
	if !c.shows(s) {
		return out, nil
	}
	for _, column := range c.Columns {
		class := expr.Col(classColumn(column.Name))
		of := c.relation(s).Project(quality.As("class", named(class)),
			quality.As("recomputed", expr.Col(recomputedColumn(column.Name))), quality.As("window", expr.Col(reasonColumn(column.Name))))
		show := append(c.shown(), column.Name, "class", "recomputed", "window")
		is := func(classes ...Class) expr.Expr {
			var values []any
			for _, c := range classes {
				values = append(values, int64(c))
			}
			return class.In(values...)
		}
		faults := quality.FaultsOf(column.Name, is(Right), is(Right, RightlyNull).Not(), quality.OrAll(c.Bounds), show...)
		faults = append(faults, quality.FaultsOf(leakOf(column.Name), is(Leak), is(Leak).Not(), c.leak(), show...)...)
		for _, f := range faults {
			f.Of, f.Name = of, "windows"
			out = append(out, f)
		}
	}
	return out, nil
}

// named is the word for a class.
func named(class expr.Expr) expr.Expr {
	out := expr.Lit(Wrong.String())
	for _, c := range Classes() {
		if c != Wrong {
			out = expr.If(class.Eq(int64(c)), c.String(), out)
		}
	}
	return out
}
