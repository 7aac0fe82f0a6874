package onfile_test

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/publish/onfile"
	"github.com/intactdata/intact/quality/rows"
)

// stat has a column of each type.
type stat struct {
	Day    civil.Date     `bigquery:"game_date"`
	Team   string         `bigquery:"team"`
	Points *int64         `bigquery:"points"`
	Pace   float64        `bigquery:"pace"`
	Home   bool           `bigquery:"home"`
	At     time.Time      `bigquery:"at"`
	Local  civil.DateTime `bigquery:"local"`
	Odds   *big.Rat       `bigquery:"odds"`
	Raw    []byte         `bigquery:"raw"`
}

func statOf(d int, team string, points int64) stat {
	at := time.Date(2026, 1, d, 1, 2, 3, 4000, time.UTC)
	return stat{day(d), team, &points, 100.25, d%2 == 0, at, civil.DateTimeOf(at), big.NewRat(5, 4), []byte{0, 255}}
}

// rowsOf are the rows of a file, as texts.
func rowsOf(t *testing.T, path string) []string {
	t.Helper()
	s, err := files.Open([]string{path}, files.Options{})
	require.NoError(t, err)
	schema, err := s.Schema(t.Context())
	require.NoError(t, err)
	var out []string
	for b, err := range expr.Scan(t.Context(), s, schema.Names()) {
		require.NoError(t, err)
		for i := range b.Rows {
			line := ""
			for c := range b.Columns {
				line += " " + b.Columns[c].Value(i).SQL()
			}
			out = append(out, line)
		}
	}
	return out
}

// A file of Parquet is made by the first rows, and the next ones stand behind those that
// stay: all types are read as they were sent.
func TestParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stat.parquet")
	lost := statOf(4, "NYK", 99)
	lost.Points = nil
	for run, sent := range [][]stat{{statOf(3, "BOS", 101), lost}, {statOf(4, "NYK", 98), statOf(4, "LAL", 97)}} {
		source, err := rows.Of(sent)
		require.NoError(t, err)
		r := request(path, source)
		r.Run, r.From = fmt.Sprint(run), day(3+run)
		got, err := publish.Run(t.Context(), r)
		require.NoError(t, err)
		require.True(t, got.Published, got.Reason)
	}
	want := filepath.Join(t.TempDir(), "want.parquet")
	source, err := rows.Of([]stat{statOf(3, "BOS", 101), statOf(4, "NYK", 98), statOf(4, "LAL", 97)})
	require.NoError(t, err)
	r := request(want, source)
	r.From = day(3)
	_, err = publish.Run(t.Context(), r)
	require.NoError(t, err)
	got := rowsOf(t, path)
	assert.Len(t, got, 3)
	assert.Equal(t, rowsOf(t, want), got)
	assert.Contains(t, got[0], "TIMESTAMP '2026-01-03 01:02:03.000004+00'")
}

// Many rows, of which every other stays, in columns as other programs write them.
func TestParquetOfOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stat.parquet")
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "game_date", Type: arrow.FixedWidthTypes.Date32},
		{Name: "team", Type: arrow.BinaryTypes.LargeString},
		{Name: "points", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	}, nil)
	file, err := os.Create(path)
	require.NoError(t, err)
	w, err := pqarrow.NewFileWriter(schema, file, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
	require.NoError(t, err)
	const n = 70_000
	first := arrow.Date32FromTime(time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC))
	build := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for i := range n {
		build.Field(0).(*array.Date32Builder).Append(first + arrow.Date32(i%2))
		build.Field(1).(*array.LargeStringBuilder).Append(fmt.Sprint("T", i))
		build.Field(2).(*array.Int32Builder).Append(int32(i))
	}
	require.NoError(t, w.Write(build.NewRecordBatch()))
	require.NoError(t, w.Close())

	sent := func(points int64) publish.Request {
		type game struct {
			Day    civil.Date `bigquery:"game_date"`
			Team   string     `bigquery:"team"`
			Points int64      `bigquery:"points"`
		}
		var all []game
		for i := 1; i < n; i += 2 {
			all = append(all, game{day(4), fmt.Sprint("T", i), points})
		}
		source, err := rows.Of(all)
		require.NoError(t, err)
		return request(path, source)
	}
	_, err = publish.Run(t.Context(), sent(1<<40))
	require.ErrorContains(t, err, `column "points": row 1: 1099511627776 cannot be written as int32`)
	r, err := publish.Run(t.Context(), sent(7))
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	got := rowsOf(t, path)
	require.Len(t, got, n)
	assert.Equal(t, " DATE '2026-01-03' 'T69998' 69998", got[n/2-1])
	assert.Equal(t, " DATE '2026-01-04' 'T1' 7", got[n/2])
}

var _ publish.Target = (*onfile.Table)(nil)
