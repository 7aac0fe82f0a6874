package reference_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/reference"
)

var sameValue = cmp.Options{
	cmp.Comparer(func(a, b *big.Rat) bool { return a.Cmp(b) == 0 }),
	cmpopts.EquateNaNs(),
}

func date(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

// TestFactsOfGoogleSQL asks what BigQuery's documentation answers, above all
// where other engines answer otherwise.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators
// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions
func TestFactsOfGoogleSQL(t *testing.T) {
	ev := reference.Require(t)
	for sql, want := range map[string]any{
		// NaN is a value: equal to nothing, not NULL, least in order.
		"IEEE_DIVIDE(0, 0)":                               math.NaN(),
		"IS_NAN(IEEE_DIVIDE(0, 0))":                       true,
		"IEEE_DIVIDE(0, 0) IS NULL":                       false,
		"CAST('NaN' AS FLOAT64) = CAST('NaN' AS FLOAT64)": false,
		"CAST('inf' AS FLOAT64)":                          math.Inf(1),
		"CAST('NaN' AS FLOAT64) > 0":                      false,
		"IEEE_DIVIDE(1, -0.0)":                            math.Inf(-1),

		// LIKE: _ is one character, % any number, \ escapes.
		`'abc' LIKE 'a_c'`:   true,
		`'ac' LIKE 'a_c'`:    false,
		`'a_c' LIKE r'a\_c'`: true,
		`'abc' LIKE r'a\_c'`: false,
		`'a\nc' LIKE 'a%c'`:  true,

		// IS never answers NULL; comparison with NULL does.
		"(CAST(NULL AS INT64) > 1) IS TRUE":     false,
		"(CAST(NULL AS INT64) > 1) IS NOT TRUE": true,
		"(CAST(NULL AS INT64) > 1) IS FALSE":    false,
		"(CAST(NULL AS INT64) > 1) IS NULL":     true,

		// Three-valued logic.
		"(CAST(NULL AS INT64) > 1) AND FALSE": false,
		"(CAST(NULL AS INT64) > 1) AND TRUE":  nil,
		"(CAST(NULL AS INT64) > 1) OR TRUE":   true,
		"(CAST(NULL AS INT64) > 1) OR FALSE":  nil,
		"NOT (CAST(NULL AS INT64) > 1)":       nil,
		"1 IN (2, NULL)":                      nil,
		"1 NOT IN (2, NULL)":                  nil,
		"1 IN (1, NULL)":                      true,

		// NUMERIC rounds half away from zero at nine digits.
		"NUMERIC '2' / NUMERIC '3'":       big.NewRat(666666667, 1e9),
		"NUMERIC '-2' / NUMERIC '3'":      big.NewRat(-666666667, 1e9),
		"CAST('0.0000000005' AS NUMERIC)": big.NewRat(1, 1e9),
		"ROUND(2.5)":                      3.0,
		"ROUND(-2.5)":                     -3.0,

		// Division and overflow that do not fail.
		"SAFE_DIVIDE(1, 0)":                nil,
		"SAFE_DIVIDE(0.0, 0.0)":            nil,
		"SAFE_ADD(9223372036854775807, 1)": nil,
		"SAFE_DIVIDE(7, 2)":                3.5,
		"DIV(-7, 2)":                       int64(-3),
		"MOD(-7, 2)":                       int64(-1),

		// DATE_DIFF counts the boundaries crossed; a week starts on Sunday.
		"DATE_DIFF(DATE '2024-03-01', DATE '2024-02-28', DAY)":   int64(2),
		"DATE_DIFF(DATE '2024-01-01', DATE '2023-12-31', YEAR)":  int64(1),
		"DATE_DIFF(DATE '2017-12-17', DATE '2017-12-16', WEEK)":  int64(1),
		"DATE_DIFF(DATE '2023-12-31', DATE '2024-01-01', MONTH)": int64(-1),
		"DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH)":          date(2024, time.February, 29),

		// A TIMESTAMP without a zone is UTC; its date depends on the zone.
		"TIMESTAMP '2024-01-01 00:00:00'":                              time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
		"DATE(TIMESTAMP '2024-01-01 03:00:00+00', 'America/New_York')": date(2023, time.December, 31),
		"DATETIME(TIMESTAMP '2024-07-01 03:00:00.5+00', 'America/New_York')": civil.DateTime{
			Date: date(2024, time.June, 30), Time: civil.Time{Hour: 23, Nanosecond: 5e8}},
		"TIME '04:05:06.123456'": civil.Time{Hour: 4, Minute: 5, Second: 6, Nanosecond: 123456000},

		// The rest of the types.
		"FARM_FINGERPRINT('foo')":              int64(6150913649986995171),
		"FROM_BASE64('AP8n')":                  []byte{0, 255, '\''},
		"b''":                                  []byte{},
		"[1, NULL, 3]":                         []any{int64(1), nil, int64(3)},
		"STRUCT(1 AS a, 'x' AS b)":             []any{int64(1), "x"},
		"JSON_VALUE(JSON '{\"a\": 1}', '$.a')": "1",
		"-0.0":                                 math.Copysign(0, -1),
		"9223372036854775807":                  int64(math.MaxInt64),
	} {
		t.Run(sql, func(t *testing.T) {
			res, err := ev.Query(t.Context(), "SELECT "+sql)
			require.NoError(t, err)
			require.Len(t, res.Rows, 1)
			if diff := cmp.Diff([]any{want}, res.Rows[0], sameValue); diff != "" {
				t.Errorf("-documented +answered:\n%s", diff)
			}
			if f, isFloat := want.(float64); isFloat {
				assert.Equal(t, math.Signbit(f), math.Signbit(res.Rows[0][0].(float64)), "the sign of zero")
			}
		})
	}
}

func TestAggregatesKnowNullFromNaN(t *testing.T) {
	ev := reference.Require(t)
	db, err := ev.Load(t.Context(), reference.Table{
		Name:    "nba-raw.games.lines",
		Columns: []reference.Column{{Name: "x", Type: "FLOAT64"}},
		Rows:    [][]any{{1.0}, {nil}, {math.NaN()}, {3.0}},
	})
	require.NoError(t, err)
	for _, from := range []string{"`nba-raw.games.lines`", "`nba-raw`.`games`.`lines`", "nba-raw.games.lines"} {
		res, err := db.Query(t.Context(),
			"SELECT COUNT(*), COUNT(x), COUNTIF(IS_NAN(x)), AVG(IF(IS_NAN(x), NULL, x)), AVG(x) FROM "+from+" -- nba-raw.games.lines")
		require.NoError(t, err)
		want := []any{int64(4), int64(3), int64(1), 2.0, math.NaN()}
		if diff := cmp.Diff(want, res.Rows[0], sameValue); diff != "" {
			t.Errorf("FROM %s, -documented +answered:\n%s", from, diff)
		}
	}
	require.NoError(t, db.Close(t.Context()))
	_, err = db.Query(t.Context(), "SELECT 1")
	assert.Error(t, err, "the tables are forgotten")
}

func TestErrorsTellCodeAndStatement(t *testing.T) {
	ev := reference.Require(t)
	for sql, code := range map[string]string{
		"SELECT 1/0":                   "OUT_OF_RANGE",
		"SELECT 9223372036854775807+1": "OUT_OF_RANGE",
		"SELECT nope FROM nowhere":     "INVALID_ARGUMENT",
		"SELEC 1":                      "INVALID_ARGUMENT",
		"SELECT @absent":               "INVALID_ARGUMENT",
	} {
		_, err := ev.Query(t.Context(), sql)
		var refused *reference.Error
		require.ErrorAs(t, err, &refused, sql)
		assert.Equal(t, code, refused.Code, sql)
		assert.ErrorContains(t, err, sql)
	}
}
