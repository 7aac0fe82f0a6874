package emulator_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
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
	type game struct {
		On   civil.Date `bigquery:"on"`
		Team string     `bigquery:"team"`
	}
	type player struct {
		Name   string               `bigquery:"name"`
		Points []int64              `bigquery:"points"`
		Days   []civil.Date         `bigquery:"days"`
		Last   game                 `bigquery:"last"`
		Games  []game               `bigquery:"games"`
		Height bigquery.NullFloat64 `bigquery:"height"`
		Born   bigquery.NullDate    `bigquery:"born"`
	}
	loaded := []player{
		{"a", []int64{1, math.MaxInt64}, []civil.Date{day}, game{day, "BOS"}, []game{{day, "LAL"}, {day.AddDays(1), "x'y"}},
			bigquery.NullFloat64{Float64: 2.01, Valid: true}, bigquery.NullDate{Date: day, Valid: true}},
		{Name: "b", Last: game{On: day}},
	}
	ds := emulator.NewDataset(t)
	table, err := emulator.CreateFrom(t.Context(), ds, "players", loaded)
	require.NoError(t, err)

	got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL()+" ORDER BY name")
	require.NoError(t, err)
	none := []bigquery.Value(nil) // what the client makes of an empty array
	want := [][]bigquery.Value{
		{"a", []bigquery.Value{int64(1), int64(math.MaxInt64)}, []bigquery.Value{day}, []bigquery.Value{day, "BOS"},
			[]bigquery.Value{[]bigquery.Value{day, "LAL"}, []bigquery.Value{day.AddDays(1), "x'y"}}, 2.01, day},
		{"b", none, none, []bigquery.Value{day, ""}, none, nil, nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read other rows than were loaded (-loaded +read):\n%s", diff)
	}
}

func TestFilesArriveAsTheyAre(t *testing.T) {
	schema := bigquery.Schema{
		{Name: "team", Type: bigquery.StringFieldType},
		{Name: "points", Type: bigquery.FloatFieldType},
		{Name: "won", Type: bigquery.BooleanFieldType},
		{Name: "game_date", Type: bigquery.DateFieldType},
	}
	const csv = "game_date,points,team,won\n" +
		"2024-02-29,1.5,\"A, \"\"b\"\"\nc\",true\n" +
		"2024-03-01,,BOS,\n"
	const ndjson = `{"game_date":"2024-02-29","points":1.5,"team":"A, \"b\"\nc","won":true}` + "\n\n" +
		`{"team":"BOS","points":null,"game_date":"2024-03-01"}` // no newline at the end
	want := [][]bigquery.Value{
		{"A, \"b\"\nc", 1.5, true, day},
		{"BOS", nil, nil, day.AddDays(1)},
	}
	for name, load := range map[string]func(*testing.T, *emulator.Table) error{
		"CSV": func(t *testing.T, tab *emulator.Table) error { return tab.LoadCSV(t.Context(), strings.NewReader(csv)) },
		"NDJSON": func(t *testing.T, tab *emulator.Table) error {
			return tab.LoadNDJSON(t.Context(), strings.NewReader(ndjson))
		},
	} {
		t.Run(name, func(t *testing.T) {
			ds := emulator.NewDataset(t)
			table, err := ds.CreateTable(t.Context(), "games", schema)
			require.NoError(t, err)
			require.NoError(t, load(t, table))
			got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL()+" ORDER BY game_date")
			require.NoError(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read other rows than the file has (-file +read):\n%s", diff)
			}
		})
	}
}
