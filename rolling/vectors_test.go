package rolling_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// outside returns a file of the folder with data that is not part of the project.
func outside(t *testing.T, path ...string) string {
	t.Helper()
	root := os.Getenv("INTACT_OUTSIDE")
	if root == "" {
		t.Skip("INTACT_OUTSIDE names no folder with outside data")
	}
	return filepath.Join(append([]string{root}, path...)...)
}

// A vector is a series with the answers of another tool. exact is the correctly
// rounded mean of what that tool takes for the window, strict the answer of a
// window that refuses.
type vector struct {
	ID     string
	Kind   string
	Window json.RawMessage
	Closed string
	Entity []string
	Time   []string
	X      []any
	Exact  []any
	Strict []any
}

// differing are the vectors that mean something else, each with the reason.
var differing = map[string]string{
	"rows_closed_both":         "a window of rows closed at both ends holds n+1 rows: there is no such window here",
	"time_closed_both":         "a range closed at both ends is no half-open range of days",
	"time_boundary_exact_both": "a range closed at both ends is no half-open range of days",
	"time_ragged_2s_mp1":       "a range of less than a day",
	"time_ragged_2s_mp2":       "a range of less than a day",
	"time_ragged_4s_mp3":       "a range of less than a day",
	"time_ragged_5s_mp1":       "a range of less than a day",
	"time_closed_left":         "a range of less than a day",
	"time_jump":                "a range of less than a day",
	"time_descending":          "rows whose order is not promised are sorted and answered; promised and broken it is an error, which has its own test",
}

func TestVectors(t *testing.T) {
	text, err := os.ReadFile(outside(t, "vectors", "rolling.json"))
	require.NoError(t, err)
	var file struct{ Vectors []vector }
	require.NoError(t, json.Unmarshal(text, &file))
	require.NotEmpty(t, file.Vectors)
	known := map[string]bool{}
	for _, v := range file.Vectors {
		known[v.ID] = true
		t.Run(v.ID, func(t *testing.T) {
			spec, ok := v.spec(t)
			if reason := differing[v.ID]; reason != "" {
				t.Skip(reason)
			}
			require.True(t, ok, "the window %s closed %s can not be expressed: list it with the reason", v.Window, v.Closed)
			v.check(t, spec)
		})
	}
	for id := range differing {
		require.True(t, known[id], "%s is listed as differing and is no vector", id)
	}
}

var daysWindow = regexp.MustCompile(`^"(\d+)D"$`)

func (v *vector) spec(t *testing.T) (rolling.Spec, bool) {
	t.Helper()
	var window rolling.Window
	if v.Kind == "rows" {
		n, err := strconv.Atoi(string(v.Window))
		require.NoError(t, err)
		window = rolling.Last(n)
	} else {
		m := daysWindow.FindSubmatch(v.Window)
		if m == nil {
			return rolling.Spec{}, false
		}
		d, err := strconv.Atoi(string(m[1]))
		require.NoError(t, err)
		window = rolling.Days(d)
	}
	var options []rolling.Option
	switch v.Closed {
	case "right":
		options = append(options, rolling.Including())
	case "left":
	default:
		return rolling.Spec{}, false
	}
	spec, err := rolling.New(rolling.Mean("x"), window, options...)
	require.NoError(t, err)
	return spec, true
}

func (v *vector) check(t *testing.T, spec rolling.Spec) {
	t.Helper()
	var d rolling.Dictionary
	n := len(v.X)
	codes, days, values, valid := make([]int32, n), make([]int32, n), make([]float64, n), rolling.NewBitmap(n)
	for i, x := range v.X {
		codes[i], days[i] = d.Code(v.Entity[i]), int32(i)
		if v.Kind == "time" {
			at, err := time.Parse(time.DateTime, v.Time[i])
			require.NoError(t, err)
			days[i] = int32(at.Unix() / 86_400)
		}
		if f, ok := float(t, x); ok {
			values[i] = f
			valid.Set(i)
		}
	}
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &rolling.Batch{
		Rows:    rolling.Rows{Keys: rolling.Keys{Entity: rolling.Coded(codes), At: rolling.Dates(days)}},
		Columns: []rolling.Column{rolling.Float64s("x", values, valid)},
		Specs:   []rolling.Spec{spec},
	}))
	for i := range v.X {
		got, reason := res.Windows(0).Float64(i)
		want, whole := float(t, v.Strict[i])
		require.Equal(t, whole, reason == rolling.Whole, "row %d: %s, value %v", i, reason, v.Strict[i])
		if whole {
			exact, _ := float(t, v.Exact[i])
			require.Equal(t, want, exact, "row %d: the vector contradicts itself", i)
			require.Equal(t, exact, got, "row %d", i)
		}
	}
}

// float reads a value of a vector: a number, null, or an infinity as text.
func float(t *testing.T, x any) (float64, bool) {
	t.Helper()
	switch x := x.(type) {
	case nil:
		return 0, false
	case string:
		f, err := strconv.ParseFloat(x, 64)
		require.NoError(t, err)
		return f, true
	}
	f, ok := x.(float64)
	require.True(t, ok, "%v is no number", x)
	return f, true
}
