package rows_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// BenchmarkCompleteness measures how populated twenty columns of a million rows
// are in each of four seasons: by the engine, and by a plain loop over the same
// columns that can do nothing else.
func BenchmarkCompleteness(b *testing.B) {
	const rowCount, columnCount = 1_000_000, 20
	names := []string{"2022-23", "2023-24", "2024-25", "2025-26"}
	rng := rand.New(rand.NewPCG(1, 2))
	season := make([]string, rowCount)
	for i := range season {
		season[i] = names[rng.IntN(len(names))]
	}
	columns := []rows.Column{{Name: "season", Values: season}}
	suite := quality.Suite{Name: "bench", Table: "t"}
	for c := range columnCount {
		values, valid := make([]float64, rowCount), make([]bool, rowCount)
		missing := []float64{0, 0.01, 0.05, 0.5}[c%4]
		for i := range values {
			values[i], valid[i] = rng.Float64(), rng.Float64() >= missing
		}
		name := fmt.Sprintf("m%02d", c)
		columns = append(columns, rows.Column{Name: name, Values: values, Valid: valid})
		suite.Rules = append(suite.Rules, quality.Rule{Check: quality.Complete{Columns: []string{name}}, By: []string{"season"}})
	}

	b.Run("engine", func(b *testing.B) {
		src, err := rows.Columns(columns...)
		require.NoError(b, err)
		engine := rows.NewEngine(map[string]expr.Source{"t": src})
		b.ReportAllocs()
		for b.Loop() {
			_, err := quality.Run(b.Context(), engine, time.Unix(0, 0), suite)
			require.NoError(b, err)
		}
		b.ReportMetric(rowCount*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})

	b.Run("loop", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			populated := loop(season, columns[1:])
			require.Len(b, populated, len(names))
		}
		b.ReportMetric(rowCount*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

// loop counts, for each season, its rows and the values of each column.
func loop(season []string, columns []rows.Column) map[string][]int {
	segments := map[string]int{}
	segment := make([]int, len(season))
	for i, s := range season {
		at, ok := segments[s]
		if !ok {
			at = len(segments)
			segments[s] = at
		}
		segment[i] = at
	}
	populated := make([][]int, len(segments))
	for at := range populated {
		populated[at] = make([]int, len(columns))
	}
	for c, column := range columns {
		values := column.Values.([]float64)
		for i, ok := range column.Valid {
			if ok && !math.IsNaN(values[i]) && !math.IsInf(values[i], 0) {
				populated[segment[i]][c]++
			}
		}
	}
	out := map[string][]int{}
	for name, at := range segments {
		out[name] = populated[at]
	}
	return out
}

// BenchmarkStructs measures structs, whose fields are read one by one.
func BenchmarkStructs(b *testing.B) {
	type game struct {
		Season  string
		Minutes int64
		Rate    *float64
		Pace    float64
		Updated time.Time
	}
	const rowCount = 100_000
	rate := 20.5
	games := make([]game, rowCount)
	for i := range games {
		games[i] = game{"2025-26", int64(i), &rate, float64(i), time.Unix(int64(i), 0)}
	}
	src, err := rows.Of(games)
	require.NoError(b, err)
	engine := rows.NewEngine(map[string]expr.Source{"t": src})
	suite := quality.Suite{Name: "bench", Table: "t"}
	for _, name := range []string{"Minutes", "Rate", "Pace", "Updated"} {
		suite.Rules = append(suite.Rules, quality.Rule{Check: quality.Complete{Columns: []string{name}}, By: []string{"Season"}})
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := quality.Run(b.Context(), engine, time.Unix(0, 0), suite)
		require.NoError(b, err)
	}
	b.ReportMetric(rowCount*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
