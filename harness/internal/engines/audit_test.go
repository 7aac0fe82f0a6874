package engines_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/audit"
	"github.com/intactdata/intact/rolling/panel"
)

// auditedHistory is a world with a table of stored values: some are what a window is,
// others what one or another window would be.
type auditedHistory struct {
	*world
	stored enginetest.Table
	check  audit.Stored
}

var auditedColumns = []string{"s0", "s1", "s2", "s3", "s4"}

func newAudited(t *testing.T, seed uint64, entities int) auditedHistory {
	w := newWorld(seed, entities)
	for i := range w.rows { // of plain numbers: where values cancel the engines differ
		w.rows[i].f, w.rows[i].g, w.rows[i].i = plain(w.r, 0.1), plain(w.r, 0.5), nil
		if v := plain(w.r, 1); v != nil {
			n := int64(*v)
			w.rows[i].i = &n
		}
	}
	h := auditedHistory{world: w, stored: enginetest.Table{Name: "stored", Schema: expr.Schema{
		{Name: "id", Type: expr.Int64}, {Name: "who", Type: expr.String}, {Name: "at", Type: w.unit}, {Name: "season", Type: expr.String}, {Name: "made", Type: expr.Timestamp},
	}}}
	declared := []rolling.Spec{
		spec(t, rolling.Mean("f"), rolling.Last(3)), spec(t, rolling.Mean("f"), rolling.Days(4)), spec(t, rolling.Max("i"), rolling.Last(4)),
		spec(t, rolling.RatioOfSums("i", "g"), rolling.Last(2)), spec(t, rolling.Sum("i"), rolling.Days(3), rolling.MaxSpan(1)),
	}
	for i, s := range declared {
		h.stored.Schema = append(h.stored.Schema, expr.Field{Name: auditedColumns[i], Type: expr.Float64})
		h.check.Columns = append(h.check.Columns, audit.Column{Name: auditedColumns[i], Spec: s})
	}
	k := &h.check.Keys
	k.Entity, k.At, k.Counted, k.Zone, k.HistoryFrom = []string{"who"}, "at", w.query.Counted, w.query.Zone, w.query.HistoryFrom
	if w.resets {
		k.Reset = "season"
	}
	if w.orders {
		k.Order = []string{"game"}
	}
	h.check.From = audit.From{Table: "d.rows", Map: map[string]string{"who": "player"}}
	h.check.Made, h.check.Changed = "made", "changed"
	if x := w.query.Expected; x != nil {
		h.check.Expected = "d.due"
		k.Expected = panel.Expected{Where: x.Where, Due: x.Due, By: x.Team}
		if x.Team != "" {
			k.Expected.Map = map[string][]string{"team": {"club"}}
		}
	}
	h.draw(t)
	return h
}

func plain(r *rand.Rand, unit float64) *float64 {
	if r.IntN(20) == 0 {
		return nil
	}
	v := float64(r.IntN(200)) * unit
	return &v
}

func spec(t *testing.T, s rolling.Statistic, w rolling.Window, options ...rolling.Option) rolling.Spec {
	t.Helper()
	out, err := rolling.New(s, w, options...)
	require.NoError(t, err)
	return out
}

// draw stores values as of some keys, drawn from what windows of many kinds come to.
func (h *auditedHistory) draw(t *testing.T) {
	keys := slices.Clone(h.rows)
	for range 3 {
		keys = append(keys, observation{entity: h.r.IntN(3), at: h.time(int64(h.r.IntN(worldDays))), reset: 1 + h.r.IntN(3)})
	}
	keys = append(keys, observation{entity: 90, at: h.time(3), reset: 1}, observation{entity: 91, at: h.time(4), reset: 2})
	values := h.candidates(t, keys)
	for i, o := range keys {
		row := append([]expr.Value{must(expr.ValueOf(int64(i)))}, h.key(o, "p")[:2]...)
		season := h.key(o, "p")[3]
		if h.chance(2) {
			row[1] = expr.Value{}
		}
		row = append(row, season, must(expr.ValueOf(h.made())))
		for c := range auditedColumns {
			from := values[c][i]
			switch {
			case h.chance(15) || len(from) == 0:
				row = append(row, expr.Value{})
			case h.chance(10):
				row = append(row, must(expr.ValueOf(float64(h.r.IntN(99))+0.25)))
			default:
				row = append(row, must(expr.ValueOf(from[h.r.IntN(len(from))])))
			}
		}
		h.stored.Rows = append(h.stored.Rows, row)
	}
}

func (h *auditedHistory) made() time.Time {
	return time.UnixMicro(int64(h.begin)*worldDay + int64(h.r.IntN(30))*worldDay).UTC()
}

// candidates are values that each column may store as of each key.
func (h *auditedHistory) candidates(t *testing.T, keys []observation) [][][]float64 {
	t.Helper()
	b, err := h.batch()
	require.NoError(t, err)
	points := h.keys(keys, false)
	for i, code := range points.Reset {
		points.Reset[i] = max(code, 0)
	}
	b.Points = &points
	out := make([][][]float64, len(auditedColumns))
	for c, column := range h.check.Columns {
		out[c] = make([][]float64, len(keys))
		s := column.Spec
		n := s.Window().Rows() + s.Window().Days()
		windows := []rolling.Spec{s, spec(t, s.Statistic(), s.Window(), rolling.Including())}
		for _, w := range []rolling.Window{rolling.Last(n), rolling.Days(n), rolling.Last(n + 1), rolling.Last(n - 1), rolling.Days(n + 1), rolling.Days(n - 1)} {
			windows = append(windows, spec(t, s.Statistic(), w))
		}
		for _, as := range []string{"as it is", "without what was due", "zeros", "dropped"} {
			for _, w := range windows {
				read := h.read(as, *b)
				read.Specs = []rolling.Spec{w}
				var res rolling.Result
				require.NoError(t, rolling.Compute(&res, &read))
				for i := range keys {
					if v, whole := panel.Number(res.Windows(0), i); whole {
						out[c][i] = append(out[c][i], v)
					}
				}
			}
		}
	}
	return out
}

