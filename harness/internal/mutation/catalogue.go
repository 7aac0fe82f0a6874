package mutation

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
)

// injury is a fault of the catalogue, and where it is.
type injury struct {
	fault faults.Fault
	segment
}

// catalogue is the faults that the table is broken by: of its rows, and of each column.
func (b *bench) catalogue() []injury {
	var at []segment
	for _, g := range b.groupings {
		at = append(at, g.segments...)
	}
	var out []injury
	each := func(make func(where expr.Expr) faults.Fault) {
		for _, s := range at {
			out = append(out, injury{make(s.where), s})
		}
	}
	each(func(w expr.Expr) faults.Fault { return faults.Lose{Where: w} })
	if len(at) == 0 {
		at = []segment{{}}
	}
	out = append(out, injury{fault: faults.Lose{}})
	each(func(w expr.Expr) faults.Fault { return faults.Lose{Where: w, OneIn: 2} })
	for _, day := range b.days {
		out = append(out, injury{fault: faults.Lose{Where: day}})
	}
	each(func(w expr.Expr) faults.Fault { return faults.Duplicate{Where: w} })
	for _, f := range b.scope.Schema {
		if _, err := b.scope.Schema.Field(f.Name); err != nil {
			continue // it cannot be read
		}
		each(func(w expr.Expr) faults.Fault { return faults.Null{Column: f.Name, Where: w} })
		each(func(w expr.Expr) faults.Fault { return faults.Null{Column: f.Name, Where: w, OneIn: 2} })
		each(func(w expr.Expr) faults.Fault { return faults.Freeze{Column: f.Name, Where: w} })
		if f.Type.IsNumber() {
			each(func(w expr.Expr) faults.Fault { return faults.Zero{Column: f.Name, Where: w} })
		}
	}
	return out
}
