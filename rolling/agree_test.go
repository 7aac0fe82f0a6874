package rolling_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// histories is how many random histories are tried.
func histories() int {
	if testing.Short() {
		return 1_000
	}
	return 10_000
}

// The batch agrees with the naive reference on random histories: value, reason,
// counts, ends and keys at fault.
func TestBatchAgreesWithReference(t *testing.T) {
	var res rolling.Result
	reasons := map[rolling.Reason]int{}
	for seed := range uint64(histories()) {
		h := newRandomHistory(seed, 0)
		require.NoError(t, rolling.Compute(&res, &h.batch), "history %d", seed)
		require.Equal(t, h.naive.known(h.points), res.Known(), "history %d", seed)
		for i, s := range h.specs {
			w := res.Windows(i)
			for p, point := range h.points {
				want := h.want(s, point, p)
				agree(t, State{seed, w.Spec(), p, point}, s, want, w, p)
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
	default:
		if new(big.Rat).Abs(a.value).Cmp(beyondNumeric) >= 0 {
			a.reason = rolling.NonFinite
		}
	}
}

// beyondNumeric is 10^29, the least number that no NUMERIC reaches. Sums have
// nine digits behind the point, and means lie within what they are of.
var beyondNumeric = new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(29), nil))

// A place names a window of a random history, for the message of a failure.
type State struct {
	seed  uint64
	spec  rolling.Spec
	index int
	point naiveKey
}

func (p State) String() string {
	return fmt.Sprintf("history %d, %s as of point %d (entity %d, reset %d, at %d)", p.seed, p.spec, p.index, p.point.entity, p.point.reset, p.point.at)
}

// counts are what must agree of a window beside its value.
type counts struct {
	reason                                         string
	observed, expected, missing, nulls, unexpected int
	places                                         bool
	oldest, newest                                 int64
}

func counted(d rolling.Detail) counts {
	c := counts{d.Reason.String(), d.Observed, d.Expected, d.Missing, d.Nulls, d.Unexpected, d.Places(), 0, 0}
	if c.places {
		c.oldest, c.newest = d.Oldest.At, d.Newest.At
	}
	return c
}

func agree(t *testing.T, at State, s naiveSpec, a naiveAnswer, w rolling.Windows, p int) {
	t.Helper()
	want := counts{a.reason.String(), a.observed, a.expected, a.missing, a.nulls, a.unexpected, a.places > 0, a.oldest, a.newest}
	if got := counted(w.Detail(p)); got != want {
		require.Equal(t, want, got, at.String())
	}
	if faults := times(w.Faults(p, nil)); !slices.Equal(a.faults, faults) {
		require.Equal(t, a.faults, faults, "%s: keys at fault", at)
	}
	if a.reason == rolling.Whole {
		requireValue(t, at, s, a, w, p)
	} else if text := w.AppendValue(nil, p); len(text) > 0 {
		require.Fail(t, "a refused window has a value", "%s: %s", at, text)
	}
}

func requireValue(t *testing.T, at State, s naiveSpec, want naiveAnswer, w rolling.Windows, p int) {
	t.Helper()
	switch w.Type() {
	case "FLOAT64":
		got, _ := w.Float64(p)
		if s.kind == "stddev_pop" || s.kind == "stddev_samp" {
			requireDeviation(t, at, want.value, got)
			return
		}
		if exact := nearestFloat(want.value); math.Float64bits(exact) != math.Float64bits(got) {
			require.Fail(t, "not the nearest float", "%s: %g for %g of %v", at, got, exact, want.values)
		}
	case "INT64":
		got, _ := w.Int64(p)
		require.Zero(t, want.value.Cmp(new(big.Rat).SetInt64(got)), at.String())
	default:
		got, _ := w.Numeric(p)
		// FloatString rounds half away from zero, as NUMERIC does.
		exact, ok := new(big.Rat).SetString(want.value.FloatString(9))
		require.True(t, ok)
		require.Zero(t, exact.Cmp(new(big.Rat).SetFrac(got.Big(), big.NewInt(1e9))), "%s: %s for %s", at, got, exact)
	}
}

func requireDeviation(t *testing.T, at State, square *big.Rat, got float64) {
	t.Helper()
	want := rootFloat(square)
	if want == 0 {
		require.Zero(t, got, at.String())
		return
	}
	require.LessOrEqual(t, ulps(want, got), uint64(4), "%s: deviation %g, exactly %g", at, got, want)
}
