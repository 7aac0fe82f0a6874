package windows_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// A shot is what a text format has no column for.
type shot struct {
	Zone string   `parquet:"zone"`
	At   []string `parquet:"at,list"`
}

type parquetGame struct {
	Z     string           `parquet:"z,dict"` // out of the order of names
	E     string           `parquet:"e"`
	At    int32            `parquet:"at,date"`
	V     *float64         `parquet:"v,optional"`
	Shots []shot           `parquet:"shots,list"`
	Notes map[string]int64 `parquet:"notes"`
	Small int32            `parquet:"small,optional"`
}

func ptr[T any](v T) *T { return &v }

func parquetRows(t *testing.T, text []byte) (rows []parquet.Row) {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader(text), int64(len(text)))
	require.NoError(t, err)
	for _, group := range file.RowGroups() {
		in := group.Rows()
		defer in.Close()
		for {
			batch := make([]parquet.Row, 1)
			n, err := in.ReadRows(batch)
			if n == 1 {
				rows = append(rows, batch[0].Clone())
			}
			if err != nil {
				require.ErrorIs(t, err, io.EOF)
				break
			}
		}
	}
	return rows
}

func columnNames(t *testing.T, text []byte) (names []string) {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader(text), int64(len(text)))
	require.NoError(t, err)
	for _, f := range file.Root().Fields() {
		names = append(names, f.Name())
	}
	return names
}

// The rows of a Parquet file keep all of their columns, nested ones as well, in
// their order.
func TestParquetRowsPassThrough(t *testing.T) {
	games := []parquetGame{
		{Z: "x", E: "a", At: 20_000, V: ptr(4.0), Shots: []shot{{"rim", []string{"1", "2"}}, {"mid", nil}}, Notes: map[string]int64{"k": 1}, Small: 7},
		{Z: "y", E: "a", At: 20_001},
		{Z: "x", E: "a", At: 20_002, V: ptr(6.5), Shots: []shot{{"three", []string{"9"}}}},
		{Z: "x", E: "b", At: 20_002, V: ptr(1.0)},
	}
	var in bytes.Buffer
	w := parquet.NewGenericWriter[parquetGame](&in, parquet.MaxRowsPerRowGroup(3))
	_, err := w.Write(games)
	require.NoError(t, err)
	require.NoError(t, w.Close())

	var out bytes.Buffer
	q := small(in.String(), "parquet", &out)
	q.Settings.Windows.Days = nil
	_, err = windows.Run(t.Context(), q)
	require.NoError(t, err)

	assert.Equal(t, append(columnNames(t, in.Bytes()), "v_avg_last_1", "v_avg_last_1_reason", "v_avg_last_1_observed", "v_avg_last_1_expected"),
		columnNames(t, out.Bytes()))
	before, after := parquetRows(t, in.Bytes()), parquetRows(t, out.Bytes())
	require.Len(t, after, len(before))
	want := []string{"[<null> warmup 0 <null>]", "[4 whole 1 <null>]", "[<null> null 0 <null>]", "[<null> warmup 0 <null>]"}
	for i, row := range after {
		own := len(row) - 4
		assert.Equal(t, fmt.Sprintf("%+v", before[i]), fmt.Sprintf("%+v", row[:own]), "with the levels of what is nested and NULL")
		assert.Equal(t, want[i], fmt.Sprintf("%v", row[own:]))
	}
}

