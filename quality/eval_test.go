package quality_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
)

// anyRandomExpr is over the columns of tableSchema.
func anyRandomExpr(t *rapid.T) quality.Expr {
	g := randomExprs{columns: columnsByType(tableSchema), texts: rapid.SampledFrom([]string{"", "a", "ab", "%", "ä", "null"})}
	depth := rapid.IntRange(0, 3).Draw(t, "depth")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return g.number(t, depth)
	case 1:
		return g.date(t, depth)
	case 2:
		return g.integer(t, depth)
	}
	return g.predicate(t, depth)
}

func TestEvaluatorAgreesWithNaiveEvaluator(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sizes []int
		rows := 0
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			n := rapid.SampledFrom([]int{0, 1, 2, 63, 64, 65, 128, 129}).Draw(t, "rows")
			sizes, rows = append(sizes, n), rows+n
		}
		table := newRandomTable(rapid.Uint64().Draw(t, "seed"), rows)
		var exprs []quality.Expr
		for range rapid.IntRange(1, 4).Draw(t, "exprs") {
			exprs = append(exprs, anyRandomExpr(t))
		}
		agree(t, table, sizes, exprs)
	})
}

func TestEvaluatorAgreesAtTheBordersOfLargeBatches(t *testing.T) {
	table := newRandomTable(1, 4095+4096+4097)
	for _, text := range []string{
		"i1 + i2 > i1 OR f1 < f2 AND s1 LIKE '%a_'",
		"NOT b1 AND COALESCE(b2, n1 >= 0) OR d1 - d2 BETWEEN -5 AND NULL",
		"POPULATED(f1, 1.0) AND DATE(t1, 'America/New_York') IN (d1, d2, NULL)",
	} {
		e, err := quality.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, table, []int{4095, 4096, 4097}, []quality.Expr{e})
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// agree evaluates expressions over a table in batches of the given sizes and
// holds every row against the naive evaluator.
func agree(t failer, table randomTable, sizes []int, exprs []quality.Expr) {
	t.Helper()
	var names []string
	for _, f := range table.schema {
		names = append(names, f.Name)
	}
	ev := quality.NewEvaluator(names)
	computed := make([]quality.Computed, len(exprs))
	for i, e := range exprs {
		bound, err := e.Bind(table.schema)
		if err != nil {
			t.Fatalf("bind: %v", err)
		}
		if computed[i], err = ev.Prepare(bound); err != nil {
			t.Fatalf("prepare %s: %v", bound, err)
		}
	}
	var batch quality.Batch
	low := 0
	for _, n := range sizes {
		if err := table.fill(&batch, low, low+n); err != nil {
			t.Fatalf("fill: %v", err)
		}
		ev.Next(&batch)
		for i, e := range exprs {
			v, err := computed[i].Vector()
			if err != nil {
				t.Fatalf("%s: %v", e, err)
			}
			for row := range n {
				want := naive{table.types(), table.rows[low+row]}.eval(e)
				if got := v.Value(row).Go(); !sameValue(got, want) {
					t.Fatalf("%s\nrow %d of a batch of %d, %v:\n got %v (%T)\nwant %v (%T)", e, row, n, table.rows[low+row], got, got, want, want)
				}
			}
			if rest := v.Valid; n%64 != 0 && rest[len(rest)-1]>>(n%64) != 0 {
				t.Fatalf("%s: bits past row %d are raised", e, n)
			}
		}
		low += n
	}
}

func sameValue(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case *big.Rat:
		b, ok := b.(*big.Rat)
		return ok && a.Cmp(b) == 0
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Equal(b)
	}
	return a == b
}
