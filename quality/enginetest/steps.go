package enginetest

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var termsKind = suitefile.Kind{
	Name: "terms", Doc: "Tells the values of terms over rows that are made from rows.",
	New: func() suitefile.Draft {
		var p relationProbe
		var of pipeline
		return suitefile.Draft{
			Value: form.OneOrMore(func() form.Form { return term(func(t quality.Term) { p.terms = append(p.terms, t) }) }),
			Keys:  []form.Key{{Name: "of", Doc: "The rows: read and the operators above it, one below the other.", Form: of.form(), Required: true}},
			Check: func() quality.Check {
				p.of = of.relation
				return p
			},
		}
	},
}

// term is one as Term.Key writes it: sum(points).
func term(take func(quality.Term)) form.Form {
	return text(func(n form.Node, written string) {
		op, args, opened := strings.Cut(written, "(")
		args, closed := strings.CutSuffix(args, ")")
		t := quality.Term{Op: quality.TermOp(op)}
		if !opened || !closed || !slices.Contains(quality.TermOps(), t.Op) {
			n.Fail("%q is no term: write one of %v and its arguments, as in sum(points)", written, quality.TermOps())
			return
		}
		parts := []string{args}
		switch {
		case args == "":
			parts = nil
		case t.Class() == quality.Keyed, t.Op == quality.OpLargest, t.Op == quality.OpFirst:
			parts = strings.Split(args, ", ")
		}
		for _, part := range parts {
			e, err := expr.ParseExpr(part)
			if err != nil {
				n.Fail("%w", err)
			}
			t.Args = append(t.Args, e)
		}
		take(t)
	})
}

// step is an operator over the rows of the step before, which a leaf has none of.
type step struct {
	leaf bool
	make func(in quality.Relation, r read) quality.Relation
}

// pipeline is the steps to a relation.
type pipeline struct{ steps []step }

func (p *pipeline) relation(r read) quality.Relation {
	var out quality.Relation
	for _, s := range p.steps {
		out = s.make(out, r)
	}
	return out
}

// form is a list of steps, each a map of one operator.
func (p *pipeline) form() form.Form {
	return form.Form{Schema: anything, Read: form.List(func() form.Form {
		return form.Form{Schema: anything, Read: p.read}
	}).Read}
}

func (p *pipeline) read(n form.Node) {
	before := n.Mistakes()
	var made []step
	n.ReadKeys(operators(&made))
	switch {
	case n.Mistakes() > before:
	case len(made) != 1 || made[0].leaf != (len(p.steps) == 0):
		n.Fail("a step is one operator, and read or values is the first step and no other")
	default:
		p.steps = append(p.steps, made[0])
	}
}

// operators are the steps that there are; the one that stands in a map is made.
func operators(made *[]step) []form.Key {
	var table, join, day string
	var where, from, to expr.Expr
	var columns, keys, before []quality.Column
	var lists []*[]quality.Column
	var terms []quality.NamedTerm
	var other pipeline
	var on []quality.On
	var partition, order []string
	var literal Table
	add := func(name string, f form.Form, leaf bool, apply func(quality.Relation, read) quality.Relation) form.Key {
		return form.Key{Name: name, Form: form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*made = append(*made, step{leaf, apply})
		}}}
	}
	leaf := func(name string, f form.Form, apply func(read) quality.Relation) form.Key {
		return add(name, f, true, func(_ quality.Relation, r read) quality.Relation { return apply(r) })
	}
	over := func(name string, f form.Form, apply func(quality.Relation) quality.Relation) form.Key {
		return add(name, f, false, func(in quality.Relation, _ read) quality.Relation { return apply(in) })
	}
	window := func(added form.Key) form.Form {
		return form.Map(
			form.Key{Name: "partition", Form: form.Texts(&partition)},
			form.Key{Name: "order", Form: form.Texts(&order), Required: true},
			added,
		)
	}
	return []form.Key{
		leaf("read", form.Text(&table), func(r read) quality.Relation { return r(table) }),
		leaf("values", literalRows(&literal), func(read) quality.Relation { return quality.Values(literal.Schema, literal.Rows...) }),
		over("filter", suitefile.Expr(&where), func(in quality.Relation) quality.Relation { return in.Filter(where) }),
		over("project", defined(&columns), func(in quality.Relation) quality.Relation { return in.Project(columns...) }),
		over("expand", form.List(func() form.Form {
			lists = append(lists, new([]quality.Column))
			return defined(lists[len(lists)-1])
		}), func(in quality.Relation) quality.Relation {
			var all [][]quality.Column
			for _, l := range lists {
				all = append(all, *l)
			}
			return in.Expand(all...)
		}),
		add("union", other.form(), false, func(in quality.Relation, r read) quality.Relation {
			return quality.Union(in, other.relation(r))
		}),
		over("aggregate", form.Map(
			form.Key{Name: "by", Form: defined(&keys)},
			form.Key{Name: "terms", Form: namedTerms(&terms)},
		), func(in quality.Relation) quality.Relation { return in.Aggregate(keys, terms...) }),
		add("join", form.Map(
			form.Key{Name: "kind", Form: form.Choice(&join, "inner", "left", "anti", "full"), Required: true},
			form.Key{Name: "on", Form: form.Dict(func(left string) form.Form {
				return text(func(n form.Node, right string) { on = append(on, quality.On{Left: left, Right: right}) })
			}), Required: true},
			form.Key{Name: "right", Form: other.form(), Required: true},
		), false, func(in quality.Relation, r read) quality.Relation {
			return in.Join(quality.JoinKind(join), other.relation(r), on...)
		}),
		over("previous", window(form.Key{Name: "values", Form: defined(&before), Required: true}),
			func(in quality.Relation) quality.Relation { return in.Previous(partition, order, before...) }),
		over("running", window(form.Key{Name: "terms", Form: namedTerms(&terms), Required: true}),
			func(in quality.Relation) quality.Relation { return in.Running(partition, order, terms...) }),
		over("days", form.Map(
			form.Key{Name: "name", Form: form.Text(&day), Required: true},
			form.Key{Name: "from", Form: suitefile.Expr(&from), Required: true},
			form.Key{Name: "to", Form: suitefile.Expr(&to), Required: true},
		), func(in quality.Relation) quality.Relation { return in.Days(day, from, to) }),
	}
}

// defined are columns by name and what they are computed from.
func defined(into *[]quality.Column) form.Form {
	return form.Dict(func(name string) form.Form {
		var of expr.Expr
		f := suitefile.Expr(&of)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, quality.As(name, of))
		}}
	})
}

func namedTerms(into *[]quality.NamedTerm) form.Form {
	return form.Dict(func(name string) form.Form {
		return term(func(t quality.Term) { *into = append(*into, t.Named(name)) })
	})
}

// literalRows are lines as those of a load.
func literalRows(into *Table) form.Form {
	return text(func(n form.Node, s string) {
		if err := into.read(section{body: strings.Split(s, "\n")}); err != nil {
			n.Fail("%w", err)
		}
	})
}

func text(take func(form.Node, string)) form.Form {
	return form.Form{Schema: anything, Read: func(n form.Node) {
		if s, ok := n.Text(); ok {
			take(n, s)
		}
	}}
}

// anything is a schema for no editor: case files are in none.
var anything = form.Text(new(string)).Schema
