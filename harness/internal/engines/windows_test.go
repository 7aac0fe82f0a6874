package engines_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling"
)

// Of each world a dozen windows are asked for of some hundred points. The first ones have
// every reason, some of them games of teams, seasons, ties, and dates as well as times.
var (
	worldCount = flag.Int("windows.worlds", 6, "how many random tables of windows are held against Go")
	firstWorld = flag.Uint64("windows.first", 317, "the seed of the first of them")
)

// A judge runs queries over tables.
type judge struct {
	googlesql.Renderer
	query func(context.Context, quality.Query) ([][]any, error)
}

func onReference(t *testing.T, tables []enginetest.Table) judge {
	t.Helper()
	db, err := reference.Require(t).Load(t.Context(), engines.ReferenceTables(tables)...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close(context.WithoutCancel(t.Context())) })
	j := judge{Renderer: googlesql.Renderer{Tables: map[string]string{}}}
	for _, table := range tables {
		j.Tables["test."+table.Name] = "reference.tables." + table.Name
	}
	j.query = func(ctx context.Context, q quality.Query) ([][]any, error) {
		res, err := db.Query(ctx, q.Text, engines.ReferenceParams(q)...)
		if err != nil {
			return nil, err
		}
		return res.Rows, nil
	}
	return j
}

func onEmulator(t *testing.T, tables []enginetest.Table) judge {
	t.Helper()
	ds := emulator.NewDataset(t)
	j := judge{Renderer: googlesql.Renderer{Tables: map[string]string{}}}
	for _, table := range tables {
		_, err := ds.Load(t.Context(), table.Name, enginetest.Source(table))
		require.NoError(t, err)
		j.Tables["test."+table.Name] = emulator.Project + "." + ds.ID + "." + table.Name
	}
	j.query = func(ctx context.Context, q quality.Query) ([][]any, error) {
		var params []bigquery.QueryParameter
		for name, v := range q.Parameters {
			params = append(params, bigquery.QueryParameter{Name: name, Value: v.Go()})
		}
		ctx, cancel := context.WithTimeout(ctx, 10*time.Minute) // a loaded machine takes that long
		defer cancel()
		rows, err := ds.Query(ctx, q.Text, params...)
		out := make([][]any, len(rows))
		for i, row := range rows {
			for _, v := range row {
				out[i] = append(out[i], v)
			}
		}
		return out, err
	}
	return j
}

func TestWindowsOnTheReferenceAgreeWithGo(t *testing.T) {
	agreeWithGo(t, onReference, *worldCount, 8)
}

// The emulator takes many times as long.
func TestWindowsOnTheEmulatorAgreeWithGo(t *testing.T) {
	agreeWithGo(t, onEmulator, (*worldCount+1)/2, 3)
}

func agreeWithGo(t *testing.T, load func(*testing.T, []enginetest.Table) judge, worlds, entities int) {
	reasons, windows := map[string]int{}, 0
	for seed := *firstWorld; seed < *firstWorld+uint64(worlds); seed++ {
		w := newWorld(seed, entities)
		j := load(t, w.tables())
		statement, err := w.query.Select(j.Renderer)
		require.NoError(t, err, "world %d", seed)
		rows, err := j.query(t.Context(), statement.Query)
		require.NoError(t, err, "world %d", seed)
		windows += w.agree(t, rows, reasons)
	}
	t.Logf("%d windows: %v", windows, reasons)
	for r := rolling.Duplicate; r <= rolling.Whole && *worldCount >= 6; r++ {
		require.NotZero(t, reasons[r.String()], "no window is %s: the test does not reach it", r)
	}
}

