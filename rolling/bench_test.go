package rolling_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/intactdata/intact/rolling"
)

// table is a league of entities with a row every other day or so.
type table struct {
	offsets []int32
	days    []int32
	columns []rolling.Column
	values  [][]float64
	valid   []rolling.Bitmap
}

const benchColumns = 5

func newTable(rows, perEntity int) *table {
	r := rand.New(rand.NewPCG(1, 2))
	t := &table{days: make([]int32, rows)}
	for from := 0; from < rows; from += perEntity {
		t.offsets = append(t.offsets, int32(from))
		day := int32(19_000)
		for i := from; i < min(from+perEntity, rows); i++ {
			day += 1 + r.Int32N(3)
			t.days[i] = day
		}
	}
	t.offsets = append(t.offsets, int32(rows))
	for c := range benchColumns {
		values, valid := make([]float64, rows), rolling.NewBitmap(rows)
		for i := range values {
			values[i] = 20 + 8*r.NormFloat64()
			if r.IntN(20) != 0 {
				valid.Set(i)
			}
		}
		t.values = append(t.values, values)
		t.valid = append(t.valid, valid)
		t.columns = append(t.columns, rolling.Float64s(fmt.Sprint("c", c), values, valid))
	}
	return t
}

func (t *table) rows() rolling.Rows {
	return rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped(t.offsets), At: rolling.Dates(t.days)}}
}

// perCell reports the time per row and column.
func perCell(b *testing.B, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows*benchColumns), "ns/cell")
}

func benchSizes(b *testing.B, run func(b *testing.B, t *table, rows int)) {
	for _, size := range []struct {
		name            string
		rows, perEntity int
	}{{"130k", 130_000, 290}, {"10M", 10_000_000, 20_000}} {
		b.Run(size.name, func(b *testing.B) {
			if size.rows > 1_000_000 && testing.Short() {
				b.Skip("10 M rows take 2 GB: left out of short runs")
			}
			run(b, newTable(size.rows, size.perEntity), size.rows)
		})
	}
}

// BenchmarkBatch is the mean of five columns with 5 % NULL, by one worker and by as
// many as there are processors, beside a copy of the same columns.
func BenchmarkBatch(b *testing.B) {
	benchSizes(b, func(b *testing.B, t *table, rows int) {
		b.Run("copy", func(b *testing.B) {
			benchCopy(b, t, rows)
		})
		for _, w := range []rolling.Window{rolling.Last(7), rolling.Last(10), rolling.Last(30), rolling.Days(7), rolling.Days(30)} {
			b.Run(w.String(), func(b *testing.B) {
				compute(b, &rolling.Batch{Rows: t.rows(), Columns: t.columns, Specs: meanSpecs(b, t, w), Workers: 1}, rows)
			})
			b.Run(w.String()+"_parallel", func(b *testing.B) {
				compute(b, &rolling.Batch{Rows: t.rows(), Columns: t.columns, Specs: meanSpecs(b, t, w)}, rows)
			})
		}
	})
}

// benchCopy copies the values and the validity of all columns, entity by entity,
// by one worker: what is the least that a batch must read and write.
func benchCopy(b *testing.B, t *table, rows int) {
	values, valid := make([][]float64, benchColumns), make([]rolling.Bitmap, benchColumns)
	for c := range values {
		values[c] = slices.Clone(t.values[c]) // so that the memory is there
		valid[c] = slices.Clone(t.valid[c])
	}
	b.ResetTimer()
	for b.Loop() {
		for e := range len(t.offsets) - 1 {
			from, to := t.offsets[e], t.offsets[e+1]
			first, last := from/8, (to+7)/8 // the bytes with a bit of the entity
			for c := range values {
				copy(values[c][from:to], t.values[c][from:to])
				copy(valid[c][first:last], t.valid[c][first:last])
			}
		}
	}
	perCell(b, rows)
}

// BenchmarkZone is BenchmarkBatch over timestamps, whose days are of 24 hours or those
// of a zone.
func BenchmarkZone(b *testing.B) {
	benchSizes(b, func(b *testing.B, t *table, rows int) {
		micros := make([]int64, rows)
		for i, day := range t.days {
			micros[i] = (int64(day)*24 + 20) * 3_600_000_000
		}
		have := rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped(t.offsets), At: rolling.Timestamps(micros)}}
		for name, zone := range map[string]*time.Location{"24h": nil, "New_York": zoneNamed("America/New_York")} {
			b.Run(name, func(b *testing.B) {
				compute(b, &rolling.Batch{Rows: have, Columns: t.columns, Specs: meanSpecs(b, t, rolling.Days(7)), Workers: 1, Zone: zone}, rows)
			})
		}
	})
}

