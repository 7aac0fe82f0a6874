package rows_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// players are names of so many players, drawn n times, which lie in memory as they
// are read.
func players(n, of int) []string {
	rng := rand.New(rand.NewPCG(3, 4))
	return texts(n, func(int) int { return rng.IntN(of) })
}

func texts(n int, player func(i int) int) []string {
	var all []byte
	ends := make([]int, n)
	for i := range n {
		all = fmt.Appendf(all, "player_%d", player(i))
		ends[i] = len(all)
	}
	text, out, from := string(all), make([]string, n), 0
	for i, to := range ends {
		out[i], from = text[from:to], to
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
	defer reportUser(b)()
	for b.Loop() {
		report, err := quality.Run(b.Context(), engine, time.Unix(0, 0), quality.Suite{
			Name: "bench", Table: "t", Rules: []quality.Rule{{Check: probe}}})
		require.NoError(b, err)
		require.Equal(b, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	}
}

// reportUser reports the time that processors were busy with an operation, the
// garbage collector's included.
func reportUser(b *testing.B) func() {
	user := func() float64 {
		var u syscall.Rusage
		require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
		return float64(u.Utime.Nano()) / 1e9
	}
	runtime.GC() // what came before is not ours
	before := user()
	return func() { b.ReportMetric((user()-before)/float64(b.N), "user-s/op") }
}

func source(b require.TestingT, columns ...rows.Column) expr.Source {
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
		defer reportUser(b)()
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
	left, keys, pts := players(n, n), texts(n, func(i int) int { return i }), points(n)
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
		defer reportUser(b)()
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
	order, day, pts := rand.New(rand.NewPCG(7, 8)).Perm(n), make([]int64, n), points(n)
	player := texts(n, func(i int) int { return order[i] % of })
	for i, at := range order {
		day[i] = int64(at / of)
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
		defer reportUser(b)()
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
