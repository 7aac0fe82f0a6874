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

// atFault are those of one side where a share is too small, and the keys on both sides
// where it is too large.
func (k keys) atFault(s quality.Scope, bounds []quality.Bound, one ...quality.Fault) []quality.Fault {
	var out []quality.Fault
	add := func(f quality.Fault, demands bool) {
		of := slices.DeleteFunc(slices.Clone(quality.OrAll(bounds)), func(b quality.Bound) bool { return b.Demands() != demands })
		for _, x := range quality.FaultsOf("", f.Where, f.Where, of, f.Columns...) {
			x.Name, x.Of = f.Name, f.Of
			out = append(out, x)
		}
	}
	for _, f := range one {
		add(f, true)
	}
	add(quality.Fault{Name: "keys on both sides", Of: k.relation(s), Where: here.And(there), Columns: k.columns}, false)
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
