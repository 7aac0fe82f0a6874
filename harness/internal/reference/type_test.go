package reference

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTypesAreRead(t *testing.T) {
	for in, want := range map[string]string{
		"FLOAT64":                       "FLOAT64",
		" int64 ":                       "INT64",
		"array< date >":                 "ARRAY<DATE>",
		"STRUCT<a INT64, `b c` STRING>": "STRUCT<`a` INT64, `b c` STRING>",
		"STRUCT<INT64, x ARRAY<BOOL>>":  "STRUCT<INT64, `x` ARRAY<BOOL>>",
		"STRUCT<date DATE>":             "STRUCT<`date` DATE>",
		"STRUCT<`a\\`b` INT64>":         "STRUCT<`a\\`b` INT64>",
	} {
		got, err := parseType(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got.String())
	}
}

func TestTypesThatAreNoneAreRefused(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "missing",
		"FLOAT":               "FLOAT is no type",
		"INT64 x":             `"x" follows it`,
		"ARRAY":               "needs its element's type",
		"ARRAY<INT64":         "not closed",
		"ARRAY<ARRAY<INT64>>": "does not exist",
		"STRUCT<a INT64":      "not closed",
		"STRUCT":              "needs its fields",
		"STRUCT<>":            "missing",
		strings.Repeat("STRUCT<x ", 20) + "INT64" + strings.Repeat(">", 20): "more than 15 deep",
	} {
		_, err := parseType(in)
		assert.ErrorContains(t, err, want, in)
	}
}

func FuzzParseType(f *testing.F) {
	f.Add("ARRAY<STRUCT<a INT64, `b c` ARRAY<DATE>, BOOL>>")
	f.Add("STRUCT<")
	f.Fuzz(func(t *testing.T, s string) {
		first, err := parseType(s)
		if err != nil {
			return
		}
		again, err := parseType(first.String())
		if err != nil {
			t.Fatalf("%q is read as %s, which is not read: %v", s, first, err)
		}
		assert.Equal(t, first, again)
	})
}
