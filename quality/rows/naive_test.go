package rows_test

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// table is random rows twice: as plain values, nil for NULL, and as a source.
type table struct {
	names  []string
	rows   [][]any
	source expr.Source
}

// newTable makes n rows of few distinct values, so that keys collide.
func newTable(t require.TestingT, seed uint64, n int) table {
	rng := rand.New(rand.NewPCG(seed, 2))
	out := table{rows: make([][]any, n)}
	var columns []rows.Column
	add := func(c rows.Column, value func(i int) any) {
		c.Valid = make([]bool, n)
		for i := range n {
			c.Valid[i] = rng.IntN(6) > 0
			out.rows[i] = append(out.rows[i], nil)
			if c.Valid[i] {
				out.rows[i][len(out.names)] = value(i)
			}
		}
		out.names = append(out.names, c.Name)
		columns = append(columns, c)
	}
	flag, keep, pop := draw(rng, n, true, false), draw(rng, n, true, true, false), draw(rng, n, true, true, true, false)
	season := draw(rng, n, "2022-23", "2023-24", "", "null")
	team := draw(rng, n, int64(1), 2, 3, math.MinInt64)
	rate := draw(rng, n, 0, math.Copysign(0, -1), 1.5, math.NaN(), math.Float64frombits(0x7ff8000000000123), math.Inf(1), math.Inf(-1))
	date := draw(rng, n, civil.Date{Year: 2025, Month: 10, Day: 21}, civil.Date{Year: 1, Month: 1, Day: 1}, civil.Date{Year: 1969, Month: 12, Day: 31})
	at := draw(rng, n, time.Unix(0, 1000).UTC(), time.Unix(-1, 0).UTC(), time.Unix(1<<31, 0).UTC())
	pay := draw(rng, n, big.NewRat(1, 2), big.NewRat(2, 4), big.NewRat(-1, 8), big.NewRat(0, 1))
	add(rows.Column{Name: "flag", Values: flag}, func(i int) any { return flag[i] })
	add(rows.Column{Name: "keep", Values: keep}, func(i int) any { return keep[i] })
	add(rows.Column{Name: "pop", Values: pop}, func(i int) any { return pop[i] })
	add(rows.Column{Name: "season", Values: season}, func(i int) any { return season[i] })
	add(rows.Column{Name: "team", Values: team}, func(i int) any { return team[i] })
	add(rows.Column{Name: "rate", Values: rate}, func(i int) any { return rate[i] })
	add(rows.Column{Name: "date", Values: date}, func(i int) any { return date[i] })
	add(rows.Column{Name: "at", Values: at}, func(i int) any { return at[i] })
	add(rows.Column{Name: "pay", Values: pay}, func(i int) any { return pay[i] })
	var err error
	out.source, err = rows.Columns(columns...)
	require.NoError(t, err)
	return out
}

func draw[T any](rng *rand.Rand, n int, from ...T) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = from[rng.IntN(len(from))]
	}
	return out
}

func (t table) cell(row []any, name string) any { return row[slices.Index(t.names, name)] }

// grouped is a value as GROUP BY sees it: -0 is 0, and every NaN is one.
func grouped(v any) string {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) {
			return "NaN"
		}
		return fmt.Sprint(v + 0)
	case *big.Rat:
		return v.RatString()
	case nil:
		return "NULL"
	}
	return fmt.Sprintf("%q", fmt.Sprint(v))
}

func (t table) group(row []any, names []string) (key string, null bool) {
	var parts []string
	for _, n := range names {
		v := t.cell(row, n)
		null = null || v == nil
		parts = append(parts, grouped(v))
	}
	return strings.Join(parts, "|"), null
}

// compareRows orders rows by some columns as ORDER BY does: NULL, NaN, the rest.
func (t table) compareRows(a, b []any, names []string) int {
	for _, n := range names {
		x, y := t.cell(a, n), t.cell(b, n)
		if c := compareCells(x, y); c != 0 {
			return c
		}
	}
	return 0
}

