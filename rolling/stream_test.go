package rolling_test

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// stream replays a random history into calculators: rows in order with expected
// keys before or after them, a few rows late, snapshots in between.
func (h *randomHistory) stream(t *testing.T, r *rand.Rand) (*rolling.Stream, []*rolling.Calculator) {
	t.Helper()
	stream, err := rolling.NewStream(rolling.StreamConfig{
		Columns: h.batch.Columns, Specs: h.batch.Specs, Timestamps: h.naive.perDay > 1,
		Expects: h.naive.oracle, HistoryFrom: h.naive.from, Zone: h.naive.zone,
	})
	require.NoError(t, err)
	var calculators []*rolling.Calculator
	for e := range h.entities + 1 {
		c := stream.Calculator()
		early := chance(r, 50)
		for _, k := range h.naive.expected {
			if k.entity == e && early {
				require.NoError(t, c.Expect(rolling.Expectation{At: k.at, Order: k.order, Reset: k.reset, Excused: k.excused, Due: k.due}))
			}
		}
		var rows, late []rolling.Observation
		for _, row := range h.naive.rows {
			if row.entity != e {
				continue
			}
			if o := observation(row); chance(r, 5) {
				late = append(late, o)
			} else {
				rows = append(rows, o)
			}
		}
		slices.SortStableFunc(rows, func(a, b rolling.Observation) int {
			return int(a.At-b.At) + int(a.Order-b.Order)*btoi(a.At == b.At)
		})
		for _, o := range rows {
			require.NoError(t, c.Push(o))
			if chance(r, 10) {
				c, err = stream.Restore(c.Snapshot(nil))
				require.NoError(t, err)
			}
		}
		for _, o := range late {
			require.NoError(t, c.Replay(o))
		}
		for _, k := range h.naive.expected {
			if k.entity == e && !early {
				require.NoError(t, c.Expect(rolling.Expectation{At: k.at, Order: k.order, Reset: k.reset, Excused: k.excused, Due: k.due}))
			}
		}
		calculators = append(calculators, c)
	}
	return stream, calculators
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func observation(row naiveRow) rolling.Observation {
	o := rolling.Observation{At: row.at, Order: row.order, Reset: row.reset, Counted: row.counted}
	for c, v := range row.values {
		var value rolling.Value
		switch {
		case v == nil:
		case c == 2:
			value = rolling.Int64(v.Num().Int64())
		case c == 3:
			n, err := rolling.ParseNumeric(v.FloatString(9))
			if err != nil {
				panic(err)
			}
			value = rolling.Decimal(n)
		default:
			f, _ := v.Float64()
			value = rolling.Float64(f)
		}
		o.Values = append(o.Values, value)
	}
	return o
}

// A stream and a batch agree bit for bit on the same histories, as of every
// point that is not older than the newest row.
func TestStreamAgreesWithBatch(t *testing.T) {
	var res rolling.Result
	asked := 0
	for seed := range uint64(histories()) {
		horizon := int64(0)
		if seed%20 == 0 {
			horizon = 200 // long enough that calculators drop what they need no more
		}
		h := newRandomHistory(seed, horizon)
		r := rand.New(rand.NewPCG(seed, 8))
		newest := slices.Repeat([]int64{h.firstDay * h.naive.perDay}, int(h.entities)+1)
		for _, row := range h.naive.rows {
			newest[row.entity] = max(newest[row.entity], row.at)
		}
		h.pointsFrom(newest, r)
		require.NoError(t, rolling.Compute(&res, &h.batch))
		_, calculators := h.stream(t, r)
		for i := range h.specs {
			w := res.Windows(i)
			for p, point := range h.points {
				at := State{seed, w.Spec(), p, point}
				asPoint := rolling.Point{At: point.at, Reset: point.reset}
				c := calculators[point.entity]
				a, err := c.Window(i, asPoint, h.naive.now)
				require.NoError(t, err)
				requireSame(t, at, w, p, a)
				faults, err := c.Faults(i, asPoint, h.naive.now, nil)
				require.NoError(t, err)
				if !slices.Equal(times(w.Faults(p, nil)), times(faults)) {
					require.Equal(t, times(w.Faults(p, nil)), times(faults), at.String())
				}
				asked++
			}
		}
	}
	require.Greater(t, asked, histories())
}

// pointsFrom asks as of points from the newest row of each entity on.
func (h *randomHistory) pointsFrom(newest []int64, r *rand.Rand) {
	h.points = nil
	for e := range newest {
		for range 3 {
			p := naiveKey{entity: int32(e), at: newest[e] + r.Int64N(6)*h.naive.perDay}
			if chance(r, 50) {
				p.at += r.Int64N(h.naive.perDay)
			}
			if h.reset {
				p.reset = r.Int32N(4)
			}
			h.points = append(h.points, p)
		}
	}
	points := h.keys(h.points, false, false)
	h.batch.Points = &points
}

func times(keys []rolling.Key) []int64 {
	var at []int64
	for _, k := range keys {
		at = append(at, k.At)
	}
	return at
}

func requireSame(t *testing.T, at State, w rolling.Windows, p int, a rolling.Answer) {
	t.Helper()
	want, got := counted(w.Detail(p)), counted(a.Detail)
	if want != got {
		require.Equal(t, want, got, at.String())
	}
	x, _ := w.Float64(p)
	y, _ := a.Float64()
	i, _ := w.Int64(p)
	j, _ := a.Int64()
	n, _ := w.Numeric(p)
	m, _ := a.Numeric()
	if math.IsNaN(x) != math.IsNaN(y) || !math.IsNaN(x) && math.Float64bits(x) != math.Float64bits(y) || i != j || n != m {
		require.Fail(t, "values differ", "%s: batch %g %d %s, stream %g %d %s", at, x, i, n, y, j, m)
	}
}

func newStream(t testing.TB, specs ...string) *rolling.Stream {
	t.Helper()
	c := rolling.StreamConfig{Columns: []rolling.Column{rolling.Float64s("points", nil, nil)}, Expects: true}
	for _, text := range specs {
		spec, err := rolling.Parse(text)
		require.NoError(t, err)
		c.Specs = append(c.Specs, spec)
	}
	s, err := rolling.NewStream(c)
	require.NoError(t, err)
	return s
}

func played(day int64, points float64) rolling.Observation {
	return rolling.Observation{At: day, Counted: rolling.True, Values: []rolling.Value{rolling.Float64(points)}}
}

func TestLateRowIsRefusedAndChangesNothing(t *testing.T) {
	c := newStream(t, "points_avg_last_2").Calculator()
	require.NoError(t, c.Push(played(1, 10)))
	require.NoError(t, c.Push(played(3, 30)))
	require.ErrorIs(t, c.Push(played(2, 20)), rolling.ErrLate)
	a, err := c.Window(0, rolling.Point{At: 4}, 0)
	require.NoError(t, err)
	mean, reason := a.Float64()
	require.Equal(t, rolling.Whole, reason)
	require.Equal(t, 20.0, mean)

	require.NoError(t, c.Replay(played(2, 20)))
	a, err = c.Window(0, rolling.Point{At: 4}, 0)
	require.NoError(t, err)
	mean, _ = a.Float64()
	require.Equal(t, 25.0, mean)
}

func TestOldPointIsRefused(t *testing.T) {
	c := newStream(t, "points_avg_last_2").Calculator()
	require.NoError(t, c.Push(played(3, 30)))
	_, err := c.Window(0, rolling.Point{At: 2}, 0)
	require.ErrorIs(t, err, rolling.ErrLate)
}

// A hole that turns out to be a game not played gives its place back to an older
// row, which must still be there.
func TestLateExcusedRowGivesItsPlaceBack(t *testing.T) {
	c := newStream(t, "points_avg_last_3").Calculator()
	for day := int64(1); day <= 500; day++ {
		require.NoError(t, c.Expect(rolling.Expectation{At: day}))
		if day%100 != 98 {
			require.NoError(t, c.Push(played(day, float64(day))))
		}
	}
	a, err := c.Window(0, rolling.Point{At: 501}, 0)
	require.NoError(t, err)
	require.Equal(t, rolling.Gap, a.Reason)
	require.NoError(t, c.Replay(rolling.Observation{At: 498, Counted: rolling.False, Values: []rolling.Value{{}}}))
	a, err = c.Window(0, rolling.Point{At: 501}, 0)
	require.NoError(t, err)
	mean, reason := a.Float64()
	require.Equal(t, rolling.Whole, reason)
	require.Equal(t, float64(497+499+500)/3, mean)
}

// Rows at the newest time are not seen as of it, so that as many before them must
// be kept, whenever the calculator drops what it needs no more.
func TestRowsAtTheNewestTimeDoNotPushOutOlderOnes(t *testing.T) {
	stream := newStream(t, "points_avg_last_3")
	for days := int64(3); days < 300; days++ {
		c := stream.Calculator()
		for day := range days {
			require.NoError(t, c.Expect(rolling.Expectation{At: day}))
			require.NoError(t, c.Push(played(day, float64(day))))
		}
		for game := range int64(4) {
			o := played(days, 1000)
			o.Order = game
			require.NoError(t, c.Push(o))
		}
		a, err := c.Window(0, rolling.Point{At: days}, 0)
		require.NoError(t, err)
		mean, reason := a.Float64()
		require.Equal(t, rolling.Whole, reason)
		require.Equal(t, float64(days-2), mean)
	}
}

func TestSnapshotOfAnotherStreamIsRefused(t *testing.T) {
	c := newStream(t, "points_avg_last_2").Calculator()
	_, err := newStream(t, "points_avg_last_3").Restore(c.Snapshot(nil))
	require.ErrorIs(t, err, rolling.ErrSnapshot)
	require.ErrorContains(t, err, "points_avg_last_2")
}

// A snapshot of version 1, written down field by field, is read for ever.
func TestSnapshotOfVersion1(t *testing.T) {
	const text = `times in days, keys expected; column "points" FLOAT64; window "points_avg_last_2" points_avg_last_2`
	le := binary.LittleEndian
	b := append([]byte("rolling\n"), 1, 0)
	b = append(le.AppendUint32(b, uint32(len(text))), text...)
	b = append(b, 1) // rows were pushed, the newest of day 2
	b = le.AppendUint64(le.AppendUint64(b, 2), 0)
	b = le.AppendUint32(b, 1) // one history, of reset 0, starts on day 1
	b = le.AppendUint64(le.AppendUint32(b, 0), 1)
	b = le.AppendUint32(b, 2)
	for day := range uint64(2) {
		b = le.AppendUint64(b, day+1)
		b = le.AppendUint64(le.AppendUint64(b, 0), 0) // order, due
		b = le.AppendUint32(le.AppendUint32(b, 0), 0) // resets
		b = append(b, 1|2|2<<4)                       // a row, expected, counted
		b = append(b, 1)                              // FLOAT64
		b = le.AppendUint64(b, math.Float64bits(float64(10*(day+1))))
		b = le.AppendUint64(b, 0)
	}
	b = le.AppendUint32(b, crc32.ChecksumIEEE(b))

	stream := newStream(t, "points_avg_last_2")
	c, err := stream.Restore(b)
	require.NoError(t, err)
	a, err := c.Window(0, rolling.Point{At: 3}, 0)
	require.NoError(t, err)
	mean, reason := a.Float64()
	require.Equal(t, rolling.Whole, reason)
	require.Equal(t, 15.0, mean)
	require.Equal(t, b, c.Snapshot(nil))

	b[8] = 2
	_, err = stream.Restore(b)
	require.ErrorIs(t, err, rolling.ErrSnapshot)
	require.ErrorContains(t, err, "version 2")
}

// A time that there is not is refused by whatever takes one.
func TestStreamRefusesTimesOutOfRange(t *testing.T) {
	c := newStream(t, "points_avg_last_2").Calculator()
	const beyond = math.MaxInt32 + 1
	require.ErrorContains(t, c.Push(played(beyond, 1)), "no date of 32 bits")
	require.ErrorContains(t, c.Replay(played(beyond, 1)), "no date of 32 bits")
	require.ErrorContains(t, c.Expect(rolling.Expectation{At: beyond}), "no date of 32 bits")
	_, err := c.Window(0, rolling.Point{At: beyond}, 0)
	require.ErrorContains(t, err, "no date of 32 bits")
}

func FuzzRestore(f *testing.F) {
	stream := newStream(f, "points_avg_last_2", "points_sum_7d")
	c := stream.Calculator()
	f.Add(c.Snapshot(nil))
	for day := range int64(5) {
		require.NoError(f, c.Expect(rolling.Expectation{At: day}))
		require.NoError(f, c.Push(played(day, float64(day))))
	}
	f.Add(c.Snapshot(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		// A checksum that is right lets damage through to the decoder.
		if n := len(b) - 4; n >= 0 {
			b = binary.LittleEndian.AppendUint32(b[:n:n], crc32.ChecksumIEEE(b[:n]))
		}
		c, err := stream.Restore(b)
		if err != nil {
			require.ErrorIs(t, err, rolling.ErrSnapshot)
			return
		}
		require.Equal(t, b, c.Snapshot(nil), "nothing in it is without a meaning")
		for spec := range 2 {
			_, err = c.Window(spec, rolling.Point{At: math.MaxInt32}, 0)
			require.NoError(t, err)
		}
		_ = c.Push(played(math.MaxInt32, 1))
		_, err = stream.Restore(c.Snapshot(nil))
		require.NoError(t, err, "and what goes on from it can be kept as well")
	})
}
