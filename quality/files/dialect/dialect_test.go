package dialect_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// Formats as package time has them, and as BigQuery does.
var formats = []struct{ layout, format string }{
	{"02/01/2006 15:04:05", "%d/%m/%Y %H:%M:%S"},
	{"Jan 2, 2006 3:04:05 PM", "%b %e, %Y %I:%M:%S %p"},
	{"Monday 2 January 2006 15:04:05", "%A %d %B %Y %H:%M:%S"},
	{"2006-01-02T15:04:05.000000", "%FT%H:%M:%E6S"},
	{"20060102150405", "%Y%m%d%H%M%S"},
	{"2006.002 15:04:05", "%Y.%j %T"},
	{"01/02/06 15:04:05", "%D %T"},
	{"2006-01-02 15:04:05 -0700", "%F %T %z"},
}

// What package time writes in a format is read as the same time.
func TestTimesAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(formats).Draw(t, "format")
		// Years of two digits are 1969 to 2068.
		at := time.Unix(rapid.Int64Range(-31_536_000+86_400, 3_092_601_599).Draw(t, "second"), 0).UTC()
		parsed, err := dialect.ParseTime(f.format)
		if err != nil {
			t.Fatal(err)
		}
		if f.format == "%FT%H:%M:%E6S" {
			at = at.Add(time.Duration(rapid.IntRange(0, 999_999).Draw(t, "micros")) * time.Microsecond)
		}
		text := at.Format(f.layout)
		if got, ok := parsed.Read([]byte(text), expr.Timestamp, nil); !ok || got != at.UnixMicro() {
			t.Errorf("%q by %s is %d (ok %t), want %d", text, f.format, got, ok, at.UnixMicro())
		}
		if got, ok := parsed.Read([]byte(text), expr.Date, nil); !ok || got != at.Truncate(24*time.Hour).Unix()/86400 {
			t.Errorf("the day of %q by %s is %d (ok %t)", text, f.format, got, ok)
		}
		if got, ok := parsed.Read([]byte(text+"x"), expr.Date, nil); ok {
			t.Errorf("%qx is read by %s as %d", text, f.format, got)
		}
	})
}

// Whatever is read is a time of the calendar.
func FuzzTime(f *testing.F) {
	for _, x := range formats {
		f.Add(x.format, x.layout)
	}
	f.Add("%s", "-1")
	f.Add("%Y-%m-%d", "2023-02-29")
	f.Fuzz(func(t *testing.T, format, text string) {
		parsed, err := dialect.ParseTime(format)
		if err != nil {
			return
		}
		got, ok := parsed.Read([]byte(text), expr.Timestamp, time.UTC)
		if first, last := int64(-62135596800_000_000), int64(253402300799_999_999); ok && (got < first || got > last) {
			t.Errorf("%q by %q is %d, outside of the calendar", text, format, got)
		}
	})
}
