package rows_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// players are names of up to so many players, drawn n times.
func players(n, of int) []string {
	names, rng := make([]string, of), rand.New(rand.NewPCG(3, 4))
	for i := range names {
		names[i] = fmt.Sprintf("player_%d", i)
	}
	out := make([]string, n)
	for i := range out {
		out[i] = names[rng.IntN(of)]
	}
	return out
}

// points are small numbers.
func points(n int) []int64 {
	out, rng := make([]int64, n), rand.New(rand.NewPCG(5, 6))
	for i := range out {
		out[i] = rng.Int64N(1000)
	}
	return out
}

func benchRelation(b *testing.B, sources map[string]expr.Source, of quality.Relation, terms ...quality.Term) {
	engine := rows.NewEngine(sources)
	probe := relationProbe{of, terms, new([]string)}
	b.ReportAllocs()
	for b.Loop() {
		report, err := quality.Run(b.Context(), engine, time.Unix(0, 0), quality.Suite{
			Name: "bench", Table: "t", Rules: []quality.Rule{{Check: probe}}})
		require.NoError(b, err)
		require.Equal(b, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	}
}

func source(b *testing.B, columns ...rows.Column) expr.Source {
	out, err := rows.Columns(columns...)
	require.NoError(b, err)
	return out
}

// BenchmarkAggregate is five million rows into a million texts, and the same by a Go
// map of structs.
func BenchmarkAggregate(b *testing.B) {
	const n, of = 5_000_000, 1_000_000
	player, pts := players(n, of), points(n)
	b.Run("engine", func(b *testing.B) {
		groups := quality.Read("t").Aggregate(quality.Columns("player"), quality.CountRows().Named("n"),
			quality.SumOf(expr.Col("points")).Named("sum"), quality.MaxOf(expr.Col("points")).Named("max"))
		benchRelation(b, map[string]expr.Source{"t": source(b, rows.Column{Name: "player", Values: player}, rows.Column{Name: "points", Values: pts})},
			groups, quality.SumOf(expr.Col("n")), quality.SumOf(expr.Col("sum")), quality.SumOf(expr.Col("max")))
	})
	b.Run("map", func(b *testing.B) {
		type group struct{ n, sum, max int64 }
		b.ReportAllocs()
		for b.Loop() {
			groups := map[string]*group{}
			for i, p := range player {
				g, ok := groups[p]
				if !ok {
					g = &group{}
					groups[p] = g
				}
				g.n++
				g.sum += pts[i]
				g.max = max(g.max, pts[i])
			}
			require.NotEmpty(b, groups)
		}
	})
}

// BenchmarkJoin puts beside a million rows what another table has for their key, a
// million keys of it.
func BenchmarkJoin(b *testing.B) {
	const n = 1_000_000
	left, keys, pts := players(n, n), make([]string, n), points(n)
	for i := range keys {
		keys[i] = fmt.Sprintf("player_%d", i)
	}
	b.Run("engine", func(b *testing.B) {
		right := quality.Read("r").Aggregate(quality.Columns("player"), quality.MaxOf(expr.Col("points")).Named("theirs"))
		joined := quality.Read("t").Join(quality.LeftJoin, right, quality.Equal("player")...)
		benchRelation(b, map[string]expr.Source{
			"t": source(b, rows.Column{Name: "player", Values: left}, rows.Column{Name: "points", Values: pts}),
			"r": source(b, rows.Column{Name: "player", Values: keys}, rows.Column{Name: "points", Values: pts}),
		}, joined, quality.SumOf(expr.Col("points")), quality.SumOf(expr.Col("theirs")))
	})
	b.Run("map", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			theirs := map[string]int64{}
			for i, k := range keys {
				theirs[k] = max(theirs[k], pts[i])
			}
			ours, sum := int64(0), int64(0)
			for i, k := range left {
				ours += pts[i]
				sum += theirs[k]
			}
			require.NotZero(b, ours+sum)
		}
	})
}

// BenchmarkPrevious is the value of the day before over five million days of five
// thousand players, which come in no order.
func BenchmarkPrevious(b *testing.B) {
	const n, of = 5_000_000, 5_000
	player, day, pts := make([]string, n), make([]int64, n), points(n)
	for i, at := range rand.New(rand.NewPCG(7, 8)).Perm(n) {
		player[i], day[i] = fmt.Sprintf("player_%d", at%of), int64(at/of)
	}
	b.Run("engine", func(b *testing.B) {
		days := quality.Read("t").Aggregate(quality.Columns("player", "day"), quality.MaxOf(expr.Col("points")).Named("most"))
		before := days.Previous([]string{"player"}, []string{"day"}, quality.As("before", expr.Col("most")))
		benchRelation(b, map[string]expr.Source{"t": source(b, rows.Column{Name: "player", Values: player},
			rows.Column{Name: "day", Values: day}, rows.Column{Name: "points", Values: pts})},
			before, quality.SumOf(expr.Col("most")), quality.SumOf(expr.Col("before")))
	})
	b.Run("map", func(b *testing.B) {
		type key struct {
			player string
			day    int64
		}
		b.ReportAllocs()
		for b.Loop() {
			most := map[key]int64{}
			for i, p := range player {
				k := key{p, day[i]}
				most[k] = max(most[k], pts[i])
			}
			sum := int64(0)
			for k := range most { // the days are dense: a look-up is enough
				sum += most[key{k.player, k.day - 1}]
			}
			require.NotZero(b, sum)
		}
	})
}
