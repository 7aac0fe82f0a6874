package quality_test

import (
	"slices"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// firstOf is the value of FirstRows by sorting all rows.
func firstOf(t require.TestingT, n int, rows [][]expr.Value) expr.Value {
	cut := make([][]expr.Value, len(rows))
	for i, row := range rows {
		for _, v := range row {
			cut[i] = append(cut[i], quality.Cut(v))
		}
	}
	slices.SortStableFunc(cut, quality.CompareRows)
	out, err := quality.EncodeRows(cut[:min(n, len(cut))])
	require.NoError(t, err)
	return out
}

// The first rows of a whole are those of the first rows of its parts, long texts that
// differ behind what is shown among them.
func TestFirstRowsOfPartsMerge(t *testing.T) {
	bind := func(name string, typ expr.Type) expr.Expr {
		out, err := expr.Col(name).Bind(expr.Schema{{Name: name, Type: typ}})
		require.NoError(t, err)
		return out
	}
	const n = 3
	term := quality.FirstRows(n, bind("s", expr.String), bind("f", expr.Float64), bind("d", expr.Date), bind("b", expr.Bytes))
	require.True(t, term.Merges())
	texts := rapid.OneOf(rapid.StringN(0, 3, -1), rapid.Map(rapid.StringN(0, 2, -1), func(s string) string { return strings.Repeat("é", 80) + s }))
	cell := func(x any) expr.Value {
		v, err := expr.ValueOf(x)
		require.NoError(t, err)
		return v
	}
	rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) []expr.Value {
		row := []expr.Value{
			cell(texts.Draw(t, "text")), cell(rapid.Float64().Draw(t, "float")),
			cell(civil.Date{Year: 2024, Month: 1, Day: 1 + rapid.IntRange(0, 3).Draw(t, "day")}), cell([]byte(texts.Draw(t, "bytes"))),
		}
		if null := rapid.IntRange(0, 7).Draw(t, "null"); null < len(row) {
			row[null] = expr.Value{}
		}
		return row
	}), 0, 7)
	rapid.Check(t, func(t *rapid.T) {
		a, b := rows.Draw(t, "a"), rows.Draw(t, "b")
		got, err := term.Merge(firstOf(t, n, a), firstOf(t, n, b))
		require.NoError(t, err)
		require.Equal(t, firstOf(t, n, append(slices.Clone(a), b...)), got)
	})
}

func TestFirstRowsAreReadBack(t *testing.T) {
	for _, text := range []string{`[["1"`, `[["1","2"]]`, `[["one"]]`, `{}`} {
		c, err := expr.Col("i").Bind(expr.Schema{{Name: "i", Type: expr.Int64}})
		require.NoError(t, err)
		v, err := expr.ValueOf(text)
		require.NoError(t, err)
		_, err = quality.FirstRows(2, c).Rows(v)
		require.ErrorContains(t, err, "first(2, i) was measured ", text)
	}
}
