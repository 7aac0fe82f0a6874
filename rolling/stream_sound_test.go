package rolling

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// someStreams are streams that keep different things.
func someStreams(t require.TestingT) []*Stream {
	x, i, n := Float64s("x", nil, nil), Int64s("i", nil, nil), Numerics("n", nil, nil)
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	var streams []*Stream
	for _, c := range []StreamConfig{
		{Columns: []Column{x, i, n}, Expects: true},
		{Columns: []Column{x}, Timestamps: true, Zone: newYork, Expects: true},
		{Columns: []Column{n, x}},
		{Columns: []Column{x, i}, Timestamps: true, Expects: true},
	} {
		for _, windows := range [][]Window{{Last(2), Days(3)}, {Last(1)}, {Days(2)}, {Last(40), Days(1)}} {
			c.Specs = nil
			for _, w := range windows {
				s, err := New(Sum("x"), w)
				if c.Columns[0].name == "n" {
					s, err = New(Mean("n"), w, MaxAge(30))
				}
				if err != nil { // the limit can not bind
					s, err = New(Mean("n"), w)
				}
				require.NoError(t, err)
				c.Specs = append(c.Specs, s)
			}
			s, err := NewStream(c)
			require.NoError(t, err)
			streams = append(streams, s)
		}
	}
	return streams
}

// An operation is what can be done to a calculator.
type operation struct {
	kind int // 0 pushes, 1 replays, 2 expects
	row  Observation
	key  Expectation
}

func (o *operation) do(c *Calculator) error {
	switch o.kind {
	case 0:
		return c.Push(o.row)
	case 1:
		return c.Replay(o.row)
	}
	return c.Expect(o.key)
}

// randomOperation draws one some time after the newest row or, rarely, before it.
// Many are refused, which changes nothing.
func randomOperation(n func(int) int, c *Calculator) operation {
	at := c.newest.at + int64(n(3))*c.stream.unit.PerDay(nil)/2
	if n(6) == 0 {
		at -= int64(n(30)) * c.stream.unit.PerDay(nil)
	}
	// The rows of a key, and what is expected of it, have one reset but where it is the
	// newest: that they disagree is not noticed any more where one has been dropped.
	reset := int32(at>>4&3) % 3
	rowReset := reset
	if at >= c.newest.at && n(6) == 0 {
		rowReset = int32(n(4)) - 1
	}
	o := operation{kind: max(0, n(6)-3), row: Observation{At: at, Order: int64(n(2)), Reset: rowReset, Counted: Truth(n(3))}}
	o.key = Expectation{At: at, Order: o.row.Order, Reset: reset, Excused: n(4) == 0, Due: int64(n(2))}
	for _, kind := range c.stream.kinds {
		v := Value{}
		if n(5) > 0 {
			switch kind {
			case float64Kind:
				v = Float64([]float64{1.5, -2, 0.1, math.NaN(), math.Inf(1)}[n(5)])
			case int64Kind:
				v = Int64(int64(n(9)) - 4)
			default:
				v = Decimal(Numeric{Lo: uint64(n(9))})
			}
		}
		o.row.Values = append(o.row.Values, v)
	}
	return o
}

// Every state that a calculator comes into is restored, and goes on as it would have.
func TestEveryStateIsRestored(t *testing.T) {
	streams := someStreams(t)
	rapid.Check(t, func(t *rapid.T) {
		s := streams[rapid.IntRange(0, len(streams)-1).Draw(t, "stream")]
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		c := s.Calculator()
		other := s.Calculator() // stopped and restored now and then
		for range rapid.IntRange(1, 400).Draw(t, "operations") {
			o := randomOperation(r.IntN, c)
			require.Equal(t, o.do(c) == nil, o.do(other) == nil)
			if r.IntN(4) == 0 {
				var err error
				other, err = s.Restore(other.Snapshot(nil))
				require.NoError(t, err)
			}
			p := Point{At: c.newest.at + int64(r.IntN(3))*s.unit.PerDay(nil), Reset: r.Int32N(3)}
			for i := range s.specs {
				a, err := c.Window(i, p, 0)
				require.NoError(t, err)
				b, err := other.Window(i, p, 0)
				require.NoError(t, err)
				require.Equal(t, a, b)
			}
		}
	})
}

