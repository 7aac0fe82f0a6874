package features_test

import (
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// rankedBy is the place of each value, equal ones sharing the mean of theirs.
func rankedBy(values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		below, equal := 0, 0
		for _, w := range values {
			if w < v {
				below++
			}
			if w == v {
				equal++
			}
		}
		out[i] = float64(below) + float64(equal+1)/2
	}
	return out
}

// correlated is the correlation of two lists by its definition.
func correlated(a, b []float64) float64 {
	mean := func(of []float64) float64 {
		sum := 0.0
		for _, x := range of {
			sum += x
		}
		return sum / float64(len(of))
	}
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}

func TestAFeatureThatPredictsTheLabelAloneIsALeak(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		of := games()
		a, b := make([]float64, len(of)), make([]float64, len(of))
		for i := range of {
			a[i] = float64(rapid.IntRange(0, 12).Draw(r, "feature"))
			b[i] = float64(rapid.IntRange(0, 12).Draw(r, "label"))
			of[i].Usage, of[i].Points = &a[i], ptr(int64(b[i]))
		}
		want := math.Abs(correlated(rankedBy(a), rankedBy(b)))
		if math.IsNaN(want) || math.Abs(want-0.3) < 1e-6 {
			return
		}
		s := set()
		s.Features = s.Features[:1]
		s.Leaks.Predicts = quality.Number(big.NewRat(3, 10))
		src, err := rows.Of(of)
		require.NoError(t, err)
		o, err := features.Gate{Set: s, Now: now}.Try(t.Context(), rows.NewEngine(map[string]expr.Source{store: src}))
		require.NoError(t, err)
		checks := o.Report.Suites[0].Checks
		at := slices.IndexFunc(checks, func(c quality.CheckReport) bool { return c.ID == "usage_rate predicts" })
		require.GreaterOrEqual(t, at, 0)
		got, _ := checks[at].Findings[0].Observed.Float64()
		assert.InDelta(r, want, math.Abs(got), 1e-9)
		assert.Equal(r, want <= 0.3, checks[at].Verdict == quality.Pass)
	})
}

func TestProbesAndWhatIsServed(t *testing.T) {
	type scored struct {
		Player string     `bigquery:"player"`
		Day    civil.Date `bigquery:"game_date"`
	}
	for name, c := range map[string]struct {
		set    func(*features.Set)
		served func([]game) []game
		says   string // "" where the gate opens
	}{
		"no key is in the evaluation": {set: func(s *features.Set) { s.Leaks.Evaluation.Table = "nba.others" }},
		"a key is in the evaluation": {set: func(s *features.Set) { s.Leaks.Evaluation.Table = "nba.evaluation" },
			says: "evaluation: fail: 1 of 40 keys are in nba.evaluation (2.5%), not at_most 0%"},
		"nothing is in the evaluation": {set: func(s *features.Set) {
			s.Leaks.Evaluation = checks.Against{Table: "nba.evaluation", Where: expr.Col("player").Eq("nobody")}
		}, says: "evaluation: unknown: nothing to judge: no row of nba.evaluation that was looked at has a whole key"},
		"nothing is after the cut-off": {set: func(s *features.Set) { s.Leaks.Cutoff = civil.Date{Year: 2025, Month: 12, Day: 20} }},
		"rows after the cut-off": {set: func(s *features.Set) { s.Leaks.Cutoff = civil.Date{Year: 2025, Month: 12, Day: 18} },
			says: "cutoff: fail: 38 of 40 rows (95.0%), not at_least 100%: 2 rows short"},
		"served as it was trained on": {set: served, served: func(of []game) []game { return of }},
		"dead where it is served": {set: served, served: func(of []game) []game {
			for i := range of {
				of[i].Usage = ptr(math.NaN())
			}
			return of
		}, says: "the gate of points_v1 stays closed: nba.store, usage_rate served: fail: populated share of usage_rate: 40 of 40 rows (100.0%), against 0 of 40 rows (0.0%) in nba.serving, not change ±5 points"},
		"missing where it is served": {set: func(s *features.Set) {
			served(s)
			s.Features[0].Missing = []expr.Value{value(-1)}
		}, served: func(of []game) []game {
			for i := range of {
				of[i].Usage = ptr(-1.0)
			}
			return of
		}, says: "against 0 of 40 rows (0.0%) in nba.serving, not change ±5 points"},
		"less populated where it is served": {set: served, served: func(of []game) []game {
			for i := range 10 {
				of[i].Usage = nil
			}
			return of
		}, says: "usage_rate served: fail: populated share of usage_rate: 40 of 40 rows (100.0%), against 30 of 40 rows (75.0%) in nba.serving"},
	} {
		t.Run(name, func(t *testing.T) {
			s := set()
			c.set(&s)
			tables := map[string]expr.Source{}
			add := func(name string, src expr.Source, err error) {
				require.NoError(t, err)
				tables[name] = src
			}
			src, err := rows.Of(games())
			add(store, src, err)
			src, err = rows.Of([]scored{{"p00", civil.Date{Year: 2025, Month: 11, Day: 1}}, {"p00", civil.Date{Year: 2026, Month: 1, Day: 1}}})
			add("nba.evaluation", src, err)
			src, err = rows.Of([]scored{{"p00", civil.Date{Year: 2026, Month: 1, Day: 1}}})
			add("nba.others", src, err)
			if c.served != nil {
				src, err = rows.Of(c.served(games()))
				add("nba.serving", src, err)
			}
			_, err = features.Gate{Set: s, Now: now}.Open(t.Context(), rows.NewEngine(tables))
			if c.says == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, c.says)
		})
	}
}

