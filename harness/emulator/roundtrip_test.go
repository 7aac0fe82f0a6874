package emulator_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/rows"
)

var (
	day     = civil.Date{Year: 2024, Month: time.February, Day: 29}
	clock   = civil.Time{Hour: 4, Minute: 5, Second: 6, Nanosecond: 123456000}
	instant = time.Date(2024, 2, 29, 4, 5, 6, 123456000, time.UTC)

	// scalars names a value for every type that a load job carries.
	scalars = []struct {
		name  string
		typ   bigquery.FieldType
		value bigquery.Value
	}{
		{"int", bigquery.IntegerFieldType, int64(math.MinInt64)},
		{"beyond_float", bigquery.IntegerFieldType, int64(1<<53 + 1)},
		{"float", bigquery.FloatFieldType, 1.0 / 3},
		{"whole_float", bigquery.FloatFieldType, 2.0},
		{"inf", bigquery.FloatFieldType, math.Inf(1)},
		{"neg_inf", bigquery.FloatFieldType, math.Inf(-1)},
		{"yes", bigquery.BooleanFieldType, true},
		{"no", bigquery.BooleanFieldType, false},
		{"text", bigquery.StringFieldType, "O'Neal, \"Shaq\"\n\\ `x` --\t\u00e9\u4e2d\U0001f3c0"},
		{"empty", bigquery.StringFieldType, ""},
		{"day", bigquery.DateFieldType, day},
		{"clock", bigquery.TimeFieldType, clock},
		{"civil", bigquery.DateTimeFieldType, civil.DateTime{Date: day, Time: clock}},
		{"instant", bigquery.TimestampFieldType, instant},
		{"json", bigquery.JSONFieldType, `{"a":[1,null]}`},
		{"numeric", bigquery.NumericFieldType, big.NewRat(-1123456789, 1e9)},
		{"bignumeric", bigquery.BigNumericFieldType, rat("1.12345678901234567890123456789012345678")},
	}
	sameRat = cmp.Comparer(func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("no decimal: " + s)
	}
	return r
}

// TestRowsArriveAsTheyAre loads every scalar type and its NULL, and reads them
// again. A column of BYTES at the end takes the other way in, by INSERT.
func TestRowsArriveAsTheyAre(t *testing.T) {
	var schema bigquery.Schema
	var row, null []bigquery.Value
	for _, s := range scalars {
		schema = append(schema, &bigquery.FieldSchema{Name: s.name, Type: s.typ})
		row, null = append(row, s.value), append(null, nil)
	}
	for name, more := range map[string]bool{"load job": false, "insert": true} {
		t.Run(name, func(t *testing.T) {
			schema, row, null := schema[:len(schema):len(schema)], row[:len(row):len(row)], null[:len(null):len(null)]
			if more {
				schema = append(schema, &bigquery.FieldSchema{Name: "raw", Type: bigquery.BytesFieldType})
				row, null = append(row, []byte{0, 255, '\''}), append(null, nil)
			}
			ds := emulator.NewDataset(t)
			table, err := ds.CreateTable(t.Context(), "t", schema)
			require.NoError(t, err)
			require.NoError(t, table.LoadRows(t.Context(), [][]bigquery.Value{row, null}))
			got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL()+" ORDER BY `int` IS NULL")
			require.NoError(t, err)
			if diff := cmp.Diff([][]bigquery.Value{row, null}, got, sameRat); diff != "" {
				t.Errorf("read other rows than were loaded (-loaded +read):\n%s", diff)
			}
		})
	}
}

func TestArraysAndRecordsArriveAsTheyAre(t *testing.T) {
	game := bigquery.Schema{{Name: "on", Type: bigquery.DateFieldType}, {Name: "team", Type: bigquery.StringFieldType}}
	schema := bigquery.Schema{
		{Name: "name", Type: bigquery.StringFieldType},
		{Name: "points", Type: bigquery.IntegerFieldType, Repeated: true},
		{Name: "days", Type: bigquery.DateFieldType, Repeated: true},
		{Name: "last", Type: bigquery.RecordFieldType, Schema: game},
		{Name: "games", Type: bigquery.RecordFieldType, Schema: game, Repeated: true},
	}
	type values = []bigquery.Value
	ds := emulator.NewDataset(t)
	table, err := ds.CreateTable(t.Context(), "players", schema)
	require.NoError(t, err)
	require.NoError(t, table.LoadRows(t.Context(), [][]bigquery.Value{
		{"a", []int64{1, math.MaxInt64}, []civil.Date{day}, values{day, "BOS"}, values{values{day, "LAL"}, values{day.AddDays(1), "x'y"}}},
		{"b", nil, nil, values{day, nil}, nil},
	}))

	got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL()+" ORDER BY name")
	require.NoError(t, err)
	none := []bigquery.Value(nil) // what the client makes of an empty array
	want := [][]bigquery.Value{
		{"a", []bigquery.Value{int64(1), int64(math.MaxInt64)}, []bigquery.Value{day}, []bigquery.Value{day, "BOS"},
			[]bigquery.Value{[]bigquery.Value{day, "LAL"}, []bigquery.Value{day.AddDays(1), "x'y"}}},
		{"b", none, none, []bigquery.Value{day, nil}, none},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read other rows than were loaded (-loaded +read):\n%s", diff)
	}
}

// The rows of a source are those of a table with its columns: a batch of several
// rows, with a type that nothing can be computed with, and nested ones.
func TestTheRowsOfASourceAreLoaded(t *testing.T) {
	type row struct {
		Team   string     `intact:"team"`
		Points *float64   `intact:"points"`
		Day    civil.Date `intact:"game_date"`
		Grid   [][]int    `intact:"grid"`
		Tags   []string   `intact:"tags"`
		Last   *struct {
			Day  civil.Date
			Form struct{ Share *float64 }
		} `intact:"last"`
		Pairs []struct {
			Name string
			Form struct{ Share *float64 }
		} `intact:"pairs"`
	}
	type form = struct{ Share *float64 }
	half := 1.5
	source, err := rows.Of([]row{
		{"A, \"b\"\nc", &half, day, nil, []string{"x", "y"}, &struct {
			Day  civil.Date
			Form struct{ Share *float64 }
		}{day, form{&half}}, []struct {
			Name string
			Form struct{ Share *float64 }
		}{{"a", form{&half}}, {"b", form{}}}},
		{Team: "BOS", Day: day.AddDays(1)},
	})
	require.NoError(t, err)
	ds := emulator.NewDataset(t)
	table, err := ds.Load(t.Context(), "games", source)
	require.NoError(t, err)
	got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL()+" ORDER BY game_date")
	require.NoError(t, err)
	type values = []bigquery.Value
	want := []values{
		{"A, \"b\"\nc", 1.5, day, true, values{"x", "y"}, values{day, values{1.5}}, values{values{"a", values{1.5}}, values{"b", values{nil}}}},
		{"BOS", nil, day.AddDays(1), true, values(nil), nil, values(nil)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read other rows than the source has (-source +read):\n%s", diff)
	}
}
