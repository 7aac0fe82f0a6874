package expr_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

func TestStoredTypesAreReadAsDDLWritesThem(t *testing.T) {
	for text, want := range map[string]expr.Type{
		"float":         "FLOAT64",
		" Integer ":     "INT64",
		"json":          "JSON",
		"array<int>":    "ARRAY<INT64>",
		"RANGE< date >": "RANGE<DATE>",
		"struct<a int,b ARRAY<STRUCT<d date, é_1 GEOGRAPHY>>>": "STRUCT<a INT64, b ARRAY<STRUCT<d DATE, é_1 GEOGRAPHY>>>",
	} {
		got, err := expr.ParseStoredType(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got)
		again, err := expr.ParseStoredType(string(got))
		require.NoError(t, err)
		assert.Equal(t, got, again)
	}
}

func TestWhatIsNoStoredType(t *testing.T) {
	for text, want := range map[string]string{
		"":                  `there is no type ""`,
		"FLAOT64":           `there is no type "FLAOT64"`,
		"ARRAY":             `< is expected before ""`,
		"ARRAY<":            `there is no type ""`,
		"ARRAY<DATE":        `, is expected before ""`,
		"ARRAY<DATE, DATE>": "ARRAY is of one type",
		"STRUCT<DATE>":      `there is no type ""`,
		"DATE DATE":         `"DATE" is not expected there`,
		"NUMERIC(10, 2)":    `"(10, 2)" is not expected there`,
	} {
		_, err := expr.ParseStoredType(text)
		assert.ErrorContains(t, err, want, text)
	}
}

func FuzzStoredType(f *testing.F) {
	f.Add("STRUCT<a INT64, b ARRAY<STRING>>")
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := expr.ParseStoredType(text); err == nil {
			again, err := expr.ParseStoredType(string(got))
			if err != nil || again != got {
				t.Errorf("%q is read as %q, and that as %q, %v", text, got, again, err)
			}
		}
	})
}