func meanSpecs(b *testing.B, t *table, w rolling.Window) []rolling.Spec {
	b.Helper()
	var specs []rolling.Spec
	for c := range t.columns {
		spec, err := rolling.New(rolling.Mean(t.columns[c].Name()), w)
		if err != nil {
			b.Fatal(err)
		}
		specs = append(specs, spec)
	}
	return specs
}

func compute(b *testing.B, batch *rolling.Batch, rows int) {
	b.Helper()
	var res rolling.Result
	if err := rolling.Compute(&res, batch); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if err := rolling.Compute(&res, batch); err != nil {
			b.Fatal(err)
		}
	}
	perCell(b, rows)
}

// BenchmarkUnsorted is BenchmarkBatch over rows by day, entities mixed, and over
// rows in no order at all.
func BenchmarkUnsorted(b *testing.B) {
	benchSizes(b, func(b *testing.B, t *table, rows int) {
		entity := make([]int32, rows)
		for e := range len(t.offsets) - 1 {
			for i := t.offsets[e]; i < t.offsets[e+1]; i++ {
				entity[i] = int32(e)
			}
		}
		r := rand.New(rand.NewPCG(3, 4))
		r.Shuffle(rows, func(i, j int) {
			entity[i], entity[j] = entity[j], entity[i]
			t.days[i], t.days[j] = t.days[j], t.days[i]
		})
		b.Run("last_10", func(b *testing.B) {
			compute(b, &rolling.Batch{
				Rows:    rolling.Rows{Keys: rolling.Keys{Entity: rolling.Coded(entity), At: rolling.Dates(t.days)}},
				Columns: t.columns, Specs: meanSpecs(b, t, rolling.Last(10)), Workers: 1,
			}, rows)
		})
	})
}

// BenchmarkExpected is BenchmarkBatch with a tenth of the rows excused and an
// expected key for each row.
func BenchmarkExpected(b *testing.B) {
	benchSizes(b, func(b *testing.B, t *table, rows int) {
		due := rolling.Expected{Keys: t.rows().Keys}
		r := rand.New(rand.NewPCG(5, 6))
		counted := make([]rolling.Truth, rows)
		for i := range counted {
			if counted[i] = rolling.True; r.IntN(10) == 0 {
				counted[i] = rolling.False
			}
		}
		have := t.rows()
		have.Counted = counted
		b.Run("last_10", func(b *testing.B) {
			compute(b, &rolling.Batch{Rows: have, Expected: &due, Columns: t.columns, Specs: meanSpecs(b, t, rolling.Last(10)), Workers: 1}, rows)
		})
	})
}

// BenchmarkPush is a long-lived calculator that gets a row of five columns.
func BenchmarkPush(b *testing.B) {
	for _, columns := range []int{1, benchColumns} {
		b.Run(fmt.Sprint(columns, "columns"), func(b *testing.B) {
			c := benchCalculator(b, columns)
			o := rolling.Observation{Counted: rolling.True, Values: make([]rolling.Value, columns)}
			for k := range o.Values {
				o.Values[k] = rolling.Float64(float64(k))
			}
			b.ReportAllocs()
			for b.Loop() {
				o.At++
				if err := c.Push(o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAsk is one window of one column as of the newest row.
func BenchmarkAsk(b *testing.B) {
	c := benchCalculator(b, 1)
	o := rolling.Observation{Counted: rolling.True, Values: make([]rolling.Value, 1)}
	for range 100 {
		o.At++
		o.Values[0] = rolling.Float64(1 / float64(o.At))
		if err := c.Push(o); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if a, err := c.Window(0, rolling.Point{At: o.At}, 0); err != nil || a.Reason != rolling.Whole {
			b.Fatal(a.Reason, err)
		}
	}
}

func benchCalculator(b *testing.B, columns int) *rolling.Calculator {
	b.Helper()
	var config rolling.StreamConfig
	for c := range columns {
		name := fmt.Sprint("c", c)
		config.Columns = append(config.Columns, rolling.Float64s(name, nil, nil))
		spec, err := rolling.New(rolling.Mean(name), rolling.Last(10))
		if err != nil {
			b.Fatal(err)
		}
		config.Specs = append(config.Specs, spec)
	}
	stream, err := rolling.NewStream(config)
	if err != nil {
		b.Fatal(err)
	}
	return stream.Calculator()
}
