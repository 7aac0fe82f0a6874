package audit_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
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

// What an audit takes, beside what computing the windows takes of the same rows in the
// same run: the metric x is the one by the other.
func BenchmarkAudit(b *testing.B) {
	for _, leaks := range []int{0, 100, 2} {
		source, specs := benchRows(b, *benchSize, leaks)
		check := audit.Stored{Keys: panel.Spec{Entity: []string{"player"}, At: "day"}}
		for _, s := range specs {
			check.Columns = append(check.Columns, audit.Column{Name: s.Name(), Spec: s})
		}
		suite := quality.Suite{Name: "stored", Table: "d.stored", RowsAtFault: new(int), Rules: []quality.Rule{{Check: check}}}
		compute := func() {
			loaded, err := panel.Load(b.Context(), panel.Spec{Entity: []string{"player"}, At: "day", Windows: specs}, panel.Tables{Rows: panel.Table{Name: "rows", Source: source}}, now)
			require.NoError(b, err)
			_, err = loaded.Compute()
			require.NoError(b, err)
		}
		b.Run(fmt.Sprintf("leaks=1of%d", leaks), func(b *testing.B) {
			b.ReportAllocs()
			var computing, auditing time.Duration
			for b.Loop() {
				begun := time.Now()
				compute()
				computed := time.Now()
				report, err := quality.Run(b.Context(), rows.NewEngine(map[string]expr.Source{"d.stored": source}), now, suite)
				auditing += time.Since(computed)
				computing += computed.Sub(begun)
				require.NoError(b, err)
				require.Equal(b, leaks == 0, report.Verdict == quality.Pass, report.Suites[0].Checks[0].Reason)
			}
			b.ReportMetric(float64(auditing)/float64(computing), "x")
		})
	}
}
