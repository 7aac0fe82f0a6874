package audit_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/audit"
	"github.com/intactdata/intact/rolling/panel"
)

const benchColumns = 5

// benchRows are games of players, so many in all, with five columns of numbers and the
// mean of the last ten of each, of which one in so many is a leak.
func benchRows(b *testing.B, n, leaks int) (expr.Source, []rolling.Spec) {
	const games = 1000
	r := rand.New(rand.NewPCG(1, 1))
	players, days := make([]string, n), make([]civil.Date, n)
	for i := range n {
		players[i], days[i] = fmt.Sprintf("p%06d", i/games), civil.Date{Year: 2020, Month: 1, Day: 1}.AddDays(i%games)
	}
	columns := []rows.Column{{Name: "player", Values: players}, {Name: "day", Values: days}}
	var specs []rolling.Spec
	for c := range benchColumns {
		name := fmt.Sprintf("x%d", c)
		spec, err := rolling.New(rolling.Mean(name), rolling.Last(10))
		require.NoError(b, err)
		specs = append(specs, spec)
		values, stored, valid := make([]float64, n), make([]float64, n), make([]bool, n)
		for i := range n {
			values[i] = float64(r.IntN(400)) / 10
			to := i
			if leaks > 0 && r.IntN(leaks) == 0 {
				to++
			}
			if valid[i] = i%games >= 10; !valid[i] {
				continue
			}
			for _, v := range values[to-10 : to] {
				stored[i] += v / 10
			}
		}
		columns = append(columns, rows.Column{Name: name, Values: values}, rows.Column{Name: spec.Name(), Values: stored, Valid: valid})
	}
	source, err := rows.Columns(columns...)
	require.NoError(b, err)
	return source, specs
}

// benchSize is how many rows there are, each with five stored windows.
var benchSize = flag.Int("audit.rows", 200_000, "how many rows the benchmark of audits has")

// What an audit takes, beside what computing the windows takes of the same rows: the one
// is run after the other, each from a heap without garbage, and the metrics min-x, x and
// max-x are the least, the median and the largest of the rounds' own ratios. Who computes
// windows reads their values and reasons; who audits gets a report.
func BenchmarkAudit(b *testing.B) {
	for _, leaks := range []int{0, 100, 2} {
		source, specs := benchRows(b, *benchSize, leaks)
		check := audit.Stored{Keys: panel.Spec{Entity: []string{"player"}, At: "day"}}
		for _, s := range specs {
			check.Columns = append(check.Columns, audit.Column{Name: s.Name(), Spec: s})
		}
		suite := quality.Suite{Name: "stored", Table: "d.stored", RowsAtFault: new(int), Rules: []quality.Rule{{Check: check}}}
		b.Run(fmt.Sprintf("leaks=1of%d", leaks), func(b *testing.B) {
			b.ReportAllocs()
			var computing, ratios []float64
			for b.Loop() {
				computed := timed(func() { computeAll(b, source, specs) })
				audited := timed(func() {
					report, err := quality.Run(b.Context(), rows.NewEngine(map[string]expr.Source{"d.stored": source}), now, suite)
					require.NoError(b, err)
					require.Equal(b, leaks == 0, report.Verdict == quality.Pass, report.Suites[0].Checks[0].Reason)
				})
				computing, ratios = append(computing, computed), append(ratios, audited/computed)
			}
			slices.Sort(computing)
			slices.Sort(ratios)
			b.ReportMetric(computing[len(computing)/2], "compute-s")
			b.ReportMetric(ratios[0], "min-x")
			b.ReportMetric(ratios[len(ratios)/2], "x")
			b.ReportMetric(ratios[len(ratios)-1], "max-x")
		})
	}
}

// timed is how many seconds something takes.
func timed(do func()) float64 {
	runtime.GC()
	begun := time.Now()
	do()
	return time.Since(begun).Seconds()
}

// computeAll computes windows and reads what came of each.
func computeAll(b *testing.B, source expr.Source, specs []rolling.Spec) {
	loaded, err := panel.Load(b.Context(), panel.Spec{Entity: []string{"player"}, At: "day", Windows: specs}, panel.Tables{Rows: panel.Table{Name: "rows", Source: source}}, now)
	require.NoError(b, err)
	answers, err := loaded.Compute()
	require.NoError(b, err)
	for i := range specs {
		w, sum, whole := answers.Windows(i), 0.0, 0
		for p := range w.Len() {
			if v, reason := w.Float64(p); reason == rolling.Whole {
				sum, whole = sum+v, whole+1
			}
		}
		require.Positive(b, sum)
		require.Equal(b, *benchSize-10*((*benchSize+999)/1000), whole)
	}
}
