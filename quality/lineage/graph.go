package lineage

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/rolling/panel"
)

// Graph is tables and what they are made from.
type Graph struct {
	// Tables are those of the file, in its order.
	Tables []Table
	// Lists are those that only lists of what was due are read from.
	Lists []suitefile.Table
}

// Table is a table with what it is made from.
type Table struct {
	suitefile.Table
	From []Edge
	// Expected is the list of the rows that were due, kept apart from the table.
	Expected *List
	// Build is the command that makes rows of the table anew.
	Build string
	// Suites are files of suites on the table, as they are found from the file of tables.
	Suites []string
}

// List is a table that lists what was due.
type List struct {
	Table string
	panel.Expected
}

// Edge says which rows of another table a table's rows are made from.
type Edge struct {
	// From is the other table, To the one that is made.
	From, To string
	// On are the columns, beside the date, that both rows agree in: the made table's names.
	On []string
	// Map is what columns of the made table are called in the other one, where that is
	// not the same.
	Map map[string]string
	// Reads are the columns of the other table that are looked at, and Makes those of the
	// made one that come of them; none are all.
	Reads, Makes []string
	Reach        Reach
	// Place is where the edge is declared.
	Place string
}

// Reach is which dates of the other table a row is made from.
type Reach interface{ reach() }

// Same is the row's own date.
type Same struct{}

// Window is the places of an entity before the row, the point.
type Window struct {
	panel.Spec
	// Last and Days are the farthest that a window goes; 0 is that none does so.
	Last, Days int64
	// Including: the row's own time is seen.
	Including bool
	// Limit is how many days before the point a window can begin at most, 0 for any.
	Limit int64
	// Due is the list that the windows know holes by, nil where they do not.
	Due *List
	// Points is the table whose rows there are points of; "" is the window's own.
	Points string
}

// Earlier is the dates before the row's own.
type Earlier struct {
	Days int64 // how many; 0 is all
}

func (Same) reach()    {}
func (Window) reach()  {}
func (Earlier) reach() {}

// theirs is what a column of the made table is called in the other one.
func (e *Edge) theirs(own string) string {
	for name, other := range e.Map {
		if expr.SameColumn(name, own) {
			return other
		}
	}
	return own
}

// strict reports whether the edge gives nothing of the row's own date.
func (e *Edge) strict() bool {
	switch r := e.Reach.(type) {
	case Earlier:
		return true
	case Window:
		return !r.Including && (r.Points != "" || e.From == e.To)
	}
	return false
}

// Table is one of the tables by name, nil if there is none.
func (g *Graph) Table(name string) *Table {
	for i := range g.Tables {
		if g.Tables[i].Name == name {
			return &g.Tables[i]
		}
	}
	return nil
}

// edges are all of them.
func (g *Graph) edges() []*Edge {
	var out []*Edge
	for i := range g.Tables {
		for j := range g.Tables[i].From {
			out = append(out, &g.Tables[i].From[j])
		}
	}
	return out
}

// Entity are the columns of the key but for the date.
func (t *Table) Entity() []string {
	var out []string
	for _, c := range t.Key {
		if !expr.SameColumn(c, t.Date) {
			out = append(out, c)
		}
	}
	return out
}

// check refuses an edge that makes no sense, given the tables.
func (g *Graph) check(e *Edge) error {
	from, to := g.Table(e.From), g.Table(e.To)
	switch {
	case from == nil:
		return fmt.Errorf("%s is made from %s, of which nothing is said: declare it, with its date and key", e.To, e.From)
	case from.Date == "":
		return fmt.Errorf("%s is made from %s, whose date column is not known: say date", e.To, e.From)
	case to.Date == "" || len(to.Key) == 0:
		return fmt.Errorf("%s is made from others, and what its rows are is not known: say date and key", e.To)
	}
	for _, c := range e.Makes {
		if expr.Named(to.Key, c) || expr.SameColumn(c, to.Date) {
			return fmt.Errorf("%s is of the key of %s: an edge that makes rows makes all columns, so leave makes out", c, e.To)
		}
	}
	if e.From == e.To && !e.strict() {
		return fmt.Errorf("%s is made from its own rows of the same date", e.To)
	}
	w, ok := e.Reach.(Window)
	if !ok || w.Points == "" {
		return nil
	}
	if !slices.ContainsFunc(to.From, func(o Edge) bool { _, same := o.Reach.(Same); return same && o.From == w.Points && o.Makes == nil }) {
		return fmt.Errorf("points: the rows of %s are those of %s, which has to be among what it is made from, on the same date", e.To, w.Points)
	}
	return nil
}