// How many texts are populated says nothing of what are numbers where they are trained on.
func TestWhatIsServedAsAnotherTypeIsUnknown(t *testing.T) {
	type text struct {
		Usage   string  `bigquery:"usage_rate"`
		Fatigue float64 `bigquery:"fatigue"`
	}
	s := set()
	served(&s)
	s.Served.Mean = nil
	trained, err := rows.Of(games())
	require.NoError(t, err)
	serving, err := rows.Of(slices.Repeat([]text{{"much", 1}}, 40))
	require.NoError(t, err)
	_, err = features.Gate{Set: s, Now: now}.Open(t.Context(), rows.NewEngine(map[string]expr.Source{store: trained, "nba.serving": serving}))
	assert.ErrorContains(t, err, "usage_rate served: unknown: could not be evaluated: usage_rate is FLOAT64, and STRING in nba.serving")
}

// What is there in one and not in the other is told before all else, in whatever order
// the features are.
func TestWhatIsDeadIsNamedFirst(t *testing.T) {
	less := func(of []game, usage, fatigue int) []game {
		for i := range of {
			if i < usage {
				of[i].Usage = nil
			}
			if i < fatigue {
				of[i].Fatigue = nil
			}
		}
		return of
	}
	for name, c := range map[string]struct {
		usage, fatigue int // how many are lost
		first          string
	}{
		"the first": {40, 10, "usage_rate served"},
		"the last":  {10, 40, "fatigue served"},
		"none":      {10, 10, "rows"},
	} {
		for side, dead := range map[string][2][]game{
			"where it is served":     {games(), less(games(), c.usage, c.fatigue)},
			"where it is trained on": {less(games(), c.usage, c.fatigue), games()},
		} {
			t.Run(name+" "+side, func(t *testing.T) {
				s := set()
				served(&s)
				trained, err := rows.Of(dead[0])
				require.NoError(t, err)
				serving, err := rows.Of(dead[1])
				require.NoError(t, err)
				_, err = features.Gate{Set: s, Now: now}.Open(t.Context(), rows.NewEngine(map[string]expr.Source{store: trained, "nba.serving": serving}))
				var closed *features.ClosedError
				require.ErrorAs(t, err, &closed)
				assert.Equal(t, c.first, closed.Report.Suites[0].Checks[0].ID)
			})
		}
	}
}

func served(s *features.Set) {
	s.Served = features.Served{Of: checks.Against{Table: "nba.serving"}, Populated: []quality.Bound{quality.ChangeByPoints(5)}, Mean: []quality.Bound{quality.ChangeBy(quality.Percent(10))}}
}

// Odds are taken at noon of the day before, but for so many that were taken later.
type odd struct {
	Player string     `bigquery:"player"`
	Day    civil.Date `bigquery:"game_date"`
	TipOff *time.Time `bigquery:"tip_off"`
	Points int64      `bigquery:"points"`
	Odds   *float64   `bigquery:"odds"`
	At     *time.Time `bigquery:"odds_at"`
}

func odds(late int) []odd {
	var out []odd
	for i := range 20 {
		day := civil.Date{Year: 2025, Month: 11, Day: 1 + i}
		tip := day.In(time.UTC).Add(20 * time.Hour)
		at := tip.Add(-32 * time.Hour)
		if i < late {
			at = tip
		}
		out = append(out, odd{"ann", day, &tip, int64(i), ptr(1.5 + float64(i)), &at})
	}
	return out
}

func oddsSet() features.Set {
	return features.Set{
		Suite: quality.Suite{Name: "odds", Table: store, Date: "game_date", RowsAtFault: new(int)},
		Key:   []string{"game_date"}, Label: "points", Event: "tip_off",
		Features: []features.Feature{{Name: "odds", AvailableAt: "odds_at", Age: 2, Populated: []quality.Bound{quality.AtLeast(quality.Percent(80))}}},
	}
}

// A value that was there at the very time of the event is none, and its row is not trained
// on; one that is NULL was never too late.
func TestRowsCountOnlyWithWhatWasThereBefore(t *testing.T) {
	for name, c := range map[string]struct {
		rows func() []odd
		open int64 // rows that are trained on, 0 where it stays closed
		says string
	}{
		"all in time":       {func() []odd { return odds(0) }, 20, ""},
		"four too late":     {func() []odd { return odds(4) }, 16, ""},
		"five too late":     {func() []odd { return odds(5) }, 0, "odds populated in time: fail: 15 of 20 rows"},
		"two are absent":    {func() []odd { of := odds(0); of[0].Odds, of[0].At, of[1].Odds = nil, nil, nil; return of }, 20, ""},
		"nobody knows when": {func() []odd { of := odds(0); of[0].At = nil; return of }, 19, ""},
		"too old": {func() []odd { of := odds(0); at := of[0].TipOff.Add(-72 * time.Hour); of[0].At = &at; return of }, 0,
			"odds age: fail: 19 of 20 rows"},
		"an event that is NULL": {func() []odd { of := odds(0); of[0].TipOff = nil; return of }, 0,
			"label: fail: 19 of 20 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			src, err := rows.Of(c.rows())
			require.NoError(t, err)
			cert, err := features.Gate{Set: oddsSet(), Now: now}.Open(t.Context(), rows.NewEngine(map[string]expr.Source{store: src}))
			if c.open == 0 {
				assert.ErrorContains(t, err, c.says)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.open, cert.Rows())
		})
	}
}
