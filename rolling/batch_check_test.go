package rolling_test

import (
	"cmp"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// soundBatch is two entities with two rows each and one expected key.
func soundBatch(t *testing.T) *rolling.Batch {
	t.Helper()
	spec, err := rolling.Parse("points_avg_last_2")
	require.NoError(t, err)
	return &rolling.Batch{
		Rows: rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 2, 4}), At: rolling.Dates([]int32{1, 2, 1, 2})}},
		Expected: &rolling.Expected{Keys: rolling.Keys{
			Entity: rolling.Coded([]int32{0}), At: rolling.Dates([]int32{1}),
		}},
		Columns: []rolling.Column{rolling.Float64s("points", []float64{1, 2, 3, 4}, nil)},
		Specs:   []rolling.Spec{spec},
	}
}

func TestBadInputIsRefused(t *testing.T) {
	for want, spoil := range map[string]func(*rolling.Batch){
		"stands after a newer one":         func(b *rolling.Batch) { b.Rows.At = rolling.Dates([]int32{2, 1, 1, 2}) },
		"at least one spec":                func(b *rolling.Batch) { b.Specs = nil },
		"spec 0 is empty":                  func(b *rolling.Batch) { b.Specs = make([]rolling.Spec, 1) },
		`two windows are named`:            func(b *rolling.Batch) { b.Specs = append(b.Specs, b.Specs[0]) },
		`no column "points" among ["pts"]`: func(b *rolling.Batch) { b.Columns[0] = rolling.Float64s("pts", make([]float64, 4), nil) },
		`column "points" is given twice`:   func(b *rolling.Batch) { b.Columns = append(b.Columns, b.Columns[0]) },
		"column points has 3 slots":        func(b *rolling.Batch) { b.Columns[0] = rolling.Float64s("points", make([]float64, 3), nil) },
		"validity bitmap has 0 bytes": func(b *rolling.Batch) {
			b.Columns[0] = rolling.Float64s("points", make([]float64, 4), rolling.Bitmap{})
		},
		"Counted has 1 slots": func(b *rolling.Batch) { b.Rows.Counted = make([]rolling.Truth, 1) },
		"Order has 2 slots":   func(b *rolling.Batch) { b.Rows.Order = make([]int64, 2) },
		"the groups end at 3": func(b *rolling.Batch) { b.Rows.Entity = rolling.Grouped([]int32{0, 3}) },
		"offsets begin at 0":  func(b *rolling.Batch) { b.Rows.Entity = rolling.Grouped([]int32{1, 4}) },
		"Entity has 0 slots":  func(b *rolling.Batch) { b.Rows.Entity = rolling.Entities{} },
		"has no entity":       func(b *rolling.Batch) { b.Rows.Entity = rolling.Coded([]int32{0, 0, 1, -1}) },
		"count codes from 0":  func(b *rolling.Batch) { b.Rows.Entity = rolling.Coded([]int32{0, 0, 1, 1 << 30}) },
		"these times are timestamps and the rows' are dates": func(b *rolling.Batch) { b.Expected.At = rolling.Timestamps([]int64{1}) },
		"these have none":                   func(b *rolling.Batch) { b.Rows.Reset = make([]int32, 4) },
		"give it for both or for neither":   func(b *rolling.Batch) { b.Expected.Reset = make([]int32, 1) },
		"order is part of the key":          func(b *rolling.Batch) { b.Rows.Order = make([]int64, 4) },
		"Excused has 2 slots":               func(b *rolling.Batch) { b.Expected.Excused = make([]bool, 2) },
		"Due has 2 slots":                   func(b *rolling.Batch) { b.Expected.Due = make([]int64, 2) },
		"its reset is NULL":                 func(b *rolling.Batch) { b.Rows.Reset, b.Expected.Reset = make([]int32, 4), []int32{-1} },
		"point 0 (1970-01-10): its reset":   func(b *rolling.Batch) { b.Rows.Reset, b.Expected, b.Points = make([]int32, 4), nil, point(9, -1) },
		"leave out Order":                   func(b *rolling.Batch) { b.Points = point(9, 0); b.Points.Reset, b.Points.Order = nil, []int64{1} },
		"is expected twice and they differ": func(b *rolling.Batch) { b.Expected = Twice() },
		"rows: row 3: 9223372036854775807 microseconds since 1970 are outside the range of TIMESTAMP": func(b *rolling.Batch) {
			b.Expected, b.Rows.At = nil, rolling.Timestamps([]int64{1, 2, 1, math.MaxInt64})
		},
		"points: row 0: -62135596800000001 microseconds": func(b *rolling.Batch) {
			b.Expected, b.Rows.At = nil, rolling.Timestamps([]int64{1, 2, 1, 2})
			b.Points = &rolling.Keys{Entity: rolling.Coded([]int32{0}), At: rolling.Timestamps([]int64{-62_135_596_800_000_001})}
		},
		"points: row 0 has no entity (code -1)": func(b *rolling.Batch) {
			b.Points = point(9, 0)
			b.Points.Reset, b.Points.Entity = nil, rolling.Coded([]int32{-1})
		},
	} {
		t.Run(want, func(t *testing.T) {
			b := soundBatch(t)
			var res rolling.Result
			require.NoError(t, rolling.Compute(&res, b))
			spoil(b)
			require.ErrorContains(t, rolling.Compute(&res, b), want)
			require.Zero(t, res.Specs(), "a refused batch leaves no answers")
		})
	}
}

