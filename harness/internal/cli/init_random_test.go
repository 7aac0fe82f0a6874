package cli

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/suitefile"
)

// hostile are names and values that YAML, SQL or a comment could take for something
// else than a text.
var hostile = []string{
	"a:b", `"q"`, "#c", "x #y", "line\nend", "`tick`", "$x", "{y}", "- z", "null", "~", "yes", "1.5", "a*b", "/re/", " lead", "trail ", "ünï",
	"%", "by", "where", "checks", "tab\there", "o'h", `\back`, "&anchor", "*alias", "!tag", "a,b", "[l]", "?", "@", "|", ">", "\u2028", "\u0085", "\ufeffx",
	"0777", "1_000", "=", "<<", ".inf", "..", "NaN", "2026-02-30", "column", "rows", "string", "int64", "day", "month", "column_of_rows", "DATE_TRUNC(x, MONTH)",
}

// cell is a value of a column of some sort.
func cell(sort int) *rapid.Generator[string] {
	switch sort {
	case 0:
		return rapid.Map(rapid.IntRange(-3, 30), func(n int) string { return fmt.Sprint(n) })
	case 1:
		return rapid.SampledFrom([]string{"0.5", "-1e300", "NaN", "inf", "1e-7", "9007199254740993", ""})
	case 2:
		return rapid.Map(rapid.IntRange(-400, 20), func(n int) string { return newYear.AddDate(0, 0, n).Format(time.DateOnly) })
	case 3:
		return rapid.SampledFrom([]string{"true", "false", ""})
	case 4:
		return rapid.SampledFrom(append(hostile, "", strings.Repeat("long", 40)))
	case 5:
		return rapid.SampledFrom([]string{"7"})
	case 6:
		return rapid.SampledFrom([]string{"3", "NA", "4", "DNP", ""})
	case 7:
		return rapid.Map(rapid.IntRange(0, 5000), func(n int) string {
			return newYear.Add(-time.Duration(n) * time.Hour).Format("2006-01-02T15:04:05Z")
		})
	}
	return rapid.SampledFrom([]string{"BOS", "LAL", "NYK"})
}

// Whatever is in a table, the suite that init writes of it can be read, and passes; only
// of a table in which nothing can be claimed there is none.
func TestInitOfAnyTablePasses(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.SampledFrom(hostile), 1, 6, rapid.ID[string]).Draw(r, "names")
		sorts := rapid.SliceOfN(rapid.IntRange(0, 8), len(names), len(names)).Draw(r, "sorts")
		// Some rows are drawn, and come again: as often as segments need.
		some := rapid.IntRange(1, 12).Draw(r, "rows")
		times := rapid.SampledFrom([]int{1, 1, 2, 40}).Draw(r, "times")
		rows := [][]string{names}
		for range some {
			var row []string
			for _, sort := range sorts {
				row = append(row, cell(sort).Draw(r, "cell"))
			}
			for range times {
				rows = append(rows, row)
			}
		}
		dir, err := os.MkdirTemp("", "init")
		require.NoError(r, err)
		defer os.RemoveAll(dir)
		path, out := filepath.Join(dir, "t.csv"), filepath.Join(dir, "first.yaml")
		var text strings.Builder
		require.NoError(r, csv.NewWriter(&text).WriteAll(rows))
		require.NoError(r, os.WriteFile(path, []byte(text.String()), 0o600))

		code, _, stderr := intact(t, "init", path, "--out", out)
		if code == exitUnknown && strings.Contains(stderr, "t.csv:") || strings.Contains(stderr, "no column that can be read") {
			return // the file itself is refused, such as for an empty line
		}
		require.Equal(r, exitPass, code, stderr)
		suite, err := os.ReadFile(out)
		require.NoError(r, err)
		_, err = suitefile.Parse(out, suite, checkKinds()...)
		require.NoError(r, err)
		code, stdout, stderr := intact(t, "check", out)
		require.Equal(r, exitPass, code, stdout+stderr+string(suite))
		code, again, _ := intact(t, "init", path)
		require.Equal(r, exitPass, code)
		require.Equal(r, checksOf(string(suite)), checksOf(again), "the same table has the same suite")
	})
}

func checksOf(suite string) string { return suite[strings.Index(suite, "checks:"):] }
