package windows_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// cellsOf are cells of a type as text, special values among them.
var cellsOf = map[expr.Type]func(*rapid.T) string{
	expr.Bool:  func(t *rapid.T) string { return strconv.FormatBool(rapid.Bool().Draw(t, "bool")) },
	expr.Int64: func(t *rapid.T) string { return strconv.FormatInt(rapid.Int64().Draw(t, "int"), 10) },
	expr.Float64: func(t *rapid.T) string {
		return rapid.OneOf(
			rapid.Map(rapid.Float64(), func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }),
			rapid.SampledFrom([]string{"NaN", "inf", "-inf", "-0", "5e-324"})).Draw(t, "float")
	},
	expr.String: func(t *rapid.T) string { return "s" + oddText().Draw(t, "text") },
	expr.Bytes:  func(t *rapid.T) string { return "b" + rapid.StringMatching(`[a-z]{0,9}`).Draw(t, "bytes") },
	expr.Date:   func(t *rapid.T) string { return moment(t).Format("2006-01-02") },
	expr.DateTime: func(t *rapid.T) string {
		return moment(t).Format("2006-01-02T15:04:05.999999")
	},
	expr.Timestamp: func(t *rapid.T) string { return moment(t).Format("2006-01-02T15:04:05.999999Z") },
	expr.Time:      func(t *rapid.T) string { return moment(t).Format("15:04:05.999999") },
	expr.Numeric:   func(t *rapid.T) string { return decimal(t, 29, 9) },
	expr.BigNumeric: func(t *rapid.T) string {
		return decimal(t, 38, 38)
	},
}

func moment(t *rapid.T) time.Time {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)
	us := rapid.OneOf(rapid.Int64Range(first.UnixMicro(), last.UnixMicro()), rapid.SampledFrom([]int64{first.UnixMicro(), last.UnixMicro()}))
	return time.UnixMicro(us.Draw(t, "moment")).UTC()
}

// decimal has digits before and behind the point, at most so many.
func decimal(t *rapid.T, whole, scale int) string {
	digits := rapid.StringMatching(fmt.Sprintf(`-?[0-9]{1,%d}`, whole)).Draw(t, "whole")
	n, _ := new(big.Int).SetString(digits, 10)
	return n.String() + "." + rapid.StringMatching(fmt.Sprintf(`[0-9]{1,%d}`, scale)).Draw(t, "fraction")
}

// valuesOf are those of some columns, as GoogleSQL writes them.
func valuesOf(t *rapid.T, path string, types map[string]expr.Type, names []string) (out [][]string) {
	source, err := files.Open([]string{path}, files.Options{Types: types})
	require.NoError(t, err)
	defer source.Close()
	for b, err := range source.Scan(t.Context(), names) {
		require.NoError(t, err)
		for i := range b.Rows {
			var row []string
			for c := range b.Columns {
				require.NoError(t, b.Columns[c].Err)
				row = append(row, b.Columns[c].Value(i).SQL())
			}
			out = append(out, row)
		}
	}
	return out
}

// Columns of every type, special values among them, are read back as they were
// written: what text became, and what passed through as Parquet.
func TestParquetReadsBackAsItWasWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		types := map[string]expr.Type{}
		names := []string{"e", "at", "v"}
		kinds := []expr.Type{
			expr.Bool, expr.Int64, expr.Float64, expr.String, expr.Bytes, expr.Date,
			expr.DateTime, expr.Timestamp, expr.Time, expr.Numeric, expr.BigNumeric,
		}
		for _, k := range kinds {
			name := "c" + string(k)
			names, types[name] = append(names, name), k
		}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		require.NoError(t, w.Write(names))
		for i := range rapid.IntRange(1, 40).Draw(t, "rows") {
			row := []string{"a", time.Unix(0, 0).UTC().AddDate(0, 0, i).Format("2006-01-02"), "1"}
			for _, k := range kinds {
				cell := ""
				if rapid.IntRange(0, 4).Draw(t, "null") > 0 {
					cell = cellsOf[k](t)
				}
				row = append(row, cell)
			}
			require.NoError(t, w.Write(row))
		}
		w.Flush()
		source := filepath.Join(dir, "in.csv")
		require.NoError(t, os.WriteFile(source, text.Bytes(), 0o600))
		want := valuesOf(t, source, types, names)

		written := text.Bytes()
		for pass, input := range []string{"csv", "parquet"} {
			var out bytes.Buffer
			q := small(string(written), input, &out)
			q.Output, q.Settings.Windows.Days, q.Settings.Windows.Last = "parquet", nil, []int64{int64(pass + 1)}
			if input == "csv" {
				q.Settings.Types = types
			}
			_, err := windows.Run(t.Context(), q)
			require.NoError(t, err)
			written = slices.Clone(out.Bytes())
			path := filepath.Join(dir, "out.parquet")
			require.NoError(t, os.WriteFile(path, written, 0o600))
			require.Equal(t, want, valuesOf(t, path, nil, names), "from %s", input)
		}
	})
}