func point(day, reset int32) *rolling.Keys {
	return &rolling.Keys{Entity: rolling.Coded([]int32{0}), At: rolling.Dates([]int32{day}), Reset: []int32{reset}}
}

func Twice() *rolling.Expected {
	return &rolling.Expected{
		Keys:    rolling.Keys{Entity: rolling.Coded([]int32{0, 0}), At: rolling.Dates([]int32{1, 1})},
		Excused: []bool{true, false},
	}
}

// What is expected twice can be looked up by both positions.
func TestExpectedTwiceSaysWhere(t *testing.T) {
	b := soundBatch(t)
	b.Expected = Twice()
	var found rolling.ExpectedTwiceError
	require.ErrorAs(t, rolling.Compute(new(rolling.Result), b), &found)
	require.ElementsMatch(t, []int{0, 1}, []int{found.First, found.Second})
}

// Order that was promised and broken is an error that can be told apart.
func TestPromisedOrderIsHeld(t *testing.T) {
	b := soundBatch(t)
	b.Rows.At = rolling.Dates([]int32{1, 2, 4, 3})
	var res rolling.Result
	err := rolling.Compute(&res, b)
	require.ErrorIs(t, err, rolling.ErrOrder)
	require.ErrorContains(t, err, "row 3 (1970-01-04) of entity 1")
}

// The first and the last TIMESTAMP are times like all others.
func TestEndsOfTime(t *testing.T) {
	b := soundBatch(t)
	b.Expected = nil
	least, most := int64(-62_135_596_800_000_000), int64(253_402_300_799_999_999)
	b.Rows.Entity, b.Rows.At = rolling.Grouped([]int32{0, 4}), rolling.Timestamps([]int64{least, least + 1, most - 1, most})
	b.HistoryFrom = new(int64)
	*b.HistoryFrom = math.MinInt64
	b.Specs = nil
	for _, window := range []rolling.Window{rolling.Last(2), rolling.Days(1)} {
		spec, err := rolling.New(rolling.Mean("points"), window, rolling.Including(), rolling.Named(window.String()))
		require.NoError(t, err)
		b.Specs = append(b.Specs, spec)
	}
	aged, err := rolling.New(rolling.Mean("points"), rolling.Last(2), rolling.MaxAge(36_525))
	require.NoError(t, err)
	b.Specs = append(b.Specs, aged)
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, b))
	for i, want := range [][]string{
		{"warmup", "1.5", "2.5", "3.5"},
		{"1", "1.5", "3", "3.5"},
		{"warmup", "warmup", "stale", "2.5"},
	} {
		w := res.Windows(i)
		for p := range w.Len() {
			got := string(w.AppendValue(nil, p))
			require.Equal(t, want[p], cmp.Or(got, w.Reason(p).String()), "%s as of row %d", w.Spec(), p)
		}
	}
}

// No rows at all are no error: every point is a warm-up.
func TestNoRows(t *testing.T) {
	b := soundBatch(t)
	b.Rows, b.Expected = rolling.Rows{}, nil
	b.Columns[0] = rolling.Float64s("points", nil, nil)
	b.Points = &rolling.Keys{Entity: rolling.Coded([]int32{0}), At: rolling.Dates([]int32{9})}
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, b))
	require.Equal(t, rolling.Warmup, res.Windows(0).Reason(0))
	b.Points = nil
	require.NoError(t, rolling.Compute(&res, b))
	require.Zero(t, res.Windows(0).Len())
}

