package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

func TestWhatNoRowAndWhatEveryRowSatisfies(t *testing.T) {
	for text, want := range map[string]string{
		"TRUE":                             "always",
		"FALSE":                            "never",
		"NULL":                             "never",
		"1 = 1":                            "always",
		"1 = 2":                            "never",
		"2 + 2 = 4":                        "always",
		"x = NULL":                         "never",
		"NOT x = NULL":                     "never",
		"(x = NULL) IS NULL":               "always",
		"x > 0 AND FALSE":                  "never",
		"x > 0 OR TRUE":                    "always",
		"x > 0 OR FALSE":                   "",
		"x > 0 AND NULL":                   "never",
		"x > 0 OR NULL":                    "",
		"NOT (x > 0 OR TRUE)":              "never",
		"x BETWEEN 5 AND 3":                "never",
		"NOT x BETWEEN 5 AND 3":            "", // NULL where x is
		"x BETWEEN 3 AND 3":                "",
		"x BETWEEN NULL AND 3":             "never",
		"x > 5 AND x < 3":                  "never",
		"x >= 3 AND x <= 3":                "",
		"x > 3 AND x <= 3":                 "never",
		"3 > x AND 5 < x":                  "never",
		"x = 1 AND x = 2":                  "never",
		"x = 1 AND y = 2":                  "",
		"x > 5 OR x < 3":                   "",
		"x > -3 AND x < -5":                "never",
		"(x > 5 AND x < 3) IS TRUE":        "never",
		"(x > 5 AND x < 3) IS NOT TRUE":    "always",
		"x IS NULL":                        "",
		"x > 0":                            "",
		"x = x":                            "", // NULL where x is
		"today() > '2020-01-01'":           "", // is not known before the clock is
		"x > 9007199254740993 AND x < 1e3": "", // passes what FLOAT64 holds
	} {
		t.Run(text, func(t *testing.T) {
			e, err := expr.ParseExpr(text)
			require.NoError(t, err)
			require.Equal(t, want == "never", e.NeverTrue())
			require.Equal(t, want == "always", e.TrueForAll())
		})
	}
}

// What is said of all rows holds for those of random tables.
func TestWhatNoRowSatisfiesAgreesWithNaiveEvaluator(t *testing.T) {
	g := randomExprs{columns: columnsByType(tableSchema), texts: rapid.SampledFrom([]string{"", "a"})}
	rapid.Check(t, func(t *rapid.T) {
		table := newRandomTable(rapid.Uint64().Draw(t, "seed"), 65)
		e := g.predicate(t, rapid.IntRange(1, 3).Draw(t, "depth"))
		for _, row := range table.rows {
			is := naive{types: table.types(), row: row}.eval(e)
			if e.NeverTrue() && is == true || e.TrueForAll() && is != true {
				t.Fatalf("%s is %v\nrow %v", e, is, row)
			}
		}
	})
}
