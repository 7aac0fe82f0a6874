package expr_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

// resting says of each row whether a predicate rests on NaN there.
func resting(t require.TestingT, e expr.Expr, schema expr.Schema, batch *expr.Batch) []bool {
	out := make([]bool, batch.Rows)
	bound, err := e.BindPredicate(schema)
	require.NoError(t, err)
	rests := bound.RestsOnNaN()
	if rests.IsZero() {
		return out
	}
	var names []string
	for _, f := range schema {
		names = append(names, f.Name)
	}
	ev := expr.NewEvaluator(names)
	c, err := ev.Prepare(rests)
	require.NoError(t, err)
	ev.Next(batch)
	v, err := c.Vector()
	require.NoError(t, err)
	for i := range out {
		require.True(t, v.Valid.Get(i), "%s is NULL", rests)
		out[i] = v.Bools.Get(i)
	}
	return out
}

// A row rests on NaN where its predicate would be something else if NaN were NULL.
func TestPredicatesThatRestOnNaNAgreeWithNaiveEvaluator(t *testing.T) {
	g := randomExprs{columns: columnsByType(tableSchema), texts: rapid.SampledFrom([]string{"", "a"})}
	rapid.Check(t, func(t *rapid.T) {
		table := newRandomTable(rapid.Uint64().Draw(t, "seed"), 65)
		e := g.predicate(t, rapid.IntRange(1, 3).Draw(t, "depth"))
		var batch expr.Batch
		require.NoError(t, table.fill(&batch, 0, len(table.rows)))
		got := resting(t, e, table.schema, &batch)
		for i, row := range table.rows {
			is := naive{types: table.types(), row: row}.eval(e)
			would := naive{types: table.types(), row: row, nanIsNull: true}.eval(e)
			require.Equal(t, is != would, got[i], "%s\nrow %v", e, row)
		}
	})
}

func TestWhatRestsOnNaN(t *testing.T) {
	schema := expr.Schema{{Name: "f", Type: expr.Float64}, {Name: "b", Type: expr.Bool}, {Name: "i", Type: expr.Int64}}
	batch := expr.Batch{Rows: 1, Columns: make([]expr.Vector, len(schema))}
	for i, x := range []any{math.NaN(), false, 7} {
		batch.Columns[i].Reset(schema[i].Type, 1)
		require.NoError(t, batch.Columns[i].SetValue(0, value(x)))
	}
	for text, want := range map[string]bool{
		"f > 0":                     true,
		"f <= 0":                    true,
		"NOT f <= 0":                true, // which is TRUE
		"f != 0":                    true,
		"f = f":                     true,
		"f > i":                     true,
		"i = f":                     true,
		"f + 1 > 0":                 true,
		"COALESCE(f, 0) > 0":        false, // FALSE for both
		"COALESCE(f, 9) > 0":        true,
		"COALESCE(f, 9) + 1 > 0":    true,
		"-COALESCE(f, 9) > 0":       false,
		"COALESCE(f + 1, f, 9) > 0": true,
		"f BETWEEN 0 AND 5":         true,
		"i BETWEEN f AND 9":         true,
		"i BETWEEN 8 AND f":         false, // 7 is below 8 whatever f is
		"f IN (1, 2)":               true,
		"i IN (1, f)":               true,
		"i IN (7, f)":               false, // it is 7
		"f > 0 AND NOT b":           true,
		"f > 0 AND b":               false, // b refutes it
		"f > 0 OR NOT b":            false, // and proves this
		"(f > 0) = b":               true,
		"COALESCE(f > 0, b)":        false, // says what stands in for what is not known
		"(f > 0) IS TRUE":           false,
		"(f > 0) IS NOT TRUE":       false,
		"f IS NULL":                 true,
		"f IS NOT NULL":             true,
		"f IS NOT NULL AND b":       false,
		"(f > 0) IS NULL":           true,
		"POPULATED(f)":              false,
		"i > 0.5":                   false,
		"b":                         false,
	} {
		t.Run(text, func(t *testing.T) {
			e, err := expr.ParseExpr(text)
			require.NoError(t, err)
			require.Equal(t, []bool{want}, resting(t, e, schema, &batch))
		})
	}
}

func TestOnlyComparisonsThatCanMeetNaNAreAskedAbout(t *testing.T) {
	schema := expr.Schema{{Name: "f", Type: expr.Float64}, {Name: "i", Type: expr.Int64}, {Name: "n", Type: expr.Numeric}}
	for text, want := range map[string]string{
		"i > 0":                  "",
		"i > 0.5":                "",
		"i / 2 > 0.5":            "",
		"n > 0.5":                "",
		"i IS NULL":              "",
		"POPULATED(f) AND i > 0": "",
		"f > 0":                  "((f > 0.0) IS TRUE) != ((IF(f = f, f, NULL) > 0.0) IS TRUE) OR ((f > 0.0) IS FALSE) != ((IF(f = f, f, NULL) > 0.0) IS FALSE)",
	} {
		e, err := expr.ParseExpr(text)
		require.NoError(t, err)
		bound, err := e.BindPredicate(schema)
		require.NoError(t, err)
		require.Equal(t, want, bound.RestsOnNaN().String(), text)
	}
}
