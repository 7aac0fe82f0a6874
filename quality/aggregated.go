package quality

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Aggregated is an expression over groups of rows: over their keys, and over terms, of
// which each is a column by its name.
type Aggregated struct {
	Of    expr.Expr
	Terms []NamedTerm
}

// aggregates are the terms that ParseAggregated knows, by name, of one value or of none.
var aggregates = map[string]func(of expr.Expr) Term{
	"sum": SumOf, "min": MinOf, "max": MaxOf, "mean": MeanOf, "variance": VarianceOf, "stddev": StdDevOf, "distinct": DistinctOf,
}

// ParseAggregated reads an expression in which count(), count_if(p), sum(x), min(x),
// max(x), mean(x), variance(x), stddev(x) and distinct(x) may stand, and each of one
// value with _if over the rows where a predicate is TRUE:
//
//	max(line) = max_if(line, is_active)
//
// The error is an [*expr.SyntaxError].
func ParseAggregated(text string) (Aggregated, error) {
	var out Aggregated
	named := func(t Term) (expr.Expr, error) {
		for _, a := range t.Args {
			for _, c := range a.Columns() {
				if slices.ContainsFunc(out.Terms, func(t NamedTerm) bool { return t.Name == c }) {
					return expr.Expr{}, fmt.Errorf("%s stands within another aggregate, and there is none of groups", c)
				}
			}
		}
		name := t.Key()
		if !slices.ContainsFunc(out.Terms, func(t NamedTerm) bool { return t.Name == name }) {
			out.Terms = append(out.Terms, t.Named(name))
		}
		return expr.Col(name), nil
	}
	calls := map[string]func([]expr.Expr) (expr.Expr, error){}
	call := func(name, takes string, values int, term func([]expr.Expr) Term) {
		calls[name] = func(args []expr.Expr) (expr.Expr, error) {
			if len(args) != values {
				return expr.Expr{}, fmt.Errorf("%s takes %s", name, takes)
			}
			return named(term(args))
		}
	}
	call("count", "nothing: it counts rows; write count_if(x IS NOT NULL) for values", 0, func([]expr.Expr) Term { return CountRows() })
	call("count_if", "a predicate", 1, func(args []expr.Expr) Term { return CountWhere(args[0]) })
	for _, name := range slices.Sorted(maps.Keys(aggregates)) {
		of := aggregates[name]
		call(name, "1 value", 1, func(args []expr.Expr) Term { return of(args[0]) })
		call(name+"_if", "a value and a predicate", 2, func(args []expr.Expr) Term { return of(expr.If(args[1], args[0], nil)) })
	}
	var err error
	out.Of, err = expr.ParseExprWith(text, calls)
	return out, err
}

// String is the expression with its aggregates as they are written without quotes.
func (a Aggregated) String() string {
	text := a.Of.String()
	for _, t := range a.Terms {
		text = strings.ReplaceAll(text, expr.Col(t.Name).String(), t.Name)
	}
	return text
}