// agree holds the rows of a result against package rolling.
func (w *world) agree(t *testing.T, rows [][]any, reasons map[string]int) (windows int) {
	t.Helper()
	b, err := w.batch()
	require.NoError(t, err, "world %d", w.seed)
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, b), "world %d", w.seed)
	points := w.points
	if w.query.Points == nil {
		points = w.rows
	}
	found := map[string][]any{}
	keys := 2 + btoi(w.resets)
	for _, row := range rows {
		key := fmt.Sprint(row[:keys]...)
		require.NotContains(t, found, key, "world %d", w.seed)
		found[key] = row
	}
	asked := map[string]bool{}
	for p, o := range points {
		key := w.pointKey(o)
		if asked[key] || !w.asked(o) {
			continue
		}
		asked[key] = true
		row, ok := found[key]
		require.True(t, ok, "world %d: point %s is not answered; there are %d", w.seed, key, len(rows))
		for s := range w.query.Specs {
			windows++
			reasons[w.agreeOne(t, res.Windows(s), p, o, row[keys+6*s:])]++
		}
	}
	for key := range found {
		require.Contains(t, asked, key, "world %d", w.seed)
	}
	return windows
}

func (w *world) pointKey(o observation) string {
	key := []any{fmt.Sprintf("p%02d", o.entity), w.atValue(o.at).Go()}
	if w.resets {
		var season any
		if o.reset > 0 {
			season = fmt.Sprintf("s%02d", o.reset)
		}
		key = append(key, season)
	}
	return fmt.Sprint(key...)
}

func (w *world) agreeOne(t *testing.T, of rolling.Windows, p int, o observation, row []any) string {
	t.Helper()
	d := of.Detail(p)
	want := []any{d.Reason.String(), int64(d.Observed), nil, nil, nil}
	if d.Expected >= 0 {
		want[2] = int64(d.Expected)
	}
	if d.Places() {
		want[3], want[4] = w.atValue(d.Oldest.At).Go(), w.atValue(d.Newest.At).Go()
	}
	at := fmt.Sprintf("world %d, %s as of %s", w.seed, of.Spec(), w.pointKey(o))
	if fmt.Sprint(want...) != fmt.Sprint(row[1:6]...) {
		require.Equal(t, want, row[1:6], at)
	}
	if d.Reason != rolling.Whole {
		if row[0] != nil {
			require.Nil(t, row[0], at)
		}
		return d.Reason.String()
	}
	exact, ok := new(big.Rat).SetString(string(of.AppendValue(nil, p)))
	require.True(t, ok, at)
	got := rat(row[0])
	require.NotNil(t, got, "%s: %v", at, row[0])
	if f, isFloat := row[0].(float64); isFloat {
		want, _ := exact.Float64()
		off := math.Abs(f - want)
		if off > 1e-12*w.largest(of.Spec(), d, o, want) {
			require.Equal(t, want, f, "%s: off by %g", at, off)
		}
	} else if exact.Cmp(got) != 0 {
		require.Equal(t, exact.String(), got.String(), at)
	}
	return d.Reason.String()
}

// largest is what the error of a float is held against: the largest magnitude in its
// window, for each value of a sum; the quotient itself of a ratio, whose denominators
// are of one sign.
func (w *world) largest(s rolling.Spec, d rolling.Detail, o observation, quotient float64) float64 {
	most := 0.0
	if s.Statistic().Kind() == "ratio" {
		most = math.Abs(quotient)
	}
	for _, r := range w.rows {
		if r.entity != o.entity || r.at < d.Oldest.At || r.at > d.Newest.At || d.Observed == 0 {
			continue
		}
		v := map[string]float64{"f": deref(r.f), "g": deref(r.g), "i": deref(r.i)}[s.Statistic().Column()]
		if r.n != nil && s.Statistic().Column() == "n" {
			v, _ = new(big.Rat).SetFrac(r.n.Big(), big.NewInt(1e9)).Float64()
		}
		if !math.IsInf(v, 0) {
			most = max(most, math.Abs(v))
		}
	}
	if s.Statistic().Kind() == "sum" {
		most *= float64(d.Observed)
	}
	return most
}

func deref[T int64 | float64](v *T) float64 {
	if v == nil {
		return 0
	}
	return float64(*v)
}
