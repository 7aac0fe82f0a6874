package expr_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

var callSchema = expr.Schema{
	{Name: "i", Type: expr.Int64}, {Name: "f", Type: expr.Float64}, {Name: "n", Type: expr.Numeric}, {Name: "s", Type: expr.String}, {Name: "b", Type: expr.Bool},
	{Name: "d", Type: expr.Date}, {Name: "t", Type: expr.Time}, {Name: "dt", Type: expr.DateTime}, {Name: "ts", Type: expr.Timestamp}, {Name: "y", Type: expr.Bytes},
}

func TestTypesOfCalls(t *testing.T) {
	for text, want := range map[string]expr.Type{
		"ABS(i)":                  expr.Int64,
		"ABS(n)":                  expr.Numeric,
		"DIV(i, n)":               expr.Numeric,
		"MOD(n, 0.5)":             expr.Numeric,
		"FLOOR(i)":                expr.Float64,
		"CEIL(n)":                 expr.Numeric,
		"GREATEST(i, f)":          expr.Float64,
		"LEAST(d, '2024-01-01')":  expr.Date,
		"IF(b, NULL, d)":          expr.Date,
		"DATE_TRUNC(d, MONTH)":    expr.Date,
		"EXTRACT(MONTH FROM d)":   expr.Int64,
		"EXTRACT(HOUR FROM t)":    expr.Int64,
		"CHAR_LENGTH(s)":          expr.Int64,
		"LOWER(s)":                expr.String,
		"REGEXP_CONTAINS(s, 'a')": expr.Bool,
		"FARM_FINGERPRINT(y)":     expr.Int64,
		"CAST(s AS DATE)":         expr.Date,
		"CAST(d AS DATE)":         expr.Date,
		"today()":                 expr.Date,
		"now()":                   expr.Timestamp,
		"today() - 1":             expr.Date,
	} {
		e, err := expr.ParseExpr(text)
		require.NoError(t, err, text)
		bound, err := e.Bind(callSchema)
		require.NoError(t, err, text)
		assert.Equal(t, want, bound.Type(), text)
	}
}

func TestCallsOfWrongTypes(t *testing.T) {
	for text, want := range map[string]string{
		"ABS(s)":                 "s is STRING: ABS is of a number",
		"DIV(f, i)":              "DIV is of INT64 and NUMERIC, and not of FLOAT64: CAST it, or divide by / and round",
		"FLOOR(d)":               "d is DATE: FLOOR is of a number",
		"IF(i, 1, 2)":            "i is INT64 where a BOOL is expected",
		"IF(b, i, s)":            "i is INT64 and s is STRING: they cannot be compared",
		"DATE_TRUNC(ts, MONTH)":  "ts is TIMESTAMP where a DATE is expected: write DATE(it, 'a time zone')",
		"EXTRACT(HOUR FROM d)":   "d is DATE: EXTRACT(HOUR FROM …) is of a TIME, DATETIME or TIMESTAMP",
		"EXTRACT(YEAR FROM t)":   "t is TIME: EXTRACT(YEAR FROM …) is of a DATE, DATETIME or TIMESTAMP",
		"CHAR_LENGTH(i)":         "i is INT64 where a STRING is expected",
		"FARM_FINGERPRINT(i)":    "i is INT64: FARM_FINGERPRINT is of STRING or BYTES; write CAST(it AS STRING)",
		"CAST(ts AS DATE)":       "ts is TIMESTAMP, which is not cast to DATE: write DATE(it, 'a time zone')",
		"CAST(s AS TIMESTAMP)":   "s is STRING, which is not cast to TIMESTAMP: declare the column's type",
		"CAST(y AS STRING)":      "y is BYTES, which is not cast to STRING",
		"REGEXP_CONTAINS(i, '')": "i is INT64 where a STRING is expected",
		"EXTRACT(DAY FROM dt AT TIME ZONE 'UTC')": "dt is DATETIME, which is the same in every time zone: leave out AT TIME ZONE",
	} {
		e, err := expr.ParseExpr(text)
		require.NoError(t, err, text)
		_, err = e.Bind(callSchema)
		assert.ErrorContains(t, err, want, text)
	}
}

func TestTheClockIsAConstantOnceItIsKnown(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	now := time.Date(2026, 1, 5, 3, 0, 0, 0, time.UTC) // still the fourth in New York
	for text, want := range map[string]string{
		"today()":                          "DATE '2026-01-04'",
		"now()":                            "TIMESTAMP '2026-01-05 03:00:00+00'",
		"d >= today() - 14":                "d >= DATE '2025-12-21'",
		"d >= DATE_TRUNC(today(), MONTH)":  "d >= DATE '2026-01-01'",
		"DATE(now()) = d":                  "DATE '2026-01-05' = d",
		"d + 1 < today() AND i > 0":        "d + 1 < DATE '2026-01-04' AND i > 0",
		"IF(today() > '2026-01-01', i, 0)": "IF(TRUE, i, 0)",
		"today() + 'a' = d":                "DATE '2026-01-04' + 'a' = d", // a mistake, which binding tells
		"i > 1 + 1":                        "i > 1 + 1",
	} {
		e, err := expr.ParseExpr(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, e.At(now, zone).String(), text)
	}
}

func TestAClockThatNothingStandsForIsRefused(t *testing.T) {
	bound, err := expr.Today().Bind(nil)
	require.NoError(t, err)
	_, err = expr.NewEvaluator(nil).Prepare(bound)
	require.EqualError(t, err, "today() stands for the run's clock, which nothing has put in its place")
}
