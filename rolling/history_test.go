package rolling_test

import (
	"cmp"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/intactdata/intact/rolling"
)

// A random history is built three times over: for the naive reference, as a
// batch, and by the calculators' test as a stream.
type randomHistory struct {
	naive    naive
	batch    rolling.Batch
	specs    []naiveSpec
	points   []naiveKey // as of which windows are asked, in input order
	byRow    bool
	order    bool
	reset    bool
	entities int32
	firstDay int64 // which day 0 is
}

// The columns of every random history: two of FLOAT64, one of INT64, one of NUMERIC.
var columnNames = []string{"a", "b", "c", "d"}

func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

// hardFloat is a value of small, huge, tiny or whole magnitude.
func hardFloat(r *rand.Rand, style int) float64 {
	switch style {
	case 0:
		return float64(r.IntN(50))
	case 1:
		return r.NormFloat64() * math.Pow(10, float64(r.IntN(19)-9))
	case 2:
		return math.Float64frombits(r.Uint64() &^ (1 << 62)) // |x| < 2
	case 3:
		return []float64{1e16, -1e16, 1, 0.1, 5e-324, 1.7e308, 0, math.Copysign(0, -1)}[r.IntN(8)]
	}
	return r.Float64() * 40
}

func randomRows(r *rand.Rand, h *randomHistory, horizon int64) {
	n := &h.naive
	style := r.IntN(5)
	plain := chance(r, 30)
	for e := range h.entities {
		for day := int64(1); day <= horizon; day++ {
			reset := int32(0)
			if h.reset {
				if reset = int32(day / 9); chance(r, 5) {
					reset = r.Int32N(3)
				}
			}
			for game := range int64(1 + r.IntN(2)/(1+r.IntN(3))) {
				if game > 0 && n.zone == nil && (!h.order || plain) {
					break
				}
				at, order := h.time(r, day), game
				if !h.order {
					order = 0
				}
				if n.oracle && chance(r, 85) {
					k := naiveKey{entity: e, reset: reset, at: at, order: order, excused: chance(r, 15)}
					if chance(r, 20) {
						k.due = r.Int64N(3)
					}
					if !slices.ContainsFunc(n.expected, func(o naiveKey) bool { return o.entity == e && o.at == at && o.order == order }) {
						n.expected = append(n.expected, k)
					}
				}
				if !plain && chance(r, 12) || chance(r, 2) {
					continue // a hole
				}
				copies := 1
				if !plain && chance(r, 3) {
					copies = 2
				}
				for range copies {
					n.rows = append(n.rows, randomRow(r, h, naiveRow{entity: e, reset: reset, at: at, order: order}, style, plain))
				}
			}
		}
	}
}

func randomRow(r *rand.Rand, h *randomHistory, row naiveRow, style int, plain bool) naiveRow {
	row.counted = rolling.True
	if !plain {
		switch {
		case chance(r, 15):
			row.counted = rolling.False
		case chance(r, 3):
			row.counted = rolling.Unknown
		}
		if h.reset && chance(r, 2) {
			row.reset = -1
		}
	}
	for c := range columnNames {
		var v *big.Rat
		switch {
		case chance(r, 6):
		case c < 2:
			v = new(big.Rat).SetFloat64(hardFloat(r, style))
		case c == 2:
			v = big.NewRat(int64(r.Uint64())>>(r.IntN(64)), 1)
		default:
			billionths := big.NewInt(int64(r.Uint64()) >> r.IntN(64))
			if chance(r, 30) {
				billionths.Mul(billionths, big.NewInt(r.Int64N(1<<60))) // up to 10^37 or so
			}
			v = new(big.Rat).SetFrac(billionths, big.NewInt(1e9))
		}
		row.values = append(row.values, v)
	}
	return row
}

// newRandomHistory makes a history of so many days, of some if 0.
func newRandomHistory(seed uint64, horizon int64) *randomHistory {
	r := rand.New(rand.NewPCG(seed, 7))
	h := &randomHistory{order: chance(r, 40), reset: chance(r, 40), entities: 1 + r.Int32N(3)}
	h.naive.oracle, h.naive.perDay, h.naive.now = chance(r, 60), 1, 1
	if chance(r, 50) {
		h.naive.perDay = 86_400_000_000
	}
	if h.naive.perDay > 1 && chance(r, 60) {
		h.naive.zone, h.firstDay = randomZone(r)
	}
	randomRows(r, h, cmp.Or(horizon, int64(5+r.IntN(20))))
	if chance(r, 20) {
		from := h.firstDay + r.Int64N(20) - 5
		if h.naive.zone == nil {
			from *= h.naive.perDay
		}
		h.naive.from = &from
	}
	byKey := func(a, b naiveRow) int {
		return cmp.Or(cmp.Compare(a.entity, b.entity), cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order))
	}
	slices.SortStableFunc(h.naive.rows, byKey)
	slices.SortStableFunc(h.naive.expected, func(a, b naiveKey) int {
		return byKey(naiveRow{entity: a.entity, at: a.at, order: a.order}, naiveRow{entity: b.entity, at: b.at, order: b.order})
	})
	grouped := chance(r, 50)
	if !grouped {
		r.Shuffle(len(h.naive.rows), func(i, j int) { h.naive.rows[i], h.naive.rows[j] = h.naive.rows[j], h.naive.rows[i] })
		r.Shuffle(len(h.naive.expected), func(i, j int) {
			h.naive.expected[i], h.naive.expected[j] = h.naive.expected[j], h.naive.expected[i]
		})
	}
	if h.byRow = chance(r, 50); h.byRow {
		for _, row := range h.naive.rows {
			h.points = append(h.points, naiveKey{entity: row.entity, reset: row.reset, at: row.at})
		}
	} else {
		for range 12 {
			p := naiveKey{entity: r.Int32N(h.entities + 1), at: h.time(r, r.Int64N(30)-2)}
			if h.reset {
				p.reset = r.Int32N(4)
			}
			h.points = append(h.points, p)
		}
	}
	h.randomSpecs(r)
	h.toBatch(grouped, 1+2*r.IntN(2))
	return h
}

