package lineage

import (
	"fmt"
	"slices"
	"strings"
)

// Step is tables that are built one after the other, each in whole; or in turns, date
// by date, where they are made from each other's earlier dates.
type Step struct {
	Tables []string
	Turns  bool
}

// Order is that in which all tables are built: each after what it is made from, and
// else as the file has them. A cycle is a *CycleError.
func (g *Graph) Order() ([]Step, error) {
	names := make([]string, len(g.Tables))
	for i, t := range g.Tables {
		names[i] = t.Name
	}
	all := func(*Edge) bool { return true }
	var out []Step
	for _, loop := range components(names, g.edges(), all) {
		if len(loop) > 1 {
			within := func(e *Edge) bool { return !e.strict() }
			for _, c := range components(loop, g.edges(), within) {
				if len(c) > 1 {
					return nil, g.cycle(c)
				}
			}
			loop = slices.Concat(components(loop, g.edges(), within)...)
		}
		out = append(out, Step{loop, len(loop) > 1 || g.ofItself(loop[0])})
	}
	return out, nil
}

// ofItself reports whether a table is made from its own earlier rows.
func (g *Graph) ofItself(name string) bool {
	return slices.ContainsFunc(g.Table(name).From, func(e Edge) bool { return e.From == name })
}

// components are the strongly connected ones of some tables along some edges, each after
// those that it is made from; of such that could change places the first goes first.
func components(names []string, edges []*Edge, follow func(*Edge) bool) [][]string {
	reaches := map[string]map[string]bool{} // upstream of each
	for _, n := range names {
		reaches[n] = map[string]bool{}
	}
	made := map[string][]string{}
	for _, e := range edges {
		if follow(e) && reaches[e.From] != nil && reaches[e.To] != nil {
			made[e.To] = append(made[e.To], e.From)
		}
	}
	var visit func(of, at string)
	visit = func(of, at string) {
		for _, from := range made[at] {
			if !reaches[of][from] {
				reaches[of][from] = true
				visit(of, from)
			}
		}
	}
	for _, n := range names {
		visit(n, n)
	}
	var out [][]string
	placed := map[string]bool{}
	ready := func(n string) bool {
		for up := range reaches[n] {
			if !placed[up] && !(reaches[up][n]) {
				return false
			}
		}
		return true
	}
	for len(placed) < len(names) {
		at := slices.IndexFunc(names, func(n string) bool { return !placed[n] && ready(n) })
		var one []string
		for _, n := range names {
			if n == names[at] || reaches[n][names[at]] && reaches[names[at]][n] {
				one = append(one, n)
				placed[n] = true
			}
		}
		out = append(out, one)
	}
	return out
}

// CycleError is tables that are made from each other on the same date.
type CycleError struct{ Edges []Edge }

func (e *CycleError) Error() string {
	lines := []string{"these tables are made from each other, and so can never be built:"}
	for _, edge := range e.Edges {
		lines = append(lines, fmt.Sprintf("%s: %s is made from %s", edge.Place, edge.To, edge.From))
	}
	return strings.Join(append(lines, "what is of strictly earlier dates closes no cycle: say so (earlier: all), where it is"), "\n  ")
}

// cycle is the shortest one through the first table.
func (g *Graph) cycle(tables []string) error {
	first := tables[0]
	type path struct {
		at    string
		edges []Edge
	}
	seen := map[string]bool{}
	for queue := []path{{at: first}}; len(queue) > 0; queue = queue[1:] {
		p := queue[0]
		for _, e := range g.Table(p.at).From {
			if e.strict() || !slices.Contains(tables, e.From) {
				continue
			}
			edges := append(slices.Clone(p.edges), e)
			if e.From == first {
				return &CycleError{edges}
			}
			if !seen[e.From] {
				seen[e.From] = true
				queue = append(queue, path{e.From, edges})
			}
		}
	}
	return &CycleError{} // which cannot be: each of the tables is reached from every other
}

// Upstream are the edges that a table is made by, directly.
func (g *Graph) Upstream(table string) []Edge { return g.Table(table).From }

// OrderOf is the order of builds of a table and of all that it is made from.
func (g *Graph) OrderOf(table string) ([]Step, error) {
	return g.within(table, func(e *Edge) (at, next string) { return e.To, e.From })
}

// downstream is that of a table and of all that comes of it.
func (g *Graph) downstream(table string) ([]Step, error) {
	return g.within(table, func(e *Edge) (at, next string) { return e.From, e.To })
}

// within is the order of the tables that are reached from one.
func (g *Graph) within(table string, along func(*Edge) (at, next string)) ([]Step, error) {
	reached := map[string]bool{table: true}
	for grown := true; grown; {
		grown = false
		for _, e := range g.edges() {
			if at, next := along(e); reached[at] && !reached[next] {
				reached[next], grown = true, true
			}
		}
	}
	steps, err := g.Order()
	var out []Step
	for _, s := range steps {
		s.Tables = slices.DeleteFunc(slices.Clone(s.Tables), func(t string) bool { return !reached[t] })
		if len(s.Tables) > 0 {
			out = append(out, s)
		}
	}
	return out, err
}
