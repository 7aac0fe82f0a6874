package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

const sharedTrees = 16

// shared draws trees that two relations read, other columns each: what is made once
// for both is what each would have made.
func shared() ([]Table, []testCase) {
	d := &treeDraw{draw: &draw{rand.New(rand.NewPCG(0, 79)), profiles[0]}}
	var tables []Table
	for i := range 2 {
		t := d.table(fmt.Sprintf("shared_%d", i))
		tables = append(tables, t)
		d.tables = append(d.tables, t.Name)
	}
	var cases []testCase
	for i := range sharedTrees {
		t := d.tree(d.IntN(treeDepth-1) + 1)
		by := expr.Col(pick(d.draw, t.schema...).Name)
		half := func(where expr.Expr, rest int) quality.Rule {
			terms := []quality.Term{quality.CountRows()}
			for at, f := range t.schema {
				if at%2 == rest {
					terms = append(terms, quality.CountWhere(expr.Col(f.Name).IsNull()))
				} else if slices.Contains(groupable, f.Type) && f.Type != expr.Float64 {
					terms = append(terms, quality.MaxOf(expr.Col(f.Name)))
				}
			}
			of := func(r read) quality.Relation { return t.of(r).Filter(where) }
			return quality.Rule{ID: fmt.Sprint(where), Check: relationProbe{of, terms[:min(len(terms), 4)]}}
		}
		cases = append(cases, testCase{
			id: fmt.Sprintf("shared/%d", i), answer: describe,
			suites: []quality.Suite{{Table: d.tables[0], Rules: []quality.Rule{half(by.IsNull(), 0), half(by.IsNotNull(), 1)}}},
		})
	}
	return tables, cases
}
