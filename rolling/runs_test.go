package rolling

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/places"
)

// A longRun is an entity with more rows than are answered at a time.
type longRun struct {
	days  []int32
	x     []float64
	valid Bitmap
	whole []int64 // x as integers, where it is a column of those
}

// randomRun draws a run whose values are hard in one way or another, and what
// stands at NULL is anything.
func randomRun(r *rand.Rand, rows int) longRun {
	run := longRun{days: make([]int32, rows), x: make([]float64, rows), valid: NewBitmap(rows), whole: make([]int64, rows)}
	style, nullsIn100, day := r.IntN(6), []int{0, 5, 60}[r.IntN(3)], int32(-500)
	for i := range run.x {
		day += 1 + r.Int32N(3)/2*r.Int32N(12)
		run.days[i] = day
		x := 20 + 8*r.NormFloat64()
		switch style {
		case 1: // too wide for the grid of a long run, not for that of a window
			x *= math.Ldexp(1, r.IntN(36))
		case 2: // now and then too wide for any
			if r.IntN(500) == 0 {
				x *= 0x1p-200
			}
		case 3: // now and then not finite
			if r.IntN(50) == 0 {
				x = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[r.IntN(3)]
			}
		case 4: // sums overflow
			x *= 0x1p1015
		case 5: // the magnitude leaps from one end of a chunk to the other
			x *= math.Ldexp(1, i/100)
		}
		run.x[i] = x
		run.whole[i] = int64(r.Uint64()) >> r.IntN(64)
		if style == 0 {
			run.whole[i] >>= 20
		}
		if r.IntN(100) < nullsIn100 {
			run.x[i] = math.Float64frombits(r.Uint64())
			run.whole[i] = int64(r.Uint64())
		} else {
			run.valid.Set(i)
		}
	}
	return run
}

// want is the answer to one window of the run, place by place.
func (run *longRun) want(s *Spec, ints bool, point int) (float64, Reason) {
	end := run.days[point]
	if s.including {
		end++
	}
	to := 0
	for to < len(run.days) && run.days[to] < end {
		to++
	}
	from := max(0, to-s.window.rows)
	short := to < s.window.rows
	if s.window.days > 0 {
		begins := end - int32(s.window.days)
		short = begins < run.days[0]
		for from = to; from > 0 && run.days[from-1] >= begins; from-- {
		}
	}
	var a exact.Accumulator
	for i := from; i < to; i++ {
		switch {
		case !run.valid.Valid(i) || !ints && !exact.Finite(run.x[i]):
			return math.NaN(), Null
		case ints:
			a.Add(math.Ldexp(float64(run.whole[i]>>32), 32))
			a.Add(float64(run.whole[i] & math.MaxUint32))
		default:
			a.Add(run.x[i])
		}
	}
	switch isSum := s.statistic.kind == sum; {
	case short:
		return math.NaN(), Warmup
	case from == to && isSum:
		return 0, Whole
	case from == to:
		return math.NaN(), Empty
	case isSum:
		if y := a.Over(1); !math.IsInf(y, 0) {
			return y, Whole
		}
		return math.NaN(), NonFinite
	}
	return a.Over(uint32(to - from)), Whole
}

// Runs over several chunks are answered as the places one by one tell: whatever
// grids their values need, wherever null places lie, whether the rows stand in
// order or are gathered from anywhere.
func TestLongRunsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	var res Result
	times := 40
	if testing.Short() {
		times = 8
	}
	for range times {
		run := randomRun(r, places.ChunkPoints/2+r.IntN(2*places.ChunkPoints))
		grouped := Batch{
			Rows:    Rows{Keys: Keys{Entity: Grouped([]int32{0, int32(len(run.x))}), At: Dates(run.days)}},
			Columns: []Column{Float64s("x", run.x, run.valid), Int64s("i", run.whole, run.valid)},
			Specs:   randomMeans(t, r),
		}
		require.NoError(t, Compute(&res, &grouped))
		requireRun(t, &res, &run, func(row int) int { return row })
		mixed, position := shuffled(r, &run, grouped)
		require.NoError(t, Compute(&res, &mixed))
		requireRun(t, &res, &run, func(row int) int { return position[row] })
	}
}

