package mutation

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
)

// The kinds of fault.
const (
	Lose      = "lose"
	Duplicate = "duplicate"
	Delay     = "delay"
	Null      = "null"
	Freeze    = "freeze"
	Zero      = "zero"
	Shift     = "shift"
	Leak      = "leak"
)

// Kinds are the kinds of fault that a table is broken by.
func Kinds() []string {
	return []string{Lose, Duplicate, Delay, Null, Freeze, Zero, Shift, Leak}
}

// injury is a fault of the catalogue, and where it is.
type injury struct {
	kind  string
	group string // what it is told together with: null points
	fault faults.Fault
	segment
}

// catalogue is the faults that the table is broken by: of its rows, and of each column.
func (b *bench) catalogue() []injury {
	var out []injury
	add := func(kind, group string, s segment, f faults.Fault) {
		if len(b.Faults) == 0 || slices.Contains(b.Faults, kind) {
			out = append(out, injury{kind, group, f, s})
		}
	}
	// What takes few rows comes first: the check that sees it sees more, too.
	for _, day := range b.days {
		add(Lose, "lose a day", segment{day: true}, faults.Lose{Where: day})
	}
	if date := b.scope.Date; date != "" {
		for _, days := range []int{1, 7} {
			add(Delay, "delay the newest days", segment{day: true}, faults.Delay{Date: date, Days: days, Zone: b.scope.Zone.String()})
		}
	}
	at := b.segments()
	for _, s := range at {
		add(Lose, "lose half of a segment", s, faults.Lose{Where: s.where, OneIn: 2})
	}
	for _, s := range at {
		if s.of != nil {
			add(Lose, "lose a segment", s, faults.Lose{Where: s.where})
		}
	}
	add(Lose, "lose all rows", segment{}, faults.Lose{})
	for _, s := range at {
		add(Duplicate, "duplicate a segment", s, faults.Duplicate{Where: s.where})
	}
	for _, f := range b.table.Columns() {
		each := func(kind, group string, make func(where expr.Expr) faults.Fault) {
			for _, s := range at {
				add(kind, group, s, make(s.where))
			}
		}
		each(Null, "null "+f.Name, func(w expr.Expr) faults.Fault { return faults.Null{Column: f.Name, Where: w, OneIn: 2} })
		each(Null, "null "+f.Name, func(w expr.Expr) faults.Fault { return faults.Null{Column: f.Name, Where: w} })
		each(Freeze, "freeze "+f.Name, func(w expr.Expr) faults.Fault { return faults.Freeze{Column: f.Name, Where: w} })
		if f.Type.IsNumber() {
			each(Zero, "zero-fill "+f.Name, func(w expr.Expr) faults.Fault { return faults.Zero{Column: f.Name, Where: w} })
		}
		if f.Type == expr.String && b.isID(f.Name) {
			each(Shift, "shift the format of "+f.Name, func(w expr.Expr) faults.Fault { return faults.Shift{Column: f.Name, Where: w} })
		}
		if of := b.windowOf(f); of != "" {
			each(Leak, fmt.Sprintf("leak %s into %s", of, f.Name), func(w expr.Expr) faults.Fault { return faults.Leak{Column: f.Name, Of: of, Where: w} })
		}
	}
	return out
}

// segments are those that the table is broken in; where there is none it is the whole
// table.
func (b *bench) segments() []segment {
	var out []segment
	for _, g := range b.groupings {
		out = append(out, g.segments...)
	}
	if len(out) == 0 {
		out = []segment{{}}
	}
	return out
}
