package rows_test

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// BenchmarkUnique counts the keys of a million rows, nearly all of them distinct:
// of a number, of a text, of both together, and by segments.
func BenchmarkUnique(b *testing.B) {
	const rowCount = 1_000_000
	rng := rand.New(rand.NewPCG(1, 2))
	id, player, season := make([]int64, rowCount), make([]string, rowCount), make([]string, rowCount)
	for i := range id {
		id[i] = rng.Int64N(100 * rowCount)
		player[i] = "player_" + strconv.FormatInt(rng.Int64N(100*rowCount), 10)
		season[i] = []string{"2022-23", "2023-24", "2024-25", "2025-26"}[rng.IntN(4)]
	}
	src, err := rows.Columns(rows.Column{Name: "id", Values: id}, rows.Column{Name: "player", Values: player}, rows.Column{Name: "season", Values: season})
	require.NoError(b, err)
	for _, tt := range []struct {
		name   string
		of, by []string
	}{
		{"number", []string{"id"}, nil},
		{"text", []string{"player"}, nil},
		{"both", []string{"id", "player"}, nil},
		{"by", []string{"player"}, []string{"season"}},
	} {
		b.Run(tt.name, func(b *testing.B) {
			engine := rows.NewEngine(map[string]expr.Source{"t": src})
			suite := quality.Suite{Name: "bench", Table: "t", Rules: []quality.Rule{{Check: checks.Unique{Columns: tt.of}, By: tt.by}}}
			b.ReportAllocs()
			for b.Loop() {
				_, err := quality.Run(b.Context(), engine, time.Unix(0, 0), suite)
				require.NoError(b, err)
			}
			b.ReportMetric(rowCount*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
