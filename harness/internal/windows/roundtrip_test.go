package windows_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
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
	expr.Bool: func(t *rapid.T) string { return strconv.FormatBool(rapid.Bool().Draw(t, "bool")) },
	expr.Int64: func(t *rapid.T) string {
		return rapid.OneOf(
			rapid.Map(rapid.Int64(), func(n int64) string { return strconv.FormatInt(n, 10) }),
			rapid.SampledFrom([]string{"-9223372036854775808", "9223372036854775807"})).Draw(t, "int")
	},
	expr.Float64: func(t *rapid.T) string {
		return rapid.OneOf(
			rapid.Map(rapid.Float64(), func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }),
			rapid.SampledFrom([]string{"NaN", "inf", "-inf", "-0", "5e-324", "1.7976931348623157e308"})).Draw(t, "float")
	},
	expr.String: func(t *rapid.T) string {
		return rapid.OneOf(oddText(), rapid.SampledFrom([]string{"", " ", "NaN", "null", "007", "n/a", "a\r", "\r\n", "\x00", `\N`})).Draw(t, "text")
	},
	expr.Bytes: func(t *rapid.T) string {
		return base64.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 0, 9).Draw(t, "bytes"))
	},
	expr.Date: func(t *rapid.T) string { return moment(t).Format("2006-01-02") },
	expr.DateTime: func(t *rapid.T) string {
		return moment(t).Format("2006-01-02T15:04:05.999999")
	},
	expr.Timestamp: func(t *rapid.T) string { return moment(t).Format("2006-01-02T15:04:05.999999Z") },
	expr.Time:      func(t *rapid.T) string { return moment(t).Format("15:04:05.999999") },
	expr.Numeric: func(t *rapid.T) string {
		return rapid.OneOf(decimal(29, 9), rapid.SampledFrom([]string{
			"99999999999999999999999999999.999999999", "-99999999999999999999999999999.999999999",
		})).Draw(t, "numeric")
	},
	expr.BigNumeric: func(t *rapid.T) string {
		return rapid.OneOf(decimal(38, 38), rapid.SampledFrom([]string{
			"578960446186580977117854925043439539266.34992332820282019728792003956564819967",
			"-578960446186580977117854925043439539266.34992332820282019728792003956564819968",
		})).Draw(t, "bignumeric")
	},
}

func moment(t *rapid.T) time.Time {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)
	us := rapid.OneOf(rapid.Int64Range(first.UnixMicro(), last.UnixMicro()), rapid.SampledFrom([]int64{first.UnixMicro(), last.UnixMicro()}))
	return time.UnixMicro(us.Draw(t, "moment")).UTC()
}

// decimal has digits before and behind the point, at most so many.
func decimal(whole, scale int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		digits := rapid.StringMatching(fmt.Sprintf(`-?[0-9]{1,%d}`, whole)).Draw(t, "whole")
		n, _ := new(big.Int).SetString(digits, 10)
		return n.String() + "." + rapid.StringMatching(fmt.Sprintf(`[0-9]{1,%d}`, scale)).Draw(t, "fraction")
	})
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
// written, from whatever format and in whatever format: NDJSON, where all is text of
// declared types, becomes each of them, and that each of them again.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	dir := t.TempDir()
	kinds := []expr.Type{
		expr.Bool, expr.Int64, expr.Float64, expr.String, expr.Bytes, expr.Date,
		expr.DateTime, expr.Timestamp, expr.Time, expr.Numeric, expr.BigNumeric,
	}
	names, types := []string{"e", "at", "v"}, map[string]expr.Type{"e": expr.String, "at": expr.Date, "v": expr.Int64}
	for _, k := range kinds {
		names, types["c"+string(k)] = append(names, "c"+string(k)), k
	}
	rapid.Check(t, func(t *rapid.T) {
		var text bytes.Buffer
		for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
			row := map[string]any{"e": "a", "at": time.Unix(0, 0).UTC().AddDate(0, 0, i).Format("2006-01-02"), "v": 1}
			for _, k := range kinds {
				row["c"+string(k)] = nil
				if rapid.IntRange(0, 4).Draw(t, "null") > 0 {
					row["c"+string(k)] = cellsOf[k](t)
				}
			}
			require.NoError(t, json.NewEncoder(&text).Encode(row))
		}
		source := filepath.Join(dir, "in.ndjson")
		require.NoError(t, os.WriteFile(source, text.Bytes(), 0o600))
		want := valuesOf(t, source, types, names)
		inCSV := slices.Clone(want)
		for i, row := range want { // an empty cell is NULL
			inCSV[i] = slices.Clone(row)
			for c, value := range row {
				if value == "''" || value == "BYTES ''" {
					inCSV[i][c] = "NULL"
				}
			}
		}

		written, input := text.Bytes(), "ndjson"
		for pass, output := range []string{"parquet", "parquet", "ndjson", "ndjson", "parquet", "csv", "csv", "ndjson", "csv"} {
			var out bytes.Buffer
			q := small(string(written), input, &out)
			q.Output, q.Settings.Windows.Days, q.Settings.Windows.Last = output, nil, []int64{int64(pass + 1)}
			if input != "parquet" {
				q.Settings.Types = types
			}
			_, err := windows.Run(t.Context(), q)
			require.NoError(t, err)
			path, declared := filepath.Join(dir, "out."+output), types
			if output == "parquet" {
				declared = nil
			}
			require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
			if output == "csv" {
				want = inCSV
			}
			require.Equal(t, want, valuesOf(t, path, declared, names), "%s from %s", output, input)
			written, input = slices.Clone(out.Bytes()), output
		}
	})
}

func TestTextsThatCSVDoesNotKeepAreTold(t *testing.T) {
	var out bytes.Buffer
	q := small(`{"e":"a","at":"2024-01-01","v":1,"s":""}`+"\n"+`{"e":"a","at":"2024-01-02","v":1,"s":null}`+"\n", "ndjson", &out)
	q.Output = "csv"
	s, err := windows.Run(t.Context(), q)
	require.NoError(t, err)
	require.Contains(t, s.String(), "1 text of no character is a cell of CSV, which is read as NULL: --output ndjson or parquet keeps what it is\n")
	require.Contains(t, out.String(), "\na,2024-01-01,1,\"\",")
}
