package features

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// benchRows are a million, fewer where one round is to show only that it runs.
func benchRows() int {
	if testing.Short() {
		return 100_000
	}
	return 1_000_000
}

// A gate of 59 features and a label opens over a million rows in memory; every cell is
// judged, counted and summed up.
func BenchmarkGate(b *testing.B) {
	engine := rows.NewEngine(map[string]expr.Source{"t.wide": wideTable(b, benchRows())})
	g := Gate{Set: wideSet(), Now: time.Date(2026, 6, 6, 0, 0, 0, 0, time.UTC)}
	for b.Loop() {
		_, err := g.Open(b.Context(), engine)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(benchRows())/60, "ns/cell")
}

// What a plain loop takes to see of each cell whether it is populated, within its range
// and no default, and its least and greatest.
func BenchmarkPlainLoop(b *testing.B) {
	var columns [][]float64
	src := wideTable(b, benchRows())
	var names []string
	for _, f := range wideSet().Features {
		names = append(names, f.Name)
	}
	columns = make([][]float64, len(names))
	for batch, err := range src.Scan(context.Background(), names) {
		require.NoError(b, err)
		for i, v := range batch.Columns {
			columns[i] = append(columns[i], v.Floats...)
		}
	}
	populated, inside, defaults := 0, 0, 0
	for b.Loop() {
		for _, column := range columns {
			low, high := math.Inf(1), math.Inf(-1)
			for _, v := range column {
				if v-v != 0 {
					continue
				}
				populated++
				if v >= 0 && v <= 1000 {
					inside++
				}
				if v == -1 {
					defaults++
				}
				low, high = min(low, v), max(high, v)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(benchRows())/60, "ns/cell")
}