func compareCells(x, y any) int {
	if x == nil || y == nil {
		return cmp.Compare(btoi(x != nil), btoi(y != nil))
	}
	switch x := x.(type) {
	case bool:
		return cmp.Compare(btoi(x), btoi(y.(bool)))
	case int64:
		return cmp.Compare(x, y.(int64))
	case float64:
		return cmp.Compare(x, y.(float64))
	case string:
		return cmp.Compare(x, y.(string))
	case civil.Date:
		return x.Compare(y.(civil.Date))
	case time.Time:
		return x.Compare(y.(time.Time))
	}
	return x.(*big.Rat).Cmp(y.(*big.Rat))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// naiveKeys counts keys per group: a key belongs to the first group it occurs in,
// and all its other rows are surplus where they stand.
func (t table) naiveKeys(selected [][]any, key, by []string) map[string]quality.KeyCounts {
	out := map[string]quality.KeyCounts{}
	occurs := map[string][][]any{}
	for _, row := range selected {
		g, _ := t.group(row, by)
		c := out[g]
		c.Rows++
		k, null := t.group(row, key)
		if null {
			c.Null++
		} else {
			occurs[k] = append(occurs[k], row)
		}
		out[g] = c
	}
	for _, of := range occurs {
		slices.SortStableFunc(of, func(a, b []any) int { return t.compareRows(a, b, by) })
		for i, row := range of {
			g, _ := t.group(row, by)
			c := out[g]
			switch i {
			case 0:
				c.Distinct++
			case 1:
				c.Duplicated++
				c.Surplus++
			default:
				c.Surplus++
			}
			out[g] = c
		}
	}
	return out
}

// naiveTally counts where flag is TRUE, FALSE and NULL.
func (t table) naiveTally(selected [][]any, by []string) map[string]quality.Counts {
	out := map[string]quality.Counts{}
	for _, row := range selected {
		g, _ := t.group(row, by)
		c := out[g]
		switch t.cell(row, "flag") {
		case true:
			c.True++
		case false:
			c.False++
		default:
			c.Null++
		}
		out[g] = c
	}
	return out
}

func (t table) selected(only, where bool) [][]any {
	var out [][]any
	for _, row := range t.rows {
		if (!only || t.cell(row, "keep") == true) && (!where || t.cell(row, "pop") == true) {
			out = append(out, row)
		}
	}
	return out
}

func segmentKey(s quality.Segment) string {
	var parts []string
	for _, v := range s.Values() {
		parts = append(parts, grouped(v.Go()))
	}
	return strings.Join(parts, "|")
}

// sizes are row counts around the borders of words and of the engine's batches.
var sizes = rapid.SampledFrom([]int{0, 1, 2, 10, 63, 64, 65, 200, 4095, 4096, 4097, 8193})

func TestMetricsAgreeWithNaiveOnes(t *testing.T) {
	columns := []string{"season", "team", "rate", "date", "at", "pay", "flag"}
	some := rapid.Custom(func(t *rapid.T) []string {
		return rapid.Permutation(columns).Draw(t, "columns")[:rapid.IntRange(1, 3).Draw(t, "count")]
	})
	rapid.Check(t, func(rt *rapid.T) {
		tab := newTable(rt, rapid.Uint64().Draw(rt, "seed"), sizes.Draw(rt, "rows"))
		var by []string
		if rapid.Bool().Draw(rt, "grouped") {
			by = some.Draw(rt, "by")
		}
		key := some.Draw(rt, "key")
		var only, where expr.Expr
		if rapid.Bool().Draw(rt, "only") {
			only = expr.Col("keep")
		}
		if rapid.Bool().Draw(rt, "where") {
			where = expr.Col("pop")
		}
		got := measure(rt, tab.source, only, where, by, quality.Tally{Of: expr.Col("flag")}, quality.Keys{Of: key})

		rowsOf := tab.selected(!only.IsZero(), !where.IsZero())
		tallies, keys := tab.naiveTally(rowsOf, by), tab.naiveKeys(rowsOf, key, by)
		for _, m := range got {
			g := segmentKey(m.segment)
			require.Equal(rt, tallies[g], m.values[0], "tally of flag in %s", m.segment)
			require.Equal(rt, keys[g], m.values[1], "keys (%s) in %s", strings.Join(key, ", "), m.segment)
			require.Equal(rt, tallies[g].Rows(), m.population.True, "population of %s", m.segment)
			delete(tallies, g)
		}
		require.Empty(rt, tallies, "segments that were not measured")
	})
}

// parts splits a table in two: every row is in one of them.
var parts = []expr.Expr{expr.Col("keep").IsTrue(), expr.Col("keep").IsNotTrue()}

func TestTalliesOfPartsMerge(t *testing.T) {
	tally := quality.Tally{Of: expr.Col("flag")}
	require.True(t, tally.Merges())
	rapid.Check(t, func(rt *rapid.T) {
		tab := newTable(rt, rapid.Uint64().Draw(rt, "seed"), sizes.Draw(rt, "rows"))
		of := func(only expr.Expr) quality.Measurement {
			return measure(rt, tab.source, only, expr.Expr{}, nil, tally)[0].values[0]
		}
		merged, err := quality.Merge(of(parts[0]), of(parts[1]))
		require.NoError(rt, err)
		require.Equal(rt, of(expr.Expr{}), merged)
	})
}

func TestKeysOfPartsDoNotMerge(t *testing.T) {
	keys := quality.Keys{Of: []string{"season"}}
	require.False(t, keys.Merges())
	tab := newTable(t, 1, 100)
	of := func(only expr.Expr) quality.Measurement {
		return measure(t, tab.source, only, expr.Expr{}, nil, keys)[0].values[0]
	}
	a, b := of(parts[0]), of(parts[1])
	require.Greater(t, a.(quality.KeyCounts).Distinct+b.(quality.KeyCounts).Distinct, of(expr.Expr{}).(quality.KeyCounts).Distinct)
	_, err := quality.Merge(a, b)
	require.EqualError(t, err, "a quality.KeyCounts and a quality.KeyCounts do not merge")
}

func TestSegmentsOfSurplusAddUpToTheScope(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tab := newTable(rt, rapid.Uint64().Draw(rt, "seed"), sizes.Draw(rt, "rows"))
		keys := quality.Keys{Of: []string{"team", "rate"}}
		whole := measure(rt, tab.source, expr.Expr{}, expr.Expr{}, nil, keys)[0].values[0]
		var sum quality.KeyCounts
		for _, m := range measure(rt, tab.source, expr.Expr{}, expr.Expr{}, []string{"season", "date"}, keys) {
			k := m.values[0].(quality.KeyCounts)
			sum.Rows += k.Rows
			sum.Distinct += k.Distinct
			sum.Duplicated += k.Duplicated
			sum.Surplus += k.Surplus
			sum.Null += k.Null
		}
		require.Equal(rt, whole, sum)
	})
}
