package checks

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// The columns of values that are ranked, beside how many rows of either side have one.
const (
	ranked     = "each()"
	ourSoFar   = "our so far()"
	theirSoFar = "so far()"
	ourTotal   = "our total()"
	theirTotal = "total()"
)

// ranked has each populated value of a column, of the judged rows and the baseline's,
// once in each segment: how many rows of either have it, how many have no greater one,
// and how many there are.
func (t stretches) ranked(s quality.Scope, column string) quality.Relation {
	const all, isJudged = "all()", "judged()"
	cast := func(x expr.Expr) expr.Expr { return x }
	here, _ := t.judged.schema.Field(column)
	if there, _ := t.whole.schema.Field(column); unlike(here.Type, there.Type) {
		cast = func(x expr.Expr) expr.Expr { return x.Cast(expr.Float64) }
	}
	side := func(t stretch, judged bool) quality.Relation {
		columns := append(s.Groups(), quality.As(ranked, cast(value(column, t.schema))), quality.As(isJudged, expr.Lit(judged)), quality.As(all, expr.Lit(1)))
		return t.rows(s).Project(columns...)
	}
	keys := append(slices.Clone(s.By), all) // of which there is one without by, too
	values := quality.Union(side(t.judged, true), side(t.whole, false)).Filter(expr.Col(ranked).IsNotNull()).
		Aggregate(quality.Columns(append(slices.Clone(keys), ranked)...),
			quality.CountWhere(expr.Col(isJudged)).Named(ourRows), quality.CountWhere(expr.Col(isJudged).Not()).Named(theirRows))
	sum := func(of, as string) quality.NamedTerm { return quality.SumOf(expr.Col(of)).Named(as) }
	return values.Running(keys, []string{ranked}, sum(ourRows, ourSoFar), sum(theirRows, theirSoFar)).
		Join(quality.LeftJoin, values.Aggregate(quality.Columns(keys...), sum(ourRows, ourTotal), sum(theirRows, theirTotal)), quality.Equal(keys...)...)
}

// tallied is a count that was added.
func tallied(column string) expr.Expr { return expr.Col(column).Cast(expr.Int64) }