// What is no value of its type is refused or, where its type has it, NULL from the
// beginning: no state holds it.
func TestNoStateHoldsWhatIsNoNumber(t *testing.T) {
	s := someStreams(t)[0]
	c := s.Calculator()
	row := Observation{At: 1, Counted: True, Values: []Value{Float64(math.NaN()), Int64(1), Decimal(Numeric{Hi: math.MaxInt64})}}
	require.ErrorContains(t, c.Push(row), `column "n" got a value outside the range of NUMERIC`)
	row.Values[2] = Value{}
	require.NoError(t, c.Push(row))
	require.NoError(t, c.Replay(Observation{At: 0, Counted: True, Values: []Value{Float64(math.Inf(1)), {}, {}}}))
	require.Equal(t, []Value{{}, {}, {}, {}, Int64(1), {}}, c.values)
	require.True(t, math.IsNaN(math.Float64frombits(row.Values[0].word)), "the caller's own values are left alone")
}

// clone is a calculator in the same state.
func (c *Calculator) clone() *Calculator {
	return &Calculator{stream: c.stream, cells: slices.Clone(c.cells), values: slices.Clone(c.values), starts: slices.Clone(c.starts),
		newest: c.newest, pushed: c.pushed, limit: c.limit}
}

// What no calculator can be in is refused, though its checksum is right.
func TestNoOtherStateIsRestored(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	tried := map[string]int{}
	for range 60 {
		for _, s := range someStreams(t) {
			c := s.Calculator()
			for range 2 + r.IntN(150) {
				o := randomOperation(r.IntN, c)
				_ = o.do(c)
			}
			if len(c.cells) == 0 || len(c.starts) == 0 {
				continue
			}
			_, err := s.Restore(c.Snapshot(nil))
			require.NoError(t, err)
			for name, change := range impossible {
				other := c.clone()
				other.scratch.days = calendar.Of(s.zone)
				cell := r.IntN(len(other.cells))
				value := cell*len(s.columns) + r.IntN(len(s.columns))
				if !change(other, &other.cells[cell], &other.values[value], &other.starts[r.IntN(len(other.starts))]) {
					continue
				}
				tried[name]++
				_, err := s.Restore(other.Snapshot(nil))
				require.ErrorIs(t, err, ErrSnapshot, "%s: %s", name, s.text)
			}
		}
	}
	for name := range impossible {
		require.NotZero(t, tried[name], name)
	}
}

// Nor what is no snapshot: each byte has one meaning.
func TestNoOtherBytesAreRestored(t *testing.T) {
	s := someStreams(t)[0]
	c := s.Calculator()
	require.NoError(t, c.Expect(Expectation{At: 1}))
	require.NoError(t, c.Push(Observation{At: 1, Counted: True, Values: make([]Value, 3)}))
	good := c.Snapshot(nil)
	pushed := len(snapshotMagic) + 2 + 4 + len(s.text)
	starts := pushed + 1 + 8 + 8
	flags := starts + 4 + startSize + 4 + cellSize - 1
	for name, c := range map[string]struct {
		change func(b []byte) []byte
		says   string
	}{
		"a later version":        {func(b []byte) []byte { b[len(snapshotMagic)]++; return b }, "version 2"},
		"neither pushed nor not": {func(b []byte) []byte { b[pushed] = 3; return b }, "3 says whether a row was pushed"},
		"more behind":            {func(b []byte) []byte { return append(b, 0) }, "1 bytes follow its end"},
		"less than all":          {func(b []byte) []byte { return b[:len(b)-1] }, "cut short"},
		"more histories":         {func(b []byte) []byte { b[starts] = 255; return b }, "cut short"},
		"a mark without meaning": {func(b []byte) []byte { b[flags] |= 1 << 7; return b }, "for a predicate"},
		"of another stream":      {func(b []byte) []byte { b[pushed-1] ^= 1; return b }, "of another stream"},
		"of a longer stream":     {func(b []byte) []byte { b[len(snapshotMagic)+2]++; return b }, "of another stream"},
	} {
		b := c.change(slices.Clone(good[:len(good)-4]))
		_, err := s.Restore(binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)))
		require.ErrorIs(t, err, ErrSnapshot, name)
		require.ErrorContains(t, err, c.says, name)
	}
	for i := range good {
		b := slices.Clone(good)
		b[i] ^= 1
		_, err := s.Restore(b)
		require.ErrorIs(t, err, ErrSnapshot, "byte %d is damaged", i)
	}
}
