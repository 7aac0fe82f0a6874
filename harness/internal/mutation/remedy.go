package mutation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// remedy is a check that may catch a fault, but for its bound.
type remedy struct {
	head   string // its first line, with %s for the bound where that stands in it
	least  bool   // the bound is at_least, otherwise at_most
	share  bool   // of rows, otherwise a count
	exact  bool   // it has no bound
	whole  bool   // it is about the whole table, whatever segment is broken
	most   bool   // it is for a table of which it is TRUE of nearly all rows
	filter expr.Expr
	beside []string
}

// text is the check as an entry of checks: in a suite.
func (r remedy) text(bound string, at scope) string {
	name := "at_most"
	if r.least {
		name = "at_least"
	}
	lines := []string{r.head}
	switch {
	case r.exact:
	case strings.Contains(r.head, "%s"):
		lines[0] = fmt.Sprintf(r.head, name+": "+bound)
	default:
		lines = append(lines, name+": "+bound)
	}
	at.where = expr.AllOf(slices.DeleteFunc([]expr.Expr{r.filter, at.where}, expr.Expr.IsZero)...)
	return "- " + strings.Join(slices.Concat(lines, at.lines(), r.beside), "\n  ")
}

// scope is which rows a proposed check is about, and in which segments it holds.
type scope struct {
	by    *grouping
	where expr.Expr
}

func (s scope) lines() []string {
	var out []string
	if !s.where.IsZero() {
		out = append(out, "where: "+form.Quote(s.where.String()))
	}
	if s.by != nil {
		out = append(out, "by: "+s.by.text())
	}
	return out
}

// scopes are those in which a fault may show: all segments alike, or one.
func (b *bench) scopes(ctx context.Context, i injury, r remedy, broken *faults.Table) ([]scope, error) {
	switch {
	case r.whole:
		return []scope{{}}, nil
	case i.of != nil:
		return []scope{{by: i.of}, {where: i.where}}, nil
	}
	var out []scope
	for at := range b.groupings {
		g := &b.groupings[at]
		hit, err := b.mostLost(ctx, g, broken)
		if err != nil {
			return nil, err
		}
		out = append(out, scope{by: g}, scope{where: g.predicate(hit)})
	}
	return append(out, scope{}), nil
}

// text is the grouping as by: has it.
func (g *grouping) text() string {
	var out []string
	for _, name := range g.by {
		text := form.Quote(name)
		for _, c := range g.computed {
			if c.Name == name {
				text = "{" + text + ": " + form.Quote(c.Of.String()) + "}"
			}
		}
		out = append(out, text)
	}
	if len(out) == 1 {
		return out[0]
	}
	return "[" + strings.Join(out, ", ") + "]"
}
