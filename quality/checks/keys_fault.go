package checks

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// AtFault are the keys that are due and have no row.
func (c Cover) AtFault(s quality.Scope) ([]quality.Fault, error) {
	k := c.keys()
	return k.atFault(s, c.Bounds, k.missingKeys(s)), nil
}

// AtFault are the table's keys that the other one has not.
func (c Only) AtFault(s quality.Scope) ([]quality.Fault, error) {
	k := c.keys()
	return k.atFault(s, c.Bounds, k.unexpectedKeys(s, "unexpected keys")), nil
}

// AtFault are the keys of one side only.
func (c Equal) AtFault(s quality.Scope) ([]quality.Fault, error) {
	k := c.keys()
	return k.atFault(s, c.Bounds, k.missingKeys(s), k.unexpectedKeys(s, "unexpected keys")), nil
}

// AtFault are the table's keys that the other one has not.
func (c Match) AtFault(s quality.Scope) ([]quality.Fault, error) {
	k := c.keys()
	return k.atFault(s, c.Bounds, k.unexpectedKeys(s, "keys without a match")), nil
}

// AtFault are the due dates without rows.
func (c Grid) AtFault(s quality.Scope) ([]quality.Fault, error) {
	g, err := c.over(s)
	return []quality.Fault{{Name: "missing dates", Of: g.relation, Where: g.missing(), Columns: g.key}}, err
}

// AtFault are the keys of both sides whose copies differ in a pair, with what they say
// here and there, and those of one side only.
func (c Compare) AtFault(s quality.Scope) ([]quality.Fault, error) {
	k := c.keys()
	var out []quality.Fault
	if !c.BothOnly {
		out = k.oneSidedKeys(s)
	}
	for i, p := range c.Pairs {
		here, there := quality.As(p.Column, c.oddest(i, ours, theirs)), quality.As(calledThere(p.Column, p.to()), c.oddest(i, theirs, ours))
		out = append(out, k.disagreeing(s, p.Column, c.agrees(i), c.Bounds, here, there)...)
	}
	return out, nil
}

// oddest is the value of a side's copies that is most likely to differ from the other's:
// NULL where only this side has one, else the least, or the greatest where the least are
// the same.
func (c Compare) oddest(i int, its, other side) expr.Expr {
	column := func(of string, where side) expr.Expr { return expr.Col(pairColumn(of, i, where)) }
	values := expr.If(column("least", its).Eq(column("least", other)), column("most", its), column("least", its))
	return expr.If(column("null", its).Gt(0).And(column("null", other).Eq(0)), nil, values)
}

// AtFault are the groups of both sides whose measures differ, and those of one side only.
func (c Reconcile) AtFault(s quality.Scope) ([]quality.Fault, error) {
	k := c.keys(s)
	here, there := string(c.Measure.Of), string(c.Measure.Of)+"_there"
	if name := c.Measure.Column; name != "" {
		here, there = here+"_of_"+name, here+"_of_"+calledThere(name, c.with())
	}
	return append(k.oneSidedKeys(s), k.disagreeing(s, c.subject(), c.agrees(), c.Bounds,
		quality.As(here, expr.Col(ourMeasure)), quality.As(there, expr.Col(theirMeasure)))...), nil
}

// calledThere names what the other table has for a column, as BigQuery names columns: it
// takes no expression for one.
// https://cloud.google.com/bigquery/docs/schemas#column_names
func calledThere(column string, to expr.Expr) string {
	if c, ok := to.Node().(expr.ColumnExpr); ok {
		column = c.Name
	}
	return column + "_there"
}

// oneSidedKeys are those of oneSided.
func (k keys) oneSidedKeys(s quality.Scope) []quality.Fault {
	missing := k.missingKeys(s)
	if len(s.By) > 0 { // they are in no segment
		missing.Subject, missing.By = k.of.Table, []string{}
	}
	return []quality.Fault{missing, k.unexpectedKeys(s, "unexpected keys")}
}

// disagreeing are the keys of both sides for which something does not hold, or does
// where it holds for too many, with columns of theirs.
func (k keys) disagreeing(s quality.Scope, subject string, holds expr.Expr, bounds []quality.Bound, shown ...quality.Column) []quality.Fault {
	columns := slices.Clone(k.columns)
	for _, c := range shown {
		columns = append(columns, c.Name)
	}
	out := quality.FaultsOf(subject, holds, expr.AllOf(here, there, holds.IsNotTrue()), quality.OrAll(bounds), columns...)
	for i := range out {
		out[i].Name, out[i].Of = "keys that differ", k.relation(s).Project(shown...)
		if out[i].Where.String() == holds.String() {
			out[i].Name = "keys that agree"
		}
	}
	return out
}

// atFault are the keys of one side where more must be on both, and those that are on
// both where too many are.
func (k keys) atFault(s quality.Scope, bounds []quality.Bound, oneSided ...quality.Fault) []quality.Fault {
	both := quality.Fault{Name: "keys on both sides", Of: k.relation(s), Where: here.And(there), Columns: k.columns}
	var out []quality.Fault
	for _, demands := range []bool{true, false} {
		of := slices.DeleteFunc(slices.Clone(quality.OrAll(bounds)), func(b quality.Bound) bool { return b.Demands() != demands })
		at := []quality.Fault{both}
		if demands {
			at = oneSided
		}
		for _, f := range at {
			for _, shown := range quality.FaultsOf("", f.Where, f.Where, of, f.Columns...) {
				shown.Name, shown.Of = f.Name, f.Of
				out = append(out, shown)
			}
		}
	}
	return out
}

// missingKeys are those that are due by now and not in the suite's table. They stand
// where the other one has them.
func (k keys) missingKeys(s quality.Scope) quality.Fault {
	return quality.Fault{Name: "missing keys", Of: k.relation(s), Where: expr.AllOf(k.missing(), k.of.overdue(theirRows)), Columns: k.columns}
}

// unexpectedKeys are those that the other table has not. They stand where the suite's
// has them, which is what the relation with that on the left tells.
func (k keys) unexpectedKeys(s quality.Scope, name string) quality.Fault {
	k.judged = ours
	return quality.Fault{Name: name, Of: k.relation(s), Where: k.unexpected(), Columns: k.columns}
}
