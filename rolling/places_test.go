package rolling_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// days reads a history a day at a time: a value, – did not play, ? NULL, ✗ no row.
func days(text string) (rows rolling.Rows, points []float64, valid rolling.Bitmap, expected []int32) {
	fields := strings.Fields(text)
	valid = rolling.NewBitmap(len(fields))
	var at []int32
	for i, f := range fields {
		day := int32(i + 1)
		expected = append(expected, day)
		if f == "✗" {
			continue
		}
		value, counted := 0.0, rolling.True
		switch f {
		case "–":
			counted = rolling.False
		case "?":
		default:
			fmt.Sscan(f, &value)
			valid.Set(len(at))
		}
		at = append(at, day)
		points = append(points, value)
		rows.Counted = append(rows.Counted, counted)
	}
	rows.At = rolling.Dates(at)
	rows.Entity = rolling.Grouped([]int32{0, int32(len(at))})
	return rows, points, valid, expected
}

// The last three as of day 9, expected on days 1 to 8.
func TestLastThree(t *testing.T) {
	for _, c := range []struct {
		history string
		value   float64
		reason  rolling.Reason
		faults  string
	}{
		{"4 5 6 – – 7 8 9", 8, rolling.Whole, ""},
		{"4 5 6 – – 7 8 –", 7, rolling.Whole, ""},
		{"4 5 ✗ 6 7 8 9 –", 8, rolling.Whole, ""},
		{"4 5 6 7 8 9 1 ✗", 0, rolling.Gap, "1970-01-09"},
		{"4 5 6 7 8 ✗ 9 1", 0, rolling.Gap, "1970-01-07"},
		{"4 5 6 7 8 ? 9 1", 0, rolling.Null, "1970-01-07"},
		{"4 5 6 7 ✗ ? 9 1", 0, rolling.Null, "1970-01-07"},
		{"– – – – – – 8 9", 0, rolling.Warmup, ""},
		{"– – ✗ – – – 8 9", 0, rolling.Gap, "1970-01-04"},
	} {
		t.Run(c.history, func(t *testing.T) {
			rows, values, valid, expected := days(c.history)
			spec, err := rolling.New(rolling.Mean("points"), rolling.Last(3))
			require.NoError(t, err)
			var res rolling.Result
			require.NoError(t, rolling.Compute(&res, &rolling.Batch{
				Rows:     rows,
				Expected: &rolling.Expected{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 8}), At: rolling.Dates(expected)}},
				Points:   &rolling.Keys{Entity: rolling.Grouped([]int32{0, 1}), At: rolling.Dates([]int32{9})},
				Columns:  []rolling.Column{rolling.Float64s("points", values, valid)},
				Specs:    []rolling.Spec{spec},
			}))
			w := res.Windows(0)
			value, reason := w.Float64(0)
			require.Equal(t, c.reason.String(), reason.String())
			if reason == rolling.Whole {
				require.Equal(t, c.value, value)
			}
			require.Equal(t, 3, w.Detail(0).Expected)
			faults := ""
			for _, k := range w.Faults(0, nil) {
				faults += k.String()
			}
			require.Equal(t, c.faults, faults)
		})
	}
}
