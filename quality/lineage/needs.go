package lineage

import (
	"slices"

	"cloud.google.com/go/civil"
)

// Need is the dates of another table that the rows of one date are made from.
type Need struct {
	Table string
	// From is the first date, and To the last. A zero From is as far back as there are
	// rows: how far a window of rows or all earlier dates reach, the rows alone tell.
	From, To civil.Date
	// Edges say why.
	Edges []Edge
}

// Needs are what the rows of a table of one date are made from directly, table by table
// in the order of its edges. A table's own earlier rows are not among them.
func (g *Graph) Needs(table string, date civil.Date) []Need {
	var out []Need
	for _, e := range g.Upstream(table) {
		if e.From == table {
			continue
		}
		from, to := e.dates(date)
		at := slices.IndexFunc(out, func(n Need) bool { return n.Table == e.From })
		if at < 0 {
			out = append(out, Need{e.From, from, to, []Edge{e}})
			continue
		}
		n := &out[at]
		if n.Edges = append(n.Edges, e); n.From.IsValid() && (!from.IsValid() || from.Before(n.From)) {
			n.From = from
		}
		if to.After(n.To) {
			n.To = to
		}
	}
	return out
}

// dates are the first and last date of the other table that an edge reaches from one.
func (e *Edge) dates(date civil.Date) (from, to civil.Date) {
	before := date.AddDays(-1)
	switch r := e.Reach.(type) {
	case Earlier:
		if r.Days > 0 {
			from = date.AddDays(-int(r.Days))
		}
		return from, before
	case Window:
		if to = before; r.Including {
			to = date
		}
		back := r.Days
		if r.Last > 0 {
			back = r.Limit // without one, the newest rows can be of any age
		}
		if back > 0 {
			from = to.AddDays(1 - int(max(back, r.Days)))
		}
		if r.HistoryFrom.IsValid() && (!from.IsValid() || from.Before(r.HistoryFrom)) {
			from = r.HistoryFrom
		}
		return from, to
	}
	return date, date
}