// More rows than are written together, in groups and in lists that end elsewhere.
func TestLongParquetPassesThrough(t *testing.T) {
	const rows = 10_000
	games := make([]parquetGame, rows)
	for i := range games {
		games[i] = parquetGame{Z: fmt.Sprint(i % 7), E: "a", At: int32(i), V: ptr(float64(i)), Shots: make([]shot, i%5), Small: int32(i)}
	}
	var in, out bytes.Buffer
	w := parquet.NewGenericWriter[parquetGame](&in, parquet.MaxRowsPerRowGroup(4999), parquet.PageBufferSize(500))
	_, err := w.Write(games)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	q := small(in.String(), "parquet", &out)
	q.Settings.Windows.Days = nil
	_, err = windows.Run(t.Context(), q)
	require.NoError(t, err)
	before, after := parquetRows(t, in.Bytes()), parquetRows(t, out.Bytes())
	require.Len(t, after, rows)
	for i, row := range after {
		own := len(row) - 4
		require.Equal(t, fmt.Sprintf("%+v", before[i]), fmt.Sprintf("%+v", row[:own]))
		if i > 0 {
			require.Equal(t, fmt.Sprintf("[%d whole 1 <null>]", i-1), fmt.Sprintf("%v", row[own:]))
		}
	}
}

// What is written as Parquet reads as the values it was made of, whatever their
// type.
func TestTextBecomesParquet(t *testing.T) {
	const rows = "e,at,v,b,s,day,exact,empty\n" +
		"a,2026-01-01T10:00:00Z,1,true,\"x,y\",2024-02-29,-12.345678901,\n" +
		"a,2026-01-02T11:30:00.25Z,,,,,99999999999999999999999999999.999999999,\n"
	types := map[string]expr.Type{"exact": expr.Numeric, "v": expr.Numeric}
	var out bytes.Buffer
	q := small(rows, "csv", &out)
	q.Output, q.Settings.Types, q.Settings.Windows.Days = "parquet", types, nil
	_, err := windows.Run(t.Context(), q)
	require.NoError(t, err)

	path := filepath.Join(t.TempDir(), "out.parquet")
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
	source, err := files.Open([]string{path}, files.Options{})
	require.NoError(t, err)
	schema, err := source.Schema(t.Context())
	require.NoError(t, err)
	assert.Equal(t, expr.Schema{
		{Name: "e", Type: expr.String}, {Name: "at", Type: expr.Timestamp}, {Name: "v", Type: expr.Numeric},
		{Name: "b", Type: expr.Bool}, {Name: "s", Type: expr.String}, {Name: "day", Type: expr.Date},
		{Name: "exact", Type: expr.Numeric}, {Name: "empty", Type: expr.String},
		{Name: "v_avg_last_1", Type: expr.Numeric}, {Name: "v_avg_last_1_reason", Type: expr.String},
		{Name: "v_avg_last_1_observed", Type: expr.Int64}, {Name: "v_avg_last_1_expected", Type: expr.Int64},
	}, schema)
	var columns []string
	for _, f := range schema {
		columns = append(columns, f.Name)
	}
	var got [][]string
	for b, err := range source.Scan(t.Context(), columns) {
		require.NoError(t, err)
		for i := range b.Rows {
			var row []string
			for c := range b.Columns {
				row = append(row, b.Columns[c].Value(i).String())
			}
			got = append(got, row)
		}
	}
	assert.Equal(t, [][]string{
		{"a", "2026-01-01 10:00:00+00", "1", "true", "x,y", "2024-02-29", "-12.345678901", "null", "null", "warmup", "0", "null"},
		{"a", "2026-01-02 11:30:00.25+00", "null", "null", "null", "null", "99999999999999999999999999999.999999999", "null", "1", "whole", "1", "null"},
	}, got)
}

// A damaged file is an error, not a panic.
func TestDamagedParquet(t *testing.T) {
	var in bytes.Buffer
	require.NoError(t, parquet.Write(&in, []parquetGame{{E: "a", At: 20_000, V: ptr(1.0), Z: "a long text that stands in a page"}}))
	text := in.Bytes()
	for at := 4; at < len(text)-8; at++ {
		damaged := bytes.Clone(text)
		damaged[at] ^= 0xff
		_, err := windows.Run(t.Context(), small(string(damaged), "parquet", &bytes.Buffer{}))
		_ = err // many bytes can be wrong unnoticed; none may panic
	}
}
