package quality

import (
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Nothing that engines are given knows today() or now(): what a request is about has
// the constants of the run's clock in the suite's zone in their place before it is
// pooled, so that suites of two zones share nothing that differs.

// at is a request about the clock's rows.
func (r Request) at(now time.Time, zone *time.Location) Request {
	r.Of = r.Of.at(now, zone)
	r.Rows, r.Where = r.Rows.At(now, zone), r.Where.At(now, zone)
	return r
}

// terms are those of the request's metric at the clock.
func (r Request) terms(now time.Time, zone *time.Location) []Term {
	terms := r.Metric.Terms()
	out := make([]Term, len(terms))
	for i, t := range terms {
		out[i] = t.at(now, zone)
	}
	return out
}

func (t Term) at(now time.Time, zone *time.Location) Term {
	args := make([]expr.Expr, len(t.Args))
	for i, a := range t.Args {
		args[i] = a.At(now, zone)
	}
	t.Args = args
	return t
}

func namedAt(terms []NamedTerm, now time.Time, zone *time.Location) []NamedTerm {
	out := make([]NamedTerm, len(terms))
	for i, t := range terms {
		out[i] = NamedTerm{t.Name, t.Term.at(now, zone)}
	}
	return out
}

func columnsAt(columns []Column, now time.Time, zone *time.Location) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{c.Name, c.Of.At(now, zone)}
	}
	return out
}

// at is the same rows, made with the constants of a clock.
func (r Relation) at(now time.Time, zone *time.Location) Relation {
	switch n := r.node.(type) {
	case FilterNode:
		r.node = FilterNode{n.In.at(now, zone), n.Where.At(now, zone)}
	case ProjectNode:
		r.node = ProjectNode{n.In.at(now, zone), columnsAt(n.Columns, now, zone)}
	case ExpandNode:
		lists := make([][]Column, len(n.Lists))
		for i, list := range n.Lists {
			lists[i] = columnsAt(list, now, zone)
		}
		r.node = ExpandNode{n.In.at(now, zone), lists}
	case UnionNode:
		in := make([]Relation, len(n.In))
		for i, one := range n.In {
			in[i] = one.at(now, zone)
		}
		r.node = UnionNode{in}
	case AggregateNode:
		r.node = AggregateNode{n.In.at(now, zone), columnsAt(n.Keys, now, zone), namedAt(n.Terms, now, zone)}
	case JoinNode:
		n.Left, n.Right = n.Left.at(now, zone), n.Right.at(now, zone)
		r.node = n
	case PreviousNode:
		n.In, n.Values = n.In.at(now, zone), columnsAt(n.Values, now, zone)
		r.node = n
	case RunningNode:
		n.In, n.Terms = n.In.at(now, zone), namedAt(n.Terms, now, zone)
		r.node = n
	case DaysNode:
		n.In, n.From, n.To = n.In.at(now, zone), n.From.At(now, zone), n.To.At(now, zone)
		r.node = n
	}
	return r
}
