package quality_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
)

var valueTypes = []quality.Type{
	quality.Bool, quality.Int64, quality.Float64, quality.Numeric, quality.BigNumeric, quality.String, quality.Bytes,
	quality.Date, quality.DateTime, quality.Time, quality.Timestamp,
}

func TestValuesOfGo(t *testing.T) {
	big1 := big.NewRat(1, 3)
	for _, tt := range []struct {
		in   any
		typ  quality.Type
		text string
	}{
		{nil, quality.Null, "null"},
		{true, quality.Bool, "true"},
		{-5, quality.Int64, "-5"},
		{int8(-5), quality.Int64, "-5"}, {int16(5), quality.Int64, "5"}, {int32(5), quality.Int64, "5"}, {int64(math.MinInt64), quality.Int64, "-9223372036854775808"},
		{uint8(5), quality.Int64, "5"}, {uint16(5), quality.Int64, "5"}, {uint32(5), quality.Int64, "5"}, {uint64(math.MaxInt64), quality.Int64, "9223372036854775807"}, {uint(5), quality.Int64, "5"},
		{float32(0.5), quality.Float64, "0.5"},
		{math.Copysign(0, -1), quality.Float64, "0"},
		{math.NaN(), quality.Float64, "NaN"},
		{math.Inf(-1), quality.Float64, "-Inf"},
		{"it's", quality.String, "it's"},
		{[]byte{1}, quality.Bytes, "\x01"},
		{day(2025, 10, 21), quality.Date, "2025-10-21"},
		{civil.DateTime{Date: day(2025, 10, 21), Time: civil.Time{Hour: 19, Nanosecond: 500_000_000}}, quality.DateTime, "2025-10-21 19:00:00.5"},
		{civil.Time{Hour: 19, Minute: 30}, quality.Time, "19:30:00"},
		{instant("2025-10-21T19:30:00-04:00"), quality.Timestamp, "2025-10-21 23:30:00+00"},
		{big1, quality.Numeric, "0.333333333"},
		{(*big.Rat)(nil), quality.Null, "null"},
	} {
		v, err := quality.ValueOf(tt.in)
		require.NoError(t, err)
		require.Equal(t, tt.typ, v.Type())
		require.Equal(t, tt.text, v.String())
		again, err := quality.ValueOf(v)
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
		_, err := quality.ValueOf(tt.in)
		require.EqualError(t, err, tt.err)
	}
}

func TestValuesReadBackAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		typ := rapid.SampledFrom(valueTypes[:8]).Draw(t, "type")
		if typ == quality.BigNumeric || typ == quality.Bytes {
			typ = quality.Timestamp
		}
		v := value(randomValue(rng, typ))
		read, err := quality.ParseValue(typ, v.String())
		require.NoError(t, err)
		require.Equal(t, v, read)
		require.Equal(t, v, value(v.Go()))
	})
}

func TestParseValue(t *testing.T) {
	for _, tt := range []struct {
		typ  quality.Type
		text string
		want string // "" is refused
	}{
		{quality.Bool, "TRUE", "true"}, {quality.Bool, "1", ""}, {quality.Bool, "yes", ""},
		{quality.Int64, "-007", "-7"}, {quality.Int64, "1_000", ""}, {quality.Int64, "1.0", ""}, {quality.Int64, "9223372036854775808", ""},
		{quality.Float64, "1e3", "1000"}, {quality.Float64, "-inf", "-Inf"}, {quality.Float64, "nan", "NaN"}, {quality.Float64, "0x1p3", ""}, {quality.Float64, "1_0", ""}, {quality.Float64, "1e999", ""}, {quality.Float64, "", ""},
		{quality.Numeric, "1.0000000005", "1.000000001"}, {quality.Numeric, "-1.0000000005", "-1.000000001"}, {quality.Numeric, "1e-3", "0.001"}, {quality.Numeric, "1/3", ""}, {quality.Numeric, "0b11", ""}, {quality.Numeric, "0x1f", ""}, {quality.Numeric, "1e30", ""}, {quality.Numeric, "1e999999999", ""},
		{quality.BigNumeric, "0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"}, {quality.BigNumeric, "1e39", ""},
		{quality.BigNumeric, "578960446186580977117854925043439539266.34992332820282019728792003956564819967", "578960446186580977117854925043439539266.34992332820282019728792003956564819967"},
		{quality.BigNumeric, "578960446186580977117854925043439539266.34992332820282019728792003956564819968", ""},
		{quality.BigNumeric, "-578960446186580977117854925043439539266.34992332820282019728792003956564819968", "-578960446186580977117854925043439539266.34992332820282019728792003956564819968"},
		{quality.Date, "2024-02-29", "2024-02-29"}, {quality.Date, "2025-02-29", ""}, {quality.Date, "2025-2-1", ""}, {quality.Date, "0000-01-01", ""}, {quality.Date, "9999-12-31", "9999-12-31"}, {quality.Date, "2025-10-21 ", ""}, {quality.Date, "２０25-10-21", ""},
		{quality.DateTime, "2025-10-21T19:30:00.5", "2025-10-21 19:30:00.5"}, {quality.DateTime, "2025-10-21", "2025-10-21 00:00:00"}, {quality.DateTime, "2025-10-21 19:30:00Z", ""},
		{quality.Time, "19:30:00", "19:30:00"}, {quality.Time, "24:00:00", ""},
		{quality.Timestamp, "2025-10-21", "2025-10-21 00:00:00+00"},
		{quality.Timestamp, "2025-10-21T19:30:00Z", "2025-10-21 19:30:00+00"},
		{quality.Timestamp, "2025-10-21 19:30:00 UTC", "2025-10-21 19:30:00+00"},
		{quality.Timestamp, "2025-10-21 19:30:00.123456-04", "2025-10-21 23:30:00.123456+00"},
		{quality.Timestamp, "2025-10-21 19:30:00+05:45", "2025-10-21 13:45:00+00"},
		{quality.Timestamp, "2025-10-21 19:30:00 -0400", "2025-10-21 23:30:00+00"},
		{quality.Timestamp, "2025-10-21 19:30:00+15:00", ""}, {quality.Timestamp, "2025-10-21 19:30:00+05:60", ""}, {quality.Timestamp, "2025-10-21 25:00:00", ""}, {quality.Timestamp, "2025-10-21x19:30:00", ""}, {quality.Timestamp, "9999-12-31 23:00:00-05", ""}, {quality.Timestamp, "0001-01-01 00:00:00+01", ""}, {quality.Timestamp, "", ""}, {quality.Timestamp, "now", ""},
		{"GEOGRAPHY", "POINT(0 0)", ""},
	} {
		v, err := quality.ParseValue(tt.typ, tt.text)
		if tt.want == "" {
			require.ErrorContains(t, err, "is no "+string(tt.typ), "%s %q", tt.typ, tt.text)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, tt.want, v.String())
	}
}

