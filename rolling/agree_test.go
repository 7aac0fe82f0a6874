package rolling_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

const histories = 10_000

// The batch agrees with the naive reference on random histories: value, reason,
// counts, ends and keys at fault.
func TestBatchAgreesWithReference(t *testing.T) {
	var res rolling.Result
	reasons := map[rolling.Reason]int{}
	for seed := range uint64(histories) {
		h := newRandomHistory(seed)
		require.NoError(t, rolling.Compute(&res, &h.batch), "history %d", seed)
		for i, s := range h.specs {
			w := res.Windows(i)
			for p, point := range h.points {
				want := h.want(s, point, p)
				at := fmt.Sprintf("history %d, %s %s as of point %d (entity %d at %d)", seed, w.Spec().Statistic(), w.Spec().Window(), p, point.entity, point.at)
				agree(t, at, s, want, w, p)
				reasons[want.reason]++
			}
		}
	}
	for r := rolling.Duplicate; r <= rolling.Whole; r++ {
		require.NotZero(t, reasons[r], "no history is %s: the test does not reach it", r)
	}
}

// want asks the reference. A point that is a row without a reset can not be asked for.
func (h *randomHistory) want(s naiveSpec, point naiveKey, row int) naiveAnswer {
	if point.reset < 0 {
		a := naiveAnswer{reason: rolling.Null, expected: -1, faults: []int64{point.at}}
		if h.naive.oracle {
			if a.expected = 0; s.last > 0 {
				a.expected = s.last
			}
		}
		return a
	}
	a := h.naive.ask(s, point.entity, point.reset, point.at)
	if a.reason == rolling.Whole {
		a.round(s, h.batch.Columns[s.column].Name())
	}
	return a
}

// round refuses values outside the range of their type.
func (a *naiveAnswer) round(s naiveSpec, column string) {
	float := column == "a" || column == "b" || s.kind == "ratio" || s.kind == "avg" && column == "c"
	switch {
	case s.kind == "stddev_pop" || s.kind == "stddev_samp":
		if math.IsInf(rootFloat(a.value), 0) {
			a.reason = rolling.NonFinite
		}
	case s.kind == "count":
	case float:
		if math.IsInf(nearestFloat(a.value), 0) {
			a.reason = rolling.NonFinite
		}
	case column == "c":
		if !a.value.Num().IsInt64() {
			a.reason = rolling.NonFinite
		}
	}
}

func agree(t *testing.T, at string, s naiveSpec, want naiveAnswer, w rolling.Windows, p int) {
	t.Helper()
	d := w.Detail(p)
	require.Equal(t, want.reason.String(), w.Reason(p).String(), at)
	require.Equal(t, want.observed, d.Observed, "%s: observed", at)
	require.Equal(t, want.expected, d.Expected, "%s: expected", at)
	require.Equal(t, want.missing, d.Missing, "%s: missing", at)
	require.Equal(t, want.nulls, d.Nulls, "%s: nulls", at)
	require.Equal(t, want.unexpected, d.Unexpected, "%s: unexpected", at)
	if want.places > 0 {
		require.Equal(t, want.oldest, d.Oldest.At, "%s: oldest", at)
		require.Equal(t, want.newest, d.Newest.At, "%s: newest", at)
	} else {
		require.False(t, d.Places(), at)
	}
	var faults []int64
	for _, k := range w.Faults(p, nil) {
		faults = append(faults, k.At)
	}
	require.Equal(t, want.faults, faults, "%s: keys at fault", at)
	if want.reason == rolling.Whole {
		requireValue(t, at, s, want, w, p)
	} else {
		require.Empty(t, w.AppendValue(nil, p), at)
	}
}

func requireValue(t *testing.T, at string, s naiveSpec, want naiveAnswer, w rolling.Windows, p int) {
	t.Helper()
	switch w.Type() {
	case "FLOAT64":
		got, _ := w.Float64(p)
		if s.kind == "stddev_pop" || s.kind == "stddev_samp" {
			requireDeviation(t, at, want.value, got)
			return
		}
		require.Equal(t, math.Float64bits(nearestFloat(want.value)), math.Float64bits(got), "%s: %g of %v", at, got, want.values)
	case "INT64":
		got, _ := w.Int64(p)
		require.Zero(t, want.value.Cmp(new(big.Rat).SetInt64(got)), at)
	default:
		got, _ := w.Numeric(p)
		// FloatString rounds half away from zero, as NUMERIC does.
		exact, ok := new(big.Rat).SetString(want.value.FloatString(9))
		require.True(t, ok)
		require.Zero(t, exact.Cmp(new(big.Rat).SetFrac(got.Big(), big.NewInt(1e9))), "%s: %s for %s", at, got, exact)
	}
}

func requireDeviation(t *testing.T, at string, square *big.Rat, got float64) {
	t.Helper()
	want := rootFloat(square)
	if want == 0 {
		require.Zero(t, got, at)
		return
	}
	require.LessOrEqual(t, ulps(want, got), uint64(4), "%s: deviation %g, exactly %g", at, got, want)
}
