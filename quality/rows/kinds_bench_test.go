package rows_test

import (
	"math"
	"math/rand/v2"
	"regexp"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// benched is a million rows: a number with a NULL here and there, another, a text of
// thirty, an entity and a time that rises with its total.
type benched struct {
	x, y        []float64
	valid       []bool
	team        []string
	player, day []int64
	total       []int64
}

func newBenched(rowCount int) benched {
	rng := rand.New(rand.NewPCG(3, 4))
	teams := make([]string, 30)
	for i := range teams {
		teams[i] = string([]byte{'A' + byte(i%26), 'A' + byte(i/26), 'X'})
	}
	b := benched{
		make([]float64, rowCount), make([]float64, rowCount), make([]bool, rowCount), make([]string, rowCount),
		make([]int64, rowCount), make([]int64, rowCount), make([]int64, rowCount),
	}
	for i := range rowCount {
		b.x[i], b.y[i], b.valid[i] = math.Floor(rng.Float64()*1000)/10, 50, rng.IntN(100) > 0
		b.team[i] = teams[rng.IntN(len(teams))]
		b.player[i], b.day[i], b.total[i] = int64(i%1000), int64(i/1000), int64(i/1000)*7
	}
	return b
}

func (b benched) source(t testing.TB) expr.Source {
	src, err := rows.Columns(
		rows.Column{Name: "x", Values: b.x, Valid: b.valid}, rows.Column{Name: "y", Values: b.y}, rows.Column{Name: "team", Values: b.team},
		rows.Column{Name: "player", Values: b.player}, rows.Column{Name: "day", Values: b.day}, rows.Column{Name: "total", Values: b.total},
	)
	require.NoError(t, err)
	return src
}

// each is a loop over the values of x.
func (b benched) each(do func(float64)) {
	for i, ok := range b.valid {
		if x := b.x[i]; ok && !math.IsNaN(x) && !math.IsInf(x, 0) {
			do(x)
		}
	}
}

// benchedKinds are one check of each kind, how many columns it reads, and a loop that
// can do nothing else.
func benchedKinds() []struct {
	name  string
	check quality.Check
	cells int
	loop  func(b benched) int
} {
	x := expr.Col("x")
	few, half := []quality.Bound{quality.AtMost(quality.Percent(60))}, []quality.Bound{quality.AtLeast(quality.Percent(1))}
	fifty, _ := expr.ValueOf(50)
	zero, _ := expr.ValueOf(0)
	team, _ := expr.ValueOf("AAX")
	three, _ := expr.ValueOf(3)
	group, err := quality.ParseAggregated("max(total) = 0")
	if err != nil {
		panic(err)
	}
	number := func(of checks.Statistic) quality.Check {
		return checks.Number{Of: of, Column: "x", Bounds: []quality.Bound{quality.AtMost(quality.Count(1 << 60))}}
	}
	count := func(b benched, of func(float64) bool) (n int) {
		b.each(func(x float64) {
			if of(x) {
				n++
			}
		})
		return n
	}
	matching := regexp.MustCompile(`^[A-Z]{3}$`)
	return []struct {
		name  string
		check quality.Check
		cells int
		loop  func(b benched) int
	}{
		{"complete", checks.Complete{Columns: []string{"x"}, Bounds: half}, 1, func(b benched) int { return count(b, func(float64) bool { return true }) }},
		{"range", checks.Range{Of: []checks.Ends{{Column: "x", Low: zero, High: fifty}}, Bounds: half}, 1, func(b benched) int {
			return count(b, func(x float64) bool { return x >= 0 && x <= 50 })
		}},
		{"in", checks.In{Of: []checks.Listed{{Column: "team", Values: []expr.Value{team}}}, Bounds: half}, 1, func(b benched) (n int) {
			for _, t := range b.team {
				if t == "AAX" {
					n++
				}
			}
			return n
		}},
		{"pattern", checks.Pattern{Of: []checks.Matching{{Column: "team", Pattern: `^[A-Z]{3}$`}}, Bounds: half}, 1, func(b benched) (n int) {
			for _, t := range b.team {
				if matching.MatchString(t) {
					n++
				}
			}
			return n
		}},
		{"length", checks.Length{Of: []checks.Ends{{Column: "team", Low: three, High: three}}, Bounds: half}, 1, func(b benched) (n int) {
			for _, t := range b.team {
				if utf8.RuneCountInString(t) == 3 {
					n++
				}
			}
			return n
		}},
		{"assert", checks.Assert{Of: x.Le(expr.Col("y")), Bounds: half}, 2, func(b benched) (n int) {
			for i, ok := range b.valid {
				if ok && b.x[i] <= b.y[i] {
					n++
				}
			}
			return n
		}},
		{"implies", checks.Implies{If: x.Gt(50), Then: expr.Col("y").Eq(50), Bounds: half}, 2, func(b benched) (n int) {
			for i, ok := range b.valid {
				if ok && b.x[i] <= 50 || b.y[i] == 50 {
					n++
				}
			}
			return n
		}},
		{"total", checks.Total{Of: []string{"x", "y"}, To: fifty, Tolerance: fifty, Bounds: half}, 2, func(b benched) (n int) {
			for i, ok := range b.valid {
				if ok && math.Abs(b.x[i]+b.y[i]-50) <= 50 {
					n++
				}
			}
			return n
		}},
		{"defaults", checks.Defaults{Of: []checks.Listed{{Column: "x", Values: []expr.Value{fifty, zero}}}, Bounds: few}, 1, func(b benched) int {
			return count(b, func(x float64) bool { return x == 50 || x == 0 })
		}},
		{"quantile", checks.Quantile{Column: "x", Q: quality.Count(1), Bounds: []quality.Bound{quality.AtMost(quality.Count(100))}}, 1, func(b benched) int {
			return count(b, func(x float64) bool { return x <= 100 })
		}},
		{"sum", number(checks.Sum), 1, func(b benched) int {
			sum := 0.0
			b.each(func(x float64) { sum += x })
			return int(sum)
		}},
		{"mean", number(checks.Mean), 1, func(b benched) int {
			sum, n := 0.0, 0.0
			b.each(func(x float64) { sum, n = sum+x, n+1 })
			return int(sum / n)
		}},
		{"stddev", number(checks.StdDev), 1, func(b benched) int {
			n, mean, m2 := 0.0, 0.0, 0.0
			b.each(func(x float64) {
				n++
				d := x - mean
				mean += d / n
				m2 += d * (x - mean)
			})
			return int(math.Sqrt(m2 / (n - 1)))
		}},
		{"min", number(checks.Min), 1, func(b benched) int {
			low := math.Inf(1)
			b.each(func(x float64) { low = min(low, x) })
			return int(low)
		}},
		{"max", number(checks.Max), 1, func(b benched) int {
			high := math.Inf(-1)
			b.each(func(x float64) { high = max(high, x) })
			return int(high)
		}},
		{"spread", number(checks.Spread), 1, func(b benched) int {
			low, high := math.Inf(1), math.Inf(-1)
			b.each(func(x float64) { low, high = min(low, x), max(high, x) })
			return int(high - low)
		}},
		{"distinct", checks.Distinct{Column: "x", Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}, 1, func(b benched) int {
			seen := map[float64]bool{}
			b.each(func(x float64) { seen[x] = true })
			return len(seen)
		}},
		{"top_share", checks.TopShare{Column: "x", Bounds: few}, 1, func(b benched) (top int) {
			seen := map[float64]int{}
			b.each(func(x float64) { seen[x]++; top = max(top, seen[x]) })
			return top
		}},
		{"group", checks.Group{By: []string{"player"}, Assert: group, Bounds: half}, 2, func(b benched) (n int) {
			most := map[int64]int64{}
			for i, p := range b.player {
				most[p] = max(most[p], b.total[i])
			}
			for _, m := range most {
				if m == 0 {
					n++
				}
			}
			return n
		}},
		{"monotone", checks.Monotone{Column: "total", Of: []string{"player"}, At: "day"}, 3, func(b benched) (n int) {
			before := map[int64]int64{} // which the order of the rows allows
			for i, p := range b.player {
				if last, ok := before[p]; ok && b.total[i] >= last {
					n++
				}
				before[p] = b.total[i]
			}
			return n
		}},
	}
}

// BenchmarkKinds measures each kind on a million rows beside a plain loop, in
// nanoseconds per cell that it reads, and all of them together beside all loops.
func BenchmarkKinds(b *testing.B) {
	const rowCount = 1_000_000
	data := newBenched(rowCount)
	engine := rows.NewEngine(map[string]expr.Source{"t": data.source(b)})
	all := quality.Suite{Name: "all", Table: "t"}
	cells := 0
	judge := func(b *testing.B, s quality.Suite, cells int) {
		for b.Loop() {
			report, err := quality.Run(b.Context(), engine, time.Unix(0, 0), s)
			require.NoError(b, err)
			require.NotEqual(b, quality.Unknown, report.Verdict)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells)/rowCount, "ns/cell")
	}
	kinds := benchedKinds()
	for _, k := range kinds {
		rule := quality.Rule{Check: k.check}
		all.Rules, cells = append(all.Rules, rule), cells+k.cells
		b.Run(k.name+"/engine", func(b *testing.B) {
			judge(b, quality.Suite{Name: k.name, Table: "t", Rules: []quality.Rule{rule}}, k.cells)
		})
		b.Run(k.name+"/loop", func(b *testing.B) {
			for b.Loop() {
				require.GreaterOrEqual(b, k.loop(data), 0)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k.cells)/rowCount, "ns/cell")
		})
	}
	b.Run("all/engine", func(b *testing.B) { judge(b, all, cells) })
	b.Run("all/loops", func(b *testing.B) {
		for b.Loop() {
			for _, k := range kinds {
				k.loop(data)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells)/rowCount, "ns/cell")
	})
}