// read is a batch whose rows are taken otherwise.
func (h *auditedHistory) read(as string, b rolling.Batch) rolling.Batch {
	if as == "as it is" {
		return b
	}
	b.Expected = nil
	b.Rows.Counted = slices.Clone(b.Rows.Counted)
	for i, c := range b.Rows.Counted {
		if c != rolling.True {
			b.Rows.Counted[i] = rolling.False
		}
	}
	if as != "zeros" {
		return b
	}
	b.Rows.Counted = nil
	var f, g []float64
	var ints []int64
	zero := func(v *float64, counted bool) float64 {
		if v == nil || !counted {
			return 0
		}
		return *v
	}
	for _, o := range h.rows {
		counted := o.counted == rolling.True
		f, g = append(f, zero(o.f, counted)), append(g, zero(o.g, counted))
		n := int64(0)
		if o.i != nil && counted {
			n = *o.i
		}
		ints = append(ints, n)
	}
	b.Columns = []rolling.Column{rolling.Float64s("f", f, nil), rolling.Float64s("g", g, nil), rolling.Int64s("i", ints, nil)}
	return b
}

// auditTables are what is audited, with when a row was changed.
func (h *auditedHistory) auditTables() []enginetest.Table {
	out := append(h.tables(), h.stored)
	out[0].Schema = append(slices.Clone(out[0].Schema), expr.Field{Name: "changed", Type: expr.Timestamp})
	for i, row := range out[0].Rows {
		out[0].Rows[i] = append(row, must(expr.ValueOf(h.made())))
	}
	return slices.DeleteFunc(out, func(t enginetest.Table) bool { return t.Name == "points" })
}

// found is what an engine finds of each stored row: each is a segment of its own.
func (h *auditedHistory) found(t *testing.T, engine quality.Engine, dataset string) map[string]string {
	t.Helper()
	check := h.check
	check.From.Table = dataset + ".rows"
	if check.Expected != "" {
		check.Expected = dataset + ".due"
	}
	suite := quality.Suite{Name: "audit", Table: dataset + ".stored", RowsAtFault: new(int), Rules: []quality.Rule{{Check: check, By: []string{"id"}, NullsOK: true}}}
	report, err := quality.Run(t.Context(), engine, h.query.Now, suite)
	require.NoError(t, err, "world %d", h.seed)
	out := map[string]string{}
	for _, f := range report.Suites[0].Checks[0].Findings {
		text := ""
		for _, d := range f.Details {
			if n := d.Value.String(); n != "0" {
				text += " " + d.Name + "=" + n
			}
		}
		observed := ""
		if f.Observed != nil {
			observed = f.Observed.String()
		}
		out[f.Segment.String()+" "+f.Subject] += fmt.Sprintf("%s %s%s;", f.Verdict, observed, text)
	}
	require.NotEmpty(t, out, "world %d: %s", h.seed, report.Suites[0].Checks[0].Reason)
	return out
}

func TestAuditsOnTheReferenceAgreeWithGo(t *testing.T) {
	ev := reference.Require(t)
	auditsAgree(t, (*worldCount+1)/2, 4, func(t *testing.T, tables []enginetest.Table) (quality.Engine, string) {
		open, dataset, err := engines.LoadReference(t.Context(), ev, tables)
		require.NoError(t, err)
		engine, err := open()
		require.NoError(t, err)
		return engine, dataset
	})
}

func TestAuditsOnTheEmulatorAgreeWithGo(t *testing.T) {
	auditsAgree(t, (*worldCount+1)/2, 3, func(t *testing.T, tables []enginetest.Table) (quality.Engine, string) {
		ds := emulator.NewDataset(t)
		for _, table := range tables {
			_, err := ds.Load(t.Context(), table.Name, enginetest.Source(table))
			require.NoError(t, err)
		}
		engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
		require.NoError(t, err)
		return engine, ds.ID
	})
}

func auditsAgree(t *testing.T, worlds, entities int, load func(*testing.T, []enginetest.Table) (quality.Engine, string)) {
	t.Helper()
	if testing.Short() {
		t.Skip("audits of random histories take half a minute, which -short leaves out")
	}
	classes := map[string]int{}
	for seed := *firstWorld; seed < *firstWorld+uint64(worlds); seed++ {
		h := newAudited(t, seed, entities)
		tables := h.auditTables()
		open, dataset, err := enginetest.Memory(context.Background(), tables)
		require.NoError(t, err)
		memory, err := open()
		require.NoError(t, err)
		want := h.found(t, memory, dataset)
		engine, dataset := load(t, tables)
		got := h.found(t, engine, dataset)
		for _, key := range slices.Sorted(maps.Keys(want)) {
			require.Equal(t, want[key], got[key], "world %d: %s", seed, key)
			classes[want[key]]++
		}
		require.Len(t, got, len(want), "world %d", seed)
	}
	t.Logf("%v", classes)
	for _, c := range audit.Classes() {
		reached := slices.ContainsFunc(slices.Collect(maps.Keys(classes)), func(found string) bool {
			return strings.Contains(found, " "+detailOf(c)+"=1;")
		})
		require.True(t, reached || c == audit.Right || *worldCount < 6, "no value is %s: the test does not reach it", c)
	}
}
