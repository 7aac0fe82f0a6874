package mutation

import (
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

// remedies are the checks that may catch a fault, the best first.
func (b *bench) remedies(f faults.Fault) []remedy {
	switch f := f.(type) {
	case faults.Lose:
		return []remedy{{head: "rows: {%s}", least: true}}
	case faults.Duplicate:
		return []remedy{{head: "rows: {%s}"}}
	case faults.Null:
		return []remedy{{head: "complete: " + form.Quote(f.Column), least: true, share: true}}
	case faults.Zero:
		return append([]remedy{{head: fmt.Sprintf("defaults: {%s: [0]}", form.Quote(f.Column)), share: true}}, still(f.Column)...)
	case faults.Freeze:
		return still(f.Column)
	}
	return nil
}

// still catch a column that no longer moves.
func still(column string) []remedy {
	return []remedy{
		{head: "top_share: " + form.Quote(column), share: true},
		{head: "distinct: " + form.Quote(column), least: true},
	}
}