// A bare column leaves only with its validity.
func TestBareColumnCarriesItsValidity(t *testing.T) {
	b := soundBatch(t)
	b.Expected = nil
	b.Rows.At = rolling.Dates([]int32{1, 2, 1, 9})
	spec, err := rolling.Parse("points_avg_last_1")
	require.NoError(t, err)
	b.Specs = []rolling.Spec{spec}
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, b))
	values, valid := res.Windows(0).Float64s(nil)
	require.Equal(t, rolling.Bitmap{0b1010}, valid)
	require.NotEqual(t, values[0], values[0], "a refused slot is NaN")
	require.Equal(t, []float64{1, 3}, []float64{values[1], values[3]})
}

// After a Compute that failed nothing is left of the one before.
func TestNoAnswersAfterAnError(t *testing.T) {
	b := soundBatch(t)
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, b))
	require.NotZero(t, res.Windows(0).Len())
	b.Rows.Entity = rolling.Grouped([]int32{0, 4})
	b.Rows.At = rolling.Dates([]int32{4, 3, 2, 1})
	require.ErrorIs(t, rolling.Compute(&res, b), rolling.ErrOrder)
	require.Zero(t, res.Specs())
	require.Panics(t, func() { res.Windows(0) }, "as of any result that has no such window")
}

// What is asked for as another type than it has is no answer: 0 is not the mean.
func TestValueOfAnotherTypeIsNoAnswer(t *testing.T) {
	mean, err := rolling.Parse("points_avg_last_1")
	require.NoError(t, err)
	count, err := rolling.Parse("points_count_last_1")
	require.NoError(t, err)
	points := rolling.Float64s("points", []float64{8, 9}, nil)
	b := rolling.Batch{
		Rows:    rolling.Rows{Keys: rolling.Keys{Entity: rolling.Coded([]int32{0, 0}), At: rolling.Dates([]int32{1, 2})}},
		Columns: []rolling.Column{points},
		Specs:   []rolling.Spec{mean, count},
	}
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &b))
	stream, err := rolling.NewStream(rolling.StreamConfig{Columns: b.Columns, Specs: b.Specs})
	require.NoError(t, err)
	c := stream.Calculator()
	require.NoError(t, c.Push(played(1, 8)))
	answer := func(spec int) *rolling.Answer {
		a, err := c.Window(spec, rolling.Point{At: 2}, 0)
		require.NoError(t, err)
		return &a
	}
	const none = rolling.Reason(0)
	_, reason := res.Windows(0).Int64(1)
	require.Equal(t, none, reason)
	_, reason = res.Windows(0).Numeric(1)
	require.Equal(t, none, reason)
	_, reason = res.Windows(1).Float64(1)
	require.Equal(t, none, reason)
	_, reason = answer(0).Int64()
	require.Equal(t, none, reason)
	_, reason = answer(0).Numeric()
	require.Equal(t, none, reason)
	_, reason = answer(1).Float64()
	require.Equal(t, none, reason)
}

func TestMessagesNameKeysAndMend(t *testing.T) {
	for history, want := range map[string]string{
		"4 5 6 7 8 9 1 ✗": "gap: 1970-01-09 expected and without a row (1 of 3 places missing): load what is lost and compute again",
		"4 5 6 7 8 ? 9 1": "null: 1970-01-07 without a usable value: points is NULL or not finite there: correct the source, or where it is rightly NULL, as a share without an attempt, average a ratio of sums",
		"– – – – – – 8 9": "warmup: 2 of 3 places back to the start of history: nothing is wrong, it is too early",
		"4 5 6 – – 7 8 9": "",
	} {
		rows, values, valid, expected := days(history)
		spec, err := rolling.Parse("points_avg_last_3")
		require.NoError(t, err)
		var res rolling.Result
		require.NoError(t, rolling.Compute(&res, &rolling.Batch{
			Rows:     rows,
			Expected: &rolling.Expected{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 8}), At: rolling.Dates(expected)}},
			Points:   &rolling.Keys{Entity: rolling.Coded([]int32{0}), At: rolling.Dates([]int32{9})},
			Columns:  []rolling.Column{rolling.Float64s("points", values, valid)},
			Specs:    []rolling.Spec{spec},
		}))
		require.Equal(t, want, res.Windows(0).Message(0))
	}
}
