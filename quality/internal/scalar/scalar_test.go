package scalar_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/internal/scalar"
)

func TestNumbersAreThoseThatFormattersWrite(t *testing.T) {
	for text, want := range map[string]scalar.Kind{
		"0": scalar.Integer, "-7": scalar.Integer, "9223372036854775807": scalar.Integer, "-9223372036854775808": scalar.Integer,
		"-0": scalar.Decimal, ".5": scalar.Decimal, "1.": scalar.Decimal, "-.5": scalar.Decimal, "1.0E7": scalar.Decimal, "1.0E-4": scalar.Decimal,
		"1e+20": scalar.Decimal, "5e-324": scalar.Decimal, "1e15": scalar.Decimal, "9E100": scalar.Decimal, "100000000000000000000": scalar.Decimal,
		"NaN": scalar.NotFinite, "-nan": scalar.NotFinite, "+nan": scalar.NotFinite, "inf": scalar.NotFinite, "-Infinity": scalar.NotFinite,
		"1e+999": scalar.TooLarge, "1.5e999": scalar.TooLarge, "1e999": scalar.TooLarge,
		"007": scalar.NoNumber, "-01": scalar.NoNumber, "+1": scalar.NoNumber, "12e4": scalar.NoNumber, "12e20": scalar.NoNumber, "1e14": scalar.NoNumber,
		"1e015": scalar.NoNumber, "9223372036854775808": scalar.NoNumber, "": scalar.NoNumber, "-": scalar.NoNumber, ".": scalar.NoNumber, "-.": scalar.NoNumber,
		"1e": scalar.NoNumber, "1e+": scalar.NoNumber, "1.5.2": scalar.NoNumber, "0x10": scalar.NoNumber, "1_0": scalar.NoNumber, "1.e": scalar.NoNumber,
		"nano": scalar.NoNumber, "--1": scalar.NoNumber, "1 ": scalar.NoNumber, "٣": scalar.NoNumber,
	} {
		if got := scalar.ParseNumber(text).Kind; got != want {
			t.Errorf("%q is of kind %d, want %d", text, got, want)
		}
		if got := scalar.ParseNumber([]byte(text)).Kind; got != want {
			t.Errorf("the bytes of %q are of kind %d, want %d", text, got, want)
		}
	}
}

// The nearest FLOAT64 is what big.Rat makes of the same digits.
func TestANumberIsTheNearestFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,24})(\.[0-9]{0,24})?([eE][+-][0-9]{1,2})?`).Draw(t, "text")
		got := scalar.ParseNumber(text)
		if got.Kind == scalar.NoNumber {
			return
		}
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is read, and is no number", text)
		}
		want, _ := r.Float64()
		if got.Float != want {
			t.Errorf("%q is %v, want %v", text, got.Float, want)
		}
		if back, _ := new(big.Rat).SetString(big.NewFloat(got.Float).Text('f', -1)); !got.Long && r.Cmp(back) != 0 && math.Abs(want) > 1e-300 {
			if shortest, _ := new(big.Rat).SetString(big.NewFloat(want).Text('g', 15)); r.Cmp(shortest) != 0 {
				t.Errorf("%q is not Long, and 15 digits do not tell it", text)
			}
		}
	})
}

func TestTimesAreReadAsPackageTimeReadsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMicro(rapid.Int64Range(-62135596800_000_000, 253402300799_999_999).Draw(t, "micros")).UTC()
		zone := time.FixedZone("", rapid.IntRange(-14*60, 14*60).Draw(t, "zone")*60)
		if local := at.In(zone); local.Year() >= 1 && local.Year() <= 9999 {
			layout := rapid.SampledFrom([]string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05.000000-07:00", "2006-01-02 15:04:05.000000 -0700"}).Draw(t, "layout")
			text := local.Format(layout)
			if got, finer, ok := scalar.ParseTimestamp(text); !ok || finer || got != at.UnixMicro() {
				t.Errorf("%s is %d (finer %t, ok %t), want %d", text, got, finer, ok, at.UnixMicro())
			}
		}
		text := at.Format("2006-01-02")
		if days, ok := scalar.ParseDate(text); !ok || days != at.Truncate(24*time.Hour).Unix()/86400 {
			t.Errorf("%s is day %d (ok %t)", text, days, ok)
		}
	})
}

func TestADateIsInTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(0, 10000).Draw(t, "y"), rapid.IntRange(0, 13).Draw(t, "m"), rapid.IntRange(0, 32).Draw(t, "d")
		at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		want := y >= 1 && y <= 9999 && at.Year() == y && int(at.Month()) == m && at.Day() == d
		days, ok := scalar.Days(y, m, d)
		if ok != want || ok && days != at.Unix()/86400 {
			t.Errorf("%d-%d-%d is day %d (ok %t), want %t", y, m, d, days, ok, want)
		}
	})
}

func TestFinerDigitsAreTold(t *testing.T) {
	for text, finer := range map[string]bool{"12:00:00.1234567": true, "12:00:00.123456000": false, "12:00:00.5": false, "12:00:00.000000001": true} {
		if _, got, ok := scalar.ParseTime(text); !ok || got != finer {
			t.Errorf("%s: finer %t (ok %t), want %t", text, got, ok, finer)
		}
	}
	for _, text := range []string{"", "24:00:00", "12:60:00", "12:00:60", "12:00", "1:00:00", "12:00:00.", "12:00:00.x", "-2:00:00"} {
		if _, _, ok := scalar.ParseTime(text); ok {
			t.Errorf("%q is read as a time of day", text)
		}
	}
}