func (h *randomHistory) randomSpecs(r *rand.Rand) {
	kinds := []string{"avg", "avg", "avg", "sum", "count", "min", "max", "stddev_pop", "stddev_samp", "ratio"}
	for len(h.specs) < 4 {
		s := naiveSpec{column: r.IntN(len(columnNames)), per: r.IntN(len(columnNames)), including: chance(r, 30), kind: kinds[r.IntN(len(kinds))]}
		var w rolling.Window
		if chance(r, 50) {
			s.last = 1 + r.IntN(6)
			w = rolling.Last(s.last)
		} else {
			s.days = 1 + r.IntN(9)
			w = rolling.Days(s.days)
		}
		var options []rolling.Option
		if s.including {
			options = append(options, rolling.Including())
		}
		if chance(r, 20) {
			s.maxSpan = 1 + r.IntN(8)
			options = append(options, rolling.MaxSpan(s.maxSpan))
		}
		if chance(r, 20) {
			s.maxAge = 1 + r.IntN(4)
			options = append(options, rolling.MaxAge(s.maxAge))
		}
		column, per := columnNames[s.column], columnNames[s.per]
		statistic := map[string]rolling.Statistic{
			"avg": rolling.Mean(column), "sum": rolling.Sum(column), "count": rolling.Count(column),
			"min": rolling.Min(column), "max": rolling.Max(column), "ratio": rolling.RatioOfSums(column, per),
			"stddev_pop": rolling.StddevPop(column), "stddev_samp": rolling.StddevSamp(column),
		}[s.kind]
		spec, err := rolling.New(statistic, w, append(options, rolling.Named(string(rune('p'+len(h.specs)))))...)
		if err != nil {
			continue
		}
		h.specs = append(h.specs, s)
		h.batch.Specs = append(h.batch.Specs, spec)
	}
}

// keys makes key columns.
func (h *randomHistory) keys(keys []naiveKey, grouped, order bool) rolling.Keys {
	var k rolling.Keys
	var codes, offsets []int32
	var micros []int64
	var dates []int32
	codes, dates, micros = []int32{}, []int32{}, []int64{}
	for i, key := range keys {
		for int(key.entity) >= len(offsets) {
			offsets = append(offsets, int32(i))
		}
		codes = append(codes, key.entity)
		dates, micros = append(dates, int32(key.at)), append(micros, key.at)
		if order {
			k.Order = append(k.Order, key.order)
		}
		if h.reset {
			k.Reset = append(k.Reset, key.reset)
		}
	}
	k.Entity, k.At = rolling.Coded(codes), rolling.Dates(dates)
	if grouped {
		k.Entity = rolling.Grouped(append(offsets, int32(len(keys))))
	}
	if h.naive.perDay > 1 {
		k.At = rolling.Timestamps(micros)
	}
	return k
}

func (h *randomHistory) toBatch(grouped bool, workers int) {
	b, n := &h.batch, &h.naive
	var rows []naiveKey
	floats := [2][]float64{}
	valid := [4]rolling.Bitmap{}
	var ints []int64
	var numerics []rolling.Numeric
	for c := range valid {
		valid[c] = rolling.NewBitmap(len(n.rows))
	}
	for i, r := range n.rows {
		rows = append(rows, naiveKey{entity: r.entity, reset: r.reset, at: r.at, order: r.order})
		b.Rows.Counted = append(b.Rows.Counted, r.counted)
		for c, v := range r.values {
			if v != nil {
				valid[c].Set(i)
			} else {
				v = big.NewRat(77, 1) // what is not valid is not looked at
			}
			switch c {
			case 2:
				ints = append(ints, v.Num().Int64())
			case 3:
				d, err := rolling.ParseNumeric(v.FloatString(9))
				if err != nil {
					panic(err)
				}
				numerics = append(numerics, d)
			default:
				f, _ := v.Float64()
				floats[c] = append(floats[c], f)
			}
		}
	}
	if !slices.ContainsFunc(b.Rows.Counted, func(c rolling.Truth) bool { return c != rolling.True }) {
		b.Rows.Counted = nil // which says the same
	}
	b.Rows.Keys = h.keys(rows, grouped, h.order)
	b.Columns = []rolling.Column{
		rolling.Float64s("a", floats[0], valid[0]), rolling.Float64s("b", floats[1], valid[1]),
		rolling.Int64s("c", ints, valid[2]), rolling.Numerics("d", numerics, valid[3]),
	}
	if n.oracle {
		x := &rolling.Expected{Keys: h.keys(n.expected, grouped, h.order)}
		for _, k := range n.expected {
			x.Excused = append(x.Excused, k.excused)
			x.Due = append(x.Due, k.due)
		}
		b.Expected = x
	}
	if !h.byRow {
		points := h.keys(h.points, false, false)
		b.Points = &points
	}
	b.HistoryFrom, b.Zone, b.Now, b.Workers = n.from, n.zone, n.now, workers
}
