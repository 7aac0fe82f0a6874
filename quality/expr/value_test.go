package expr_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

var valueTypes = []expr.Type{
	expr.Bool, expr.Int64, expr.Float64, expr.Numeric, expr.BigNumeric, expr.String, expr.Bytes,
	expr.Date, expr.DateTime, expr.Time, expr.Timestamp,
}

func TestValuesOfGo(t *testing.T) {
	big1 := big.NewRat(1, 3)
	for _, tt := range []struct {
		in   any
		typ  expr.Type
		text string
	}{
		{nil, expr.Null, "null"},
		{true, expr.Bool, "true"},
		{-5, expr.Int64, "-5"},
		{int8(-5), expr.Int64, "-5"}, {int16(5), expr.Int64, "5"}, {int32(5), expr.Int64, "5"}, {int64(math.MinInt64), expr.Int64, "-9223372036854775808"},
		{uint8(5), expr.Int64, "5"}, {uint16(5), expr.Int64, "5"}, {uint32(5), expr.Int64, "5"}, {uint64(math.MaxInt64), expr.Int64, "9223372036854775807"}, {uint(5), expr.Int64, "5"},
		{float32(0.5), expr.Float64, "0.5"},
		{math.Copysign(0, -1), expr.Float64, "0"},
		{math.NaN(), expr.Float64, "NaN"},
		{math.Inf(-1), expr.Float64, "-Inf"},
		{"it's", expr.String, "it's"},
		{[]byte{1}, expr.Bytes, "\x01"},
		{day(2025, 10, 21), expr.Date, "2025-10-21"},
		{civil.DateTime{Date: day(2025, 10, 21), Time: civil.Time{Hour: 19, Nanosecond: 500_000_000}}, expr.DateTime, "2025-10-21 19:00:00.5"},
		{civil.Time{Hour: 19, Minute: 30}, expr.Time, "19:30:00"},
		{instant("2025-10-21T19:30:00-04:00"), expr.Timestamp, "2025-10-21 23:30:00+00"},
		{big1, expr.Numeric, "0.333333333"},
		{(*big.Rat)(nil), expr.Null, "null"},
	} {
		v, err := expr.ValueOf(tt.in)
		require.NoError(t, err)
		require.Equal(t, tt.typ, v.Type())
		require.Equal(t, tt.text, v.String())
		again, err := expr.ValueOf(v)
		require.NoError(t, err)
		require.Equal(t, v, again)
	}
}

func TestValuesThatNoColumnHolds(t *testing.T) {
	for _, tt := range []struct {
		in  any
		err string
	}{
		{uint64(math.MaxInt64) + 1, "9223372036854775808 does not fit in INT64"},
		{"\xff", `"\xff" is not UTF-8`},
		{day(2025, 2, 30), "2025-02-30 is no date"},
		{day(0, 1, 1), "0000-01-01 is no date"},
		{civil.DateTime{Date: day(10000, 1, 1)}, "10000-01-01T00:00:00 is no date and time"},
		{civil.Time{Hour: 24}, "24:00:00 is no time of day"},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "10000-01-01 00:00:00 +0000 UTC is no TIMESTAMP: its year is not in 1 to 9999"},
		{new(big.Rat).SetFrac(new(big.Int).Exp(big.NewInt(10), big.NewInt(29), nil), big.NewInt(1)), "100000000000000000000000000000 does not fit in NUMERIC"},
		{complex(1, 1), "a complex128 is no value of a column"},
	} {
		_, err := expr.ValueOf(tt.in)
		require.EqualError(t, err, tt.err)
	}
}

func TestValuesReadBackAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		typ := rapid.SampledFrom(valueTypes[:8]).Draw(t, "type")
		if typ == expr.BigNumeric || typ == expr.Bytes {
			typ = expr.Timestamp
		}
		v := value(randomValue(rng, typ))
		read, err := expr.ParseValue(typ, v.String())
		require.NoError(t, err)
		require.Equal(t, v, read)
		require.Equal(t, v, value(v.Go()))
	})
}