// Entities whose rows stand one after the other are answered together, and none
// sees anything of another.
func TestRunsSideBySideAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	var res Result
	for range 40 {
		var runs []longRun
		b := Batch{Specs: randomMeans(t, r), Workers: 1 + r.IntN(3)}
		offsets, days, x, whole := []int32{0}, []int32{}, []float64{}, []int64{}
		for range 1 + r.IntN(30) {
			run := randomRun(r, r.IntN([]int{3, 90, 700}[r.IntN(3)]))
			runs = append(runs, run)
			days, x, whole = append(days, run.days...), append(x, run.x...), append(whole, run.whole...)
			offsets = append(offsets, int32(len(days)))
		}
		valid := NewBitmap(len(days))
		for e, run := range runs {
			for i := range run.x {
				if run.valid.Valid(i) {
					valid.Set(int(offsets[e]) + i)
				}
			}
		}
		b.Rows.Keys = Keys{Entity: Grouped(offsets), At: Dates(days)}
		b.Columns = []Column{Float64s("x", x, valid), Int64s("i", whole, valid)}
		require.NoError(t, Compute(&res, &b))
		for e := range runs {
			requireRun(t, &res, &runs[e], func(row int) int { return int(offsets[e]) + row })
		}
	}
}

// randomMeans are means and sums over windows of all kinds.
func randomMeans(t *testing.T, r *rand.Rand) (specs []Spec) {
	for _, window := range []Window{Last(1 + r.IntN(60)), Last(1 + r.IntN(3000)), Days(1 + r.IntN(200)), Days(1 + r.IntN(70)), Days(4)} {
		for i, statistic := range []Statistic{Mean("x"), Sum("x"), Mean("i")} {
			options := []Option{}
			if i == r.IntN(3) {
				options = append(options, Including())
			}
			s, err := New(statistic, window, options...)
			require.NoError(t, err)
			named, err := New(statistic, window, append(options, Named(s.Name()+"_"+string(rune('a'+len(specs)))))...)
			require.NoError(t, err)
			specs = append(specs, named)
		}
	}
	return specs
}

// requireRun compares the answers as of a run's rows, which stand at a position.
func requireRun(t *testing.T, res *Result, run *longRun, position func(row int) int) {
	t.Helper()
	for i := range res.Specs() {
		w := res.Windows(i)
		s := w.Spec()
		for row := range run.x {
			want, reason := run.want(&s, s.statistic.column == "i", row)
			got, gotReason := w.Float64(position(row))
			if reason != gotReason || math.Float64bits(want) != math.Float64bits(got) {
				require.Fail(t, "differs", "%s as of row %d of %d: %g %s, not %g %s", s, row, len(run.x), want, reason, got, gotReason)
			}
		}
	}
}

// shuffled returns the batch with its rows in any order, and where each of the run
// stands.
func shuffled(r *rand.Rand, run *longRun, b Batch) (Batch, []int) {
	n := len(run.x)
	position := r.Perm(n)
	days, x, whole, valid := make([]int32, n), make([]float64, n), make([]int64, n), NewBitmap(n)
	for from, to := range position {
		days[to], x[to], whole[to] = run.days[from], run.x[from], run.whole[from]
		if run.valid.Valid(from) {
			valid.Set(to)
		}
	}
	b.Rows.Keys = Keys{Entity: Coded(make([]int32, n)), At: Dates(days)}
	b.Columns = []Column{Float64s("x", x, valid), Int64s("i", whole, valid)}
	return b, position
}

// The slots that are not set are found wherever they begin and end in a bitmap.
func TestUnsetSlots(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 5_000 {
		slots := 1 + r.IntN(300)
		b := NewBitmap(slots)
		for i := range b {
			b[i] = byte(r.Uint32()) | byte(r.IntN(2)*255)
		}
		from := r.IntN(slots)
		n := r.IntN(slots - from + 1)
		want := make(bitset.Set, bitset.Words(n))
		for i := range n {
			if !b.Valid(from + i) {
				want.Add(i)
			}
		}
		require.Equal(t, want, b.unset(bitset.Set{7, 7}, from, n), "%d slots from %d of %d", n, from, slots)
	}
}
