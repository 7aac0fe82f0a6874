package checks

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// atFault are the keys for which a share misses its bounds: those of one side only, or
// those of both where too many are. What its own side alone has is called as the kind says.
func (k keys) atFault(s quality.Scope, bounds []quality.Bound, unexpected ...string) ([]quality.Fault, error) {
	rel := k.relation(s)
	var out []quality.Fault
	add := func(name string, where expr.Expr, demands bool) {
		of := slices.DeleteFunc(slices.Clone(quality.OrAll(bounds)), func(b quality.Bound) bool { return b.Demands() != demands })
		for _, f := range quality.FaultsOf("", where, where, of, k.columns...) {
			f.Name, f.Of = name, rel
			out = append(out, f)
		}
	}
	if k.judged != ours {
		add("missing keys", k.missing(), true)
	}
	for _, name := range unexpected {
		add(name, k.unexpected(), true)
	}
	add("keys on both sides", here.And(there), false)
	return out, nil
}