func TestTimestampWithoutAnOffsetIsOfTheZoneGiven(t *testing.T) {
	zone := must(quality.LoadZone("America/New_York"))
	for _, tt := range []struct{ text, want string }{
		{"2025-10-21 19:30:00", "2025-10-21T23:30:00Z"},
		{"2025-12-21 19:30:00.000001", "2025-12-22T00:30:00.000001Z"},
		{"2025-10-21 19:30:00+00", "2025-10-21T19:30:00Z"},
	} {
		us, ok := quality.ParseTimestamp(tt.text, zone)
		require.True(t, ok)
		require.Equal(t, instant(tt.want).UnixMicro(), us, tt.text)
	}
	_, ok := quality.ParseTimestamp("2025-10-21 99:00:00", zone)
	require.False(t, ok)
}

func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"", "1e3", "-0", "2025-10-21", "2025-10-21 19:30:00.5-04:30", "NaN", "0.1", "19:30:00", "9999-12-31 23:59:59.9999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, typ := range valueTypes {
			v, err := quality.ParseValue(typ, s)
			if err != nil {
				continue
			}
			again, err := quality.ParseValue(typ, v.String())
			require.NoError(t, err, typ)
			require.Equal(t, v, again, typ)
		}
	})
}

func TestParseType(t *testing.T) {
	for name, want := range map[string]quality.Type{
		"int64": quality.Int64, " INTEGER ": quality.Int64, "bigint": quality.Int64, "FLOAT": quality.Float64, "boolean": quality.Bool,
		"DECIMAL": quality.Numeric, "bigdecimal": quality.BigNumeric, "Timestamp": quality.Timestamp, "DATETIME": quality.DateTime,
	} {
		got, ok := quality.ParseType(name)
		require.True(t, ok, name)
		require.Equal(t, want, got)
	}
	for _, name := range []string{"", "INT63", "ARRAY<INT64>", "NULL"} {
		_, ok := quality.ParseType(name)
		require.False(t, ok, name)
	}
}

func TestSegmentsAreOrderedAsOrderByOrdersThem(t *testing.T) {
	segment := func(vs ...any) quality.Segment {
		values := make([]quality.Value, len(vs))
		for i, v := range vs {
			values[i] = value(v)
		}
		return quality.NewSegment([]string{"a", "b"}[:len(vs)], values)
	}
	for _, order := range [][]quality.Segment{
		{segment(nil), segment(math.NaN()), segment(math.Inf(-1)), segment(-1.5), segment(0.0), segment(math.Inf(1))},
		{segment(nil), segment(-10), segment(-9), segment(9), segment(10)},
		{segment(nil), segment(""), segment("10"), segment("9"), segment("a"), segment("ä")},
		{segment(nil), segment(rat("-10")), segment(rat("9.5")), segment(rat("10"))},
		{segment(nil), segment(false), segment(true)},
		{segment(nil, "z"), segment("a", nil), segment("a", "b"), segment("b", nil)},
	} {
		for i, x := range order {
			for j, y := range order {
				want := 0
				switch {
				case i < j:
					want = -1
				case i > j:
					want = 1
				}
				require.Equal(t, want, x.Compare(y), "%s and %s", x, y)
				require.Equal(t, i == j, x.Key() == y.Key(), "%s and %s", x, y)
			}
		}
	}
}

func TestSegmentsThatReadAlikeHaveKeysOfTheirOwn(t *testing.T) {
	of := func(column string, v any) string {
		return quality.NewSegment([]string{column}, []quality.Value{value(v)}).Key()
	}
	require.NotEqual(t, of("a", nil), of("a", "null"))
	require.NotEqual(t, of("a", 1), of("a", "1"))
	require.NotEqual(t, of("a", nil), of("b", nil))
	require.Equal(t, of("a", 0.0), of("a", math.Copysign(0, -1)))
}
