package spill_test

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/spill"
)

var (
	keys  = flag.Int("spill.keys", 20_000, "how many keys are on each side of checks of keys")
	limit = flag.Int64("spill.limit", 1<<20, "how many bytes a plan may keep in memory")
)

// peak is the most memory that lives as rows are read and sorted.
type peak struct{ most uint64 }

func (p *peak) look() {
	of := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(of)
	p.most = max(p.most, of[0].Value.Uint64())
}

// games are a row for each key in no order, of which every odd-th is left out, made as
// they are read. Points are those of the key, but for one of some.
type games struct {
	n, odd, other int
	peak          *peak
}

func (g games) id(i int) int        { return i * 7919 % g.n }
func (g games) left(id int) bool    { return id%1000 == g.odd }
func (g games) differs(id int) bool { return id%1000 == g.other }

func (games) Schema(context.Context) (expr.Schema, error) {
	return expr.Schema{{Name: "day", Type: expr.Date}, {Name: "player", Type: expr.String}, {Name: "points", Type: expr.Int64}}, nil
}

func (g games) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		const most = 4096
		batch := expr.Batch{Columns: make([]expr.Vector, len(columns))}
		ids := make([]int, 0, most)
		for i := 0; i < g.n; {
			for ids = ids[:0]; i < g.n && len(ids) < most; i++ {
				if id := g.id(i); !g.left(id) {
					ids = append(ids, id)
				}
			}
			batch.Rows = len(ids)
			for c, name := range columns {
				g.fill(&batch.Columns[c], name, ids)
			}
			g.peak.look()
			if !yield(&batch, nil) {
				return
			}
		}
	}
}

func (g games) fill(v *expr.Vector, name string, ids []int) {
	v.Reset(map[string]expr.Type{"day": expr.Date, "player": expr.String, "points": expr.Int64}[name], len(ids))
	for i, id := range ids {
		v.Valid.Set(i)
		switch name {
		case "day":
			v.Ints[i] = int64(20_000 + id%1000)
		case "player":
			v.Texts[i] = fmt.Sprintf("player_%07d", id/1000)
		case "points":
			if v.Ints[i] = int64(id % 50); g.differs(id) {
				v.Ints[i]++
			}
		}
	}
}

// watched is a disk that looks at the memory as records go and come.
type watched struct {
	spill.Disk
	peak    *peak
	records *int
}

func (w watched) Sort(ctx context.Context, size int) rows.Sorter {
	return watchedSort{w.Disk.Sort(ctx, size), w}
}

type watchedSort struct {
	rows.Sorter
	of watched
}

func (s watchedSort) Add(record []byte) error {
	if *s.of.records++; *s.of.records%10_000 == 0 {
		s.of.peak.look()
	}
	return s.Sorter.Add(record)
}

// The kinds that hold keys of two tables against each other keep to the limit of a plan
// however many keys there are: what passes it goes to disk. Their tables overshoot by half
// where they grow, and the sorts have their own. So it is of five million, in six minutes:
//
//	go test ./quality/spill -run TestKeysOfBothSides -v -spill.keys 5000000 -spill.limit 268435456
func TestKeysOfBothSidesKeepToTheLimit(t *testing.T) {
	n := *keys
	require.Zero(t, n%1000)
	dropped := int64(n / 1000)
	key := []string{"day", "player"}
	of := checks.Against{Table: "u"}
	for _, tt := range []struct {
		name      string
		check     quality.Check
		numerator int64
		of        int64
	}{
		{"unique", checks.Unique{Columns: key}, int64(n) - dropped, int64(n) - dropped},
		{"cover", checks.Cover{Columns: key, Of: of}, int64(n) - 2*dropped, int64(n) - dropped},
		{"equal", checks.Equal{Columns: key, Of: of}, int64(n) - 2*dropped, int64(n)},
		{"compare", checks.Compare{Pairs: []checks.Pair{{Column: "points"}}, Key: key, Of: of, BothOnly: true}, int64(n) - 3*dropped, int64(n) - 2*dropped},
		{"reconcile", checks.Reconcile{Measure: checks.Measure{Of: checks.Sum, Column: "points"}, By: key, Of: of}, int64(n) - 3*dropped, int64(n) - 2*dropped},
	} {
		t.Run(tt.name, func(t *testing.T) {
			runtime.GC()
			var seen, before peak
			before.look()
			records := 0
			disk := watched{spill.Disk{Folder: t.TempDir()}, &seen, &records}
			engine := rows.NewEngine(map[string]expr.Source{"t": games{n, 7, -1, &seen}, "u": games{n, 11, 3, &seen}},
				rows.MemoryLimit(*limit), rows.SpillTo(disk))
			report, err := quality.Run(t.Context(), engine, time.Unix(0, 0), quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{{Check: tt.check}}})
			require.NoError(t, err)
			found := report.Suites[0].Checks[0].Findings
			require.NotEmpty(t, found, report.Suites[0].Checks[0].Reason)
			last := found[len(found)-1]
			require.NotNil(t, last.Observed, last.Reason)
			require.Equal(t, []int64{tt.numerator, tt.of}, []int64{last.Observed.Numerator, last.Observed.Denominator})
			kept := int64(seen.most) - int64(before.most)
			t.Logf("%d keys on each side: %.0f MiB live of %.0f MiB that a plan may keep, %d records on disk",
				n, float64(kept)/(1<<20), float64(*limit)/(1<<20), records)
			if int64(n)*100 > *limit {
				require.Positive(t, records, "nothing went to disk")
			}
			if n >= 1_000_000 { // else what sorts have in memory is more than the keys
				require.Less(t, kept, *limit/2*3+64<<20)
			}
		})
	}
}
