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

// Needs are what the rows of a table of one date are made from, and what that is made
// from in turn, table by table: first those that it is made from directly, in the order
// of its edges. What passes on no column that is read is not among them, nor are the
// table's own earlier rows and what those were made from.
func (g *Graph) Needs(table string, date civil.Date) []Need {
	type reached struct {
		edge     *Edge
		from, to civil.Date
		times    int
	}
	var all []*reached
	reach := func(e *Edge, from, to civil.Date) bool {
		at := slices.IndexFunc(all, func(r *reached) bool { return r.edge == e })
		if at < 0 {
			all = append(all, &reached{e, from, to, 1})
			return true
		}
		r := all[at]
		wider := r.from.IsValid() && (!from.IsValid() || from.Before(r.from))
		if !wider && !to.After(r.to) {
			return false
		}
		if wider {
			r.from = from
		}
		if r.times++; r.times > len(g.edges())+1 { // round and round, ever further back
			r.from = civil.Date{}
		}
		if to.After(r.to) {
			r.to = to
		}
		return true
	}
	var queue []*Edge
	visit := func(name string, from, to civil.Date, reads []string) {
		for i := range g.Table(name).From {
			e := &g.Table(name).From[i]
			if e.From == table || reads != nil && !meet(e.Makes, reads) {
				continue
			}
			if from, to := e.span(from, to); reach(e, from, to) {
				queue = append(queue, e)
			}
		}
	}
	for visit(table, date, date, nil); len(queue) > 0; queue = queue[1:] {
		r := all[slices.IndexFunc(all, func(r *reached) bool { return r.edge == queue[0] })]
		visit(r.edge.From, r.from, r.to, r.edge.looksAt())
	}
	var out []Need
	for _, r := range all {
		at := slices.IndexFunc(out, func(n Need) bool { return n.Table == r.edge.From })
		if at < 0 {
			out = append(out, Need{r.edge.From, r.from, r.to, []Edge{*r.edge}})
			continue
		}
		n := &out[at]
		if n.Edges = append(n.Edges, *r.edge); n.From.IsValid() && (!r.from.IsValid() || r.from.Before(n.From)) {
			n.From = r.from
		}
		if r.to.After(n.To) {
			n.To = r.to
		}
	}
	return out
}

// span are the dates of the other table that an edge reaches from some dates; a zero from
// is as far back as there are rows.
func (e *Edge) span(from, to civil.Date) (first, last civil.Date) {
	_, last = e.dates(to)
	if from.IsValid() {
		first, _ = e.dates(from)
	} else if w, ok := e.Reach.(Window); ok {
		first = w.HistoryFrom
	}
	return first, last
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
