package rows_test

import (
	"context"
	"database/sql"
	"math"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

var (
	today = civil.Date{Year: 2025, Month: 10, Day: 21}
	noon  = time.Date(2025, 10, 21, 12, 0, 0, 0, time.UTC)
)

func TestColumnsKeepTheirValuesAndTheirNulls(t *testing.T) {
	valid := []bool{true, false}
	src, err := rows.Columns(
		rows.Column{Name: "b", Values: []bool{true, true}, Valid: valid},
		rows.Column{Name: "i", Values: []int64{7, 7}, Valid: valid},
		rows.Column{Name: "f", Values: []float64{0.5, 0.5}, Valid: valid},
		rows.Column{Name: "s", Values: []string{"x", "x"}, Valid: valid},
		rows.Column{Name: "d", Values: []civil.Date{today, today}, Valid: valid},
		rows.Column{Name: "dt", Values: []civil.DateTime{{Date: today}, {Date: today}}, Valid: valid},
		rows.Column{Name: "t", Values: []time.Time{noon, noon}, Valid: valid},
		rows.Column{Name: "n", Values: []*big.Rat{big.NewRat(5, 2), nil}},
		rows.Column{Name: "all", Values: []int64{1, 2}},
	)
	require.NoError(t, err)

	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	require.Equal(t, expr.Schema{
		{Name: "b", Type: expr.Bool}, {Name: "i", Type: expr.Int64}, {Name: "f", Type: expr.Float64},
		{Name: "s", Type: expr.String}, {Name: "d", Type: expr.Date}, {Name: "dt", Type: expr.DateTime},
		{Name: "t", Type: expr.Timestamp}, {Name: "n", Type: expr.Numeric}, {Name: "all", Type: expr.Int64},
	}, schema)
	require.Equal(t, [][]any{
		{true, int64(7), 0.5, "x", today, civil.DateTime{Date: today}, noon, big.NewRat(5, 2), int64(1)},
		{nil, nil, nil, nil, nil, nil, nil, nil, int64(2)},
	}, collect(t, src))
}

func TestColumnsRefuseWhatIsNoTable(t *testing.T) {
	for _, tt := range []struct {
		err     string
		columns []rows.Column
	}{
		{`column "b" has 1 rows, column "a" has 2`, []rows.Column{{Name: "a", Values: []int64{1, 2}}, {Name: "b", Values: []int64{1}}}},
		{`column "a": 2 values, but Valid has 1`, []rows.Column{{Name: "a", Values: []int64{1, 2}, Valid: []bool{true}}}},
		{`column "a": []int is not a slice that Column takes`, []rows.Column{{Name: "a", Values: []int{1}}}},
		{`column "a": row 1: 2025-02-30 is no date`, []rows.Column{{Name: "a", Values: []civil.Date{today, {Year: 2025, Month: 2, Day: 30}}}}},
	} {
		_, err := rows.Columns(tt.columns...)
		require.EqualError(t, err, tt.err)
	}
}

type base struct{ League string }

type game struct {
	base
	ID        int64      `bigquery:"game_id"`
	Date      civil.Date `bigquery:"game_date" intact:"ignored"`
	Points    *int32     `intact:"points"`
	Pace      sql.Null[float64]
	PlusMinus sql.NullInt64
	Salary    *big.Rat
	Updated   time.Time
	Raw       []byte
	Tags      []string
	Box       struct{ X int }
	Secret    string `intact:"-"`
	hidden    int
}

func TestStructsBecomeColumns(t *testing.T) {
	points := int32(31)
	games := []game{
		{base: base{"NBA"}, ID: 1, Date: today, Points: &points, Pace: sql.Null[float64]{V: 99.5, Valid: true},
			PlusMinus: sql.NullInt64{Int64: -4, Valid: true}, Salary: big.NewRat(1, 2), Updated: noon, Raw: []byte{1}, hidden: 1},
		{ID: 2, Date: today, Updated: noon},
	}
	src, err := rows.Of(games)
	require.NoError(t, err)

	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	require.Equal(t, expr.Schema{
		{Name: "League", Type: expr.String}, {Name: "game_id", Type: expr.Int64}, {Name: "game_date", Type: expr.Date},
		{Name: "points", Type: expr.Int64}, {Name: "Pace", Type: expr.Float64}, {Name: "PlusMinus", Type: expr.Int64},
		{Name: "Salary", Type: expr.Numeric}, {Name: "Updated", Type: expr.Timestamp}, {Name: "Raw", Type: expr.Bytes},
		{Name: "Tags", Type: "ARRAY<STRING>"}, {Name: "Box", Type: "STRUCT<X INT64>", Fields: expr.Schema{{Name: "X", Type: expr.Int64}}},
	}, schema)
	require.Equal(t, [][]any{
		{"NBA", int64(1), today, int64(31), 99.5, int64(-4), big.NewRat(1, 2), noon, []byte{1}, nil, nil},
		{"", int64(2), today, nil, nil, nil, nil, noon, nil, nil, nil},
	}, collect(t, src))
}

func TestPointersToStructsAreRows(t *testing.T) {
	src, err := rows.Of([]*base{{"NBA"}, {"WNBA"}})
	require.NoError(t, err)
	require.Equal(t, [][]any{{"NBA"}, {"WNBA"}}, collect(t, src))

	_, err = rows.Of([]*base{{"NBA"}, nil})
	require.EqualError(t, err, "rows of *rows_test.base: row 1 is nil")
}

func TestStructsRefuseWhatIsNoColumn(t *testing.T) {
	_, err := rows.Of([]int{1})
	require.EqualError(t, err, "rows are structs or pointers to structs, not int")
	_, err = rows.Of([]struct{ F func() }{})
	require.EqualError(t, err, "rows of struct { F func() }: field F: a func() is no column; leave it out with the tag `intact:\"-\"`")
}

func TestValueThatIsNoneOfItsColumnPoisonsTheColumn(t *testing.T) {
	type row struct {
		Good int64
		Bad  uint64
	}
	src, err := rows.Of([]row{{1, 1}, {2, math.MaxUint64}})
	require.NoError(t, err)
	for b, err := range src.Scan(context.Background(), []string{"Good", "Bad"}) {
		require.NoError(t, err)
		require.NoError(t, b.Columns[0].Err)
		require.EqualError(t, b.Columns[1].Err, "row 1: 18446744073709551615 does not fit in INT64")
	}
}

func TestStructsThatOnlyLookLikeNullsAreStructs(t *testing.T) {
	type knot struct { // holds itself
		Next  *knot
		Valid bool
	}
	type wrapped struct { // Valid is not its own
		sql.NullInt64
		Source string
	}
	src, err := rows.Of([]struct {
		Knot    knot
		Wrapped wrapped
	}{{}})
	require.NoError(t, err)
	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	require.Equal(t, []expr.Type{"STRUCT<Next STRUCT, Valid BOOL>", "STRUCT<NullInt64 INT64, Source STRING>"}, []expr.Type{schema[0].Type, schema[1].Type})
	require.Equal(t, [][]any{{nil, nil}}, collect(t, src))
}
