package reference_test

import (
	"context"
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/reference"
)

// TestValuesArriveAsTheyAre sends every type as a cell and as a parameter.
func TestValuesArriveAsTheyAre(t *testing.T) {
	ev := reference.Require(t)
	clock := civil.Time{Hour: 23, Minute: 59, Second: 59, Nanosecond: 123456000}
	for _, tc := range []struct {
		typ   string
		value any
	}{
		{"BOOL", true}, {"BOOL", false},
		{"INT64", int64(math.MinInt64)}, {"INT64", int64(1<<53 + 1)}, {"INT64", int64(0)},
		{"FLOAT64", 1.0 / 3}, {"FLOAT64", math.SmallestNonzeroFloat64}, {"FLOAT64", -math.MaxFloat64},
		{"FLOAT64", math.NaN()}, {"FLOAT64", math.Inf(-1)}, {"FLOAT64", math.Copysign(0, -1)},
		{"STRING", "O'Neal \"Shaq\"\n\\ `x` -- \u00e9\u4e2d\U0001f3c0"}, {"STRING", ""},
		{"BYTES", []byte{0, 255}}, {"BYTES", []byte{}},
		{"JSON", `{"a":[1,null]}`},
		{"DATE", date(1, time.January, 1)}, {"DATE", date(9999, time.December, 31)}, {"DATE", date(1970, time.January, 1)},
		{"DATETIME", civil.DateTime{Date: date(2024, time.February, 29), Time: clock}},
		{"TIME", clock}, {"TIME", civil.Time{}},
		{"TIMESTAMP", time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC)}, {"TIMESTAMP", time.Unix(0, 0).UTC()},
		{"NUMERIC", big.NewRat(-1, 1e9)}, {"NUMERIC", big.NewRat(128, 1)}, {"NUMERIC", big.NewRat(-128, 1e9)}, {"NUMERIC", new(big.Rat)},
		{"BIGNUMERIC", rat("1.12345678901234567890123456789012345678")},
		{"ARRAY<INT64>", []any{int64(1), nil}}, {"ARRAY<DATE>", []any{}},
		{"ARRAY<STRUCT<`a b` INT64, `c` ARRAY<STRING>>>", []any{[]any{int64(1), []any{"x"}}, nil}},
	} {
		t.Run(tc.typ, func(t *testing.T) {
			db, err := ev.Load(t.Context(), reference.Table{
				Name:    "t",
				Columns: []reference.Column{{Name: "x", Type: tc.typ}},
				Rows:    [][]any{{tc.value}},
			})
			require.NoError(t, err)
			defer db.Close(t.Context())
			res, err := db.Query(t.Context(), "SELECT x, @p AS p FROM t",
				reference.Param{Name: "p", Type: tc.typ, Value: tc.value})
			require.NoError(t, err)
			if diff := cmp.Diff([][]any{{tc.value, tc.value}}, res.Rows, sameValue); diff != "" {
				t.Errorf("-sent +returned:\n%s", diff)
			}
			assert.Equal(t, []reference.Column{{Name: "x", Type: tc.typ}, {Name: "p", Type: tc.typ}}, res.Columns)
		})
	}
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("no decimal: " + s)
	}
	return r
}

func TestTextIsReadForTheTypesWrittenAsText(t *testing.T) {
	ev := reference.Require(t)
	db, err := ev.Load(t.Context(), reference.Table{
		Name: "t",
		Columns: []reference.Column{
			{"d", "DATE"}, {"dt", "DATETIME"}, {"c", "TIME"}, {"ts", "TIMESTAMP"}, {"n", "NUMERIC"}},
		Rows: [][]any{{"2024-02-29", "2024-02-29T01:02:03", "01:02:03", "2024-02-29T01:02:03Z", "1.50"}},
	})
	require.NoError(t, err)
	defer db.Close(t.Context())
	res, err := db.Query(t.Context(), `SELECT d = DATE '2024-02-29', dt = DATETIME '2024-02-29 01:02:03',
		c = TIME '01:02:03', ts = TIMESTAMP '2024-02-29 01:02:03+00', n = NUMERIC '1.5' FROM t`)
	require.NoError(t, err)
	assert.Equal(t, [][]any{{true, true, true, true, true}}, res.Rows)
}

func TestTablesThatAreWrongAreRefused(t *testing.T) {
	ev := reference.Require(t)
	for _, tc := range []struct {
		typ  string
		row  []any
		want string
	}{
		{"FLOAT", []any{1.0}, `type "FLOAT": FLOAT is no type`},
		{"FLOAT64", []any{1}, "row 0, column x: a int is no FLOAT64: give a float64"},
		{"INT64", []any{1.5}, "give an int64"},
		{"DATE", []any{"2024-02-30"}, `"2024-02-30" is no DATE`},
		{"NUMERIC", []any{"0.0000000001"}, "more than 9 digits"},
		{"STRUCT<a INT64>", []any{[]any{}}, "0 values for the 1 fields"},
		{"INT64", []any{}, "row 0: 0 values for 1 columns"},
	} {
		_, err := ev.Load(t.Context(), reference.Table{
			Name: "t", Columns: []reference.Column{{"x", tc.typ}}, Rows: [][]any{tc.row}})
		assert.ErrorContains(t, err, tc.want)
		assert.ErrorContains(t, err, "table t")
	}
	_, err := ev.Load(t.Context(), reference.Table{Name: "t"}, reference.Table{Name: "t"})
	assert.ErrorContains(t, err, "given twice")
}

func TestQueryEndsWithItsContext(t *testing.T) {
	ev := reference.Require(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	_, err := ev.Query(ctx, "SELECT 1")
	assert.ErrorContains(t, err, "enough")
	_, err = ev.Query(t.Context(), "SELECT 1")
	assert.NoError(t, err, "the next query is not harmed")
}

func TestManyQueriesAtOnce(t *testing.T) {
	ev := reference.Require(t)
	answers := make(chan int64)
	const queries = 20
	for n := range int64(queries) {
		go func() {
			res, err := ev.Query(t.Context(), "SELECT @n", reference.Param{Name: "n", Type: "INT64", Value: n})
			if err != nil {
				t.Error(err)
				answers <- -1
				return
			}
			if res.Rows[0][0] != n {
				t.Errorf("asked for %d, was answered %v", n, res.Rows[0][0])
			}
			answers <- n
		}()
	}
	for range queries {
		<-answers
	}
}

func TestClosedEvaluatorSaysSo(t *testing.T) {
	reference.Require(t) // skips
	ev, err := reference.Start(t.Context())
	require.NoError(t, err)
	require.NoError(t, ev.Close())
	_, err = ev.Query(t.Context(), "SELECT 1")
	assert.Error(t, err)
}
