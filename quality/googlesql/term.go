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
	quality.OpMean: func(o over, t quality.Term, args []string) string {
		if typ := t.Args[0].Type(); typ == expr.Numeric || typ == expr.BigNumeric {
			return "AVG(CAST(" + o.only(args[0]) + " AS BIGNUMERIC))"
		}
		return "AVG(" + o.only(args[0]) + ")"
	},
	quality.OpVariance: func(o over, t quality.Term, args []string) string { return "VAR_SAMP(" + o.float(t, args) + ")" },
	quality.OpStdDev:   func(o over, t quality.Term, args []string) string { return "STDDEV_SAMP(" + o.float(t, args) + ")" },
	quality.OpDistinct: func(o over, t quality.Term, args []string) string {
		return "COUNT(DISTINCT " + o.only(grouped(args[0], t.Args[0].Type())) + ")"
	},
	quality.OpLargest: func(o over, _ quality.Term, args []string) string {
		both := over{"(" + args[1] + " IS NOT NULL)"}
		if o.filter != "" {
			both.filter = o.filter + " AND " + both.filter
		}
		return "ARRAY_AGG(" + both.only(args[0]) + " IGNORE NULLS ORDER BY " + args[1] + " DESC, " + args[0] + " LIMIT 1)[SAFE_OFFSET(0)]"
	},
}

// term is a term over some rows of the projection.
func (p *projection) term(t quality.Term, o over) string {
	if t.Op == quality.OpFirst {
		return p.first(t, o)
	}
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

// float is the argument of a term whose value is FLOAT64.
func (o over) float(t quality.Term, args []string) string {
	if typ := t.Args[0].Type(); typ == expr.Float64 || typ == expr.Null {
		return o.only(args[0])
	}
	return "CAST(" + o.only(args[0]) + " AS FLOAT64)"
}

// only is a value that is NULL for all other rows.
func (o over) only(value string) string {
	if o.filter == "" {
		return value
	}
	return "IF(" + o.filter + ", " + value + ", NULL)"
}