func TestParseValue(t *testing.T) {
	for _, tt := range []struct {
		typ  expr.Type
		text string
		want string // "" is refused
	}{
		{expr.Bool, "TRUE", "true"}, {expr.Bool, "1", ""}, {expr.Bool, "yes", ""},
		{expr.Int64, "-007", "-7"}, {expr.Int64, "1_000", ""}, {expr.Int64, "1.0", ""}, {expr.Int64, "9223372036854775808", ""},
		{expr.Float64, "1e3", "1000"}, {expr.Float64, "-inf", "-Inf"}, {expr.Float64, "nan", "NaN"}, {expr.Float64, "0x1p3", ""}, {expr.Float64, "1_0", ""}, {expr.Float64, "1e999", ""}, {expr.Float64, "", ""},
		{expr.Numeric, "1.0000000005", "1.000000001"}, {expr.Numeric, "-1.0000000005", "-1.000000001"}, {expr.Numeric, "1e-3", "0.001"}, {expr.Numeric, "1/3", ""}, {expr.Numeric, "0b11", ""}, {expr.Numeric, "0x1f", ""}, {expr.Numeric, "1e30", ""}, {expr.Numeric, "1e999999999", ""},
		{expr.BigNumeric, "0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"}, {expr.BigNumeric, "1e39", ""},
		{expr.BigNumeric, "578960446186580977117854925043439539266.34992332820282019728792003956564819967", "578960446186580977117854925043439539266.34992332820282019728792003956564819967"},
		{expr.BigNumeric, "578960446186580977117854925043439539266.34992332820282019728792003956564819968", ""},
		{expr.BigNumeric, "-578960446186580977117854925043439539266.34992332820282019728792003956564819968", "-578960446186580977117854925043439539266.34992332820282019728792003956564819968"},
		{expr.Date, "2024-02-29", "2024-02-29"}, {expr.Date, "2025-02-29", ""}, {expr.Date, "2025-2-1", ""}, {expr.Date, "0000-01-01", ""}, {expr.Date, "9999-12-31", "9999-12-31"}, {expr.Date, "2025-10-21 ", ""}, {expr.Date, "２０25-10-21", ""},
		{expr.DateTime, "2025-10-21T19:30:00.5", "2025-10-21 19:30:00.5"}, {expr.DateTime, "2025-10-21", "2025-10-21 00:00:00"}, {expr.DateTime, "2025-10-21 19:30:00Z", ""},
		{expr.Time, "19:30:00", "19:30:00"}, {expr.Time, "24:00:00", ""},
		{expr.Timestamp, "2025-10-21", "2025-10-21 00:00:00+00"},
		{expr.Timestamp, "2025-10-21T19:30:00Z", "2025-10-21 19:30:00+00"},
		{expr.Timestamp, "2025-10-21 19:30:00 UTC", "2025-10-21 19:30:00+00"},
		{expr.Timestamp, "2025-10-21 19:30:00.123456-04", "2025-10-21 23:30:00.123456+00"},
		{expr.Timestamp, "2025-10-21 19:30:00+05:45", "2025-10-21 13:45:00+00"},
		{expr.Timestamp, "2025-10-21 19:30:00 -0400", "2025-10-21 23:30:00+00"},
		{expr.Timestamp, "2025-10-21 19:30:00+15:00", ""}, {expr.Timestamp, "2025-10-21 19:30:00+05:60", ""}, {expr.Timestamp, "2025-10-21 25:00:00", ""}, {expr.Timestamp, "2025-10-21x19:30:00", ""}, {expr.Timestamp, "9999-12-31 23:00:00-05", ""}, {expr.Timestamp, "0001-01-01 00:00:00+01", ""}, {expr.Timestamp, "", ""}, {expr.Timestamp, "now", ""},
		{"GEOGRAPHY", "POINT(0 0)", ""},
	} {
		v, err := expr.ParseValue(tt.typ, tt.text)
		if tt.want == "" {
			require.ErrorContains(t, err, "is no "+string(tt.typ), "%s %q", tt.typ, tt.text)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, tt.want, v.String())
	}
}

func TestTimestampWithoutAnOffsetIsOfTheZoneGiven(t *testing.T) {
	zone, err := expr.LoadZone("America/New_York")
	require.NoError(t, err)
	for _, tt := range []struct{ text, want string }{
		{"2025-10-21 19:30:00", "2025-10-21T23:30:00Z"},
		{"2025-12-21 19:30:00.000001", "2025-12-22T00:30:00.000001Z"},
		{"2025-10-21 19:30:00+00", "2025-10-21T19:30:00Z"},
	} {
		us, ok := expr.ParseTimestamp(tt.text, zone)
		require.True(t, ok)
		require.Equal(t, instant(tt.want).UnixMicro(), us, tt.text)
	}
	_, ok := expr.ParseTimestamp("2025-10-21 99:00:00", zone)
	require.False(t, ok)
}

func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"", "1e3", "-0", "2025-10-21", "2025-10-21 19:30:00.5-04:30", "NaN", "0.1", "19:30:00", "9999-12-31 23:59:59.9999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, typ := range valueTypes {
			v, err := expr.ParseValue(typ, s)
			if err != nil {
				continue
			}
			again, err := expr.ParseValue(typ, v.String())
			require.NoError(t, err, typ)
			require.Equal(t, v, again, typ)
		}
	})
}

func TestParseType(t *testing.T) {
	for name, want := range map[string]expr.Type{
		"int64": expr.Int64, " INTEGER ": expr.Int64, "bigint": expr.Int64, "FLOAT": expr.Float64, "boolean": expr.Bool,
		"DECIMAL": expr.Numeric, "bigdecimal": expr.BigNumeric, "Timestamp": expr.Timestamp, "DATETIME": expr.DateTime,
	} {
		got, ok := expr.ParseType(name)
		require.True(t, ok, name)
		require.Equal(t, want, got)
	}
	for _, name := range []string{"", "INT63", "ARRAY<INT64>", "NULL"} {
		_, ok := expr.ParseType(name)
		require.False(t, ok, name)
	}
}
