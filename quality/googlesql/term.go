package googlesql

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// bodies are the terms over some rows, as GoogleSQL.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions
var bodies = map[quality.TermOp]func(o over, t quality.Term, args []string) string{
	quality.OpCount: func(o over, _ quality.Term, _ []string) string { return o.rows() },
	quality.OpCountIf: func(o over, t quality.Term, args []string) string {
		if t.Args[0].AlwaysTrue() {
			return o.rows()
		}
		return o.countIf(args[0])
	},
	quality.OpSum: func(o over, t quality.Term, args []string) string {
		if typ := t.Args[0].Type(); typ == expr.Float64 || typ == expr.Null {
			return "SUM(" + o.only(args[0]) + ")"
		}
		return "SUM(CAST(" + o.only(args[0]) + " AS BIGNUMERIC))"
	},
	quality.OpMin: func(o over, _ quality.Term, args []string) string { return "MIN(" + o.only(args[0]) + ")" },
	quality.OpMax: func(o over, _ quality.Term, args []string) string { return "MAX(" + o.only(args[0]) + ")" },
}

// term is a term over some rows of the projection.
func (p *projection) term(t quality.Term, o over) string {
	body, ok := bodies[t.Op]
	if !ok {
		return p.w.fail(fmt.Errorf("the term %s cannot be written as GoogleSQL", t.Op))
	}
	args := make([]string, len(t.Args))
	for i, a := range t.Args {
		switch {
		case t.Op == quality.OpCountIf && a.AlwaysTrue():
		case t.Op == quality.OpCountIf:
			args[i] = p.predicate(a)
		default:
			args[i] = p.item("v", p.w.typed(a, expr.Float64))
		}
	}
	return body(o, t, args)
}

// over is the rows that a term is over: those where a filter of the projection is
// TRUE, or all of them.
type over struct{ filter string }

func (o over) rows() string {
	if o.filter == "" {
		return "COUNT(*)"
	}
	return "COUNTIF(" + o.filter + ")"
}

func (o over) countIf(predicate string) string {
	if o.filter == "" {
		return "COUNTIF(" + predicate + ")"
	}
	return "COUNTIF(" + o.filter + " AND " + predicate + ")"
}

// only is a value that is NULL for all other rows.
func (o over) only(value string) string {
	if o.filter == "" {
		return value
	}
	return "IF(" + o.filter + ", " + value + ", NULL)"
}
