package quality_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Checks are open: these kinds stand outside of package quality.

// half claims that a predicate is TRUE for half of the rows.
type half struct{ of expr.Expr }

func (half) Describe() quality.Description {
	return quality.Description{Kind: "half", Claim: "TRUE for half of the rows"}
}

func (c half) Metrics(quality.Scope) ([]quality.Metric, error) {
	return []quality.Metric{quality.Tally{Of: c.of}}, nil
}

func (c half) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for s := range m.Segments() {
		n, err := quality.Tally{Of: c.of}.In(m, s)
		f := quality.Finding{Segment: s, Verdict: quality.Fail, Reason: fmt.Sprintf("%d of %d", n.True, n.Rows()), Observed: quality.ObservedShare(n.True, n.Rows())}
		switch {
		case err != nil:
			f.Verdict, f.Reason = quality.Unknown, err.Error()
		case 2*n.True == n.Rows():
			f.Verdict = quality.Pass
		}
		out = append(out, f)
	}
	return out
}

func TestKindFromOutsideIsACheckLikeAnyOther(t *testing.T) {
	rule := quality.Rule{Check: half{col("usage_rate").Gt(20)}, By: []string{"season"}}
	got := check(t, quality.Suite{}, rule, floats("usage_rate", 20.1, 19.9, 25.0, 25.0), seasons)
	require.Equal(t, "half by season", got.ID)
	require.Equal(t, quality.Fail, got.Verdict)
	require.Equal(t, "season=2023-24: 2 of 2", got.Reason)
	require.Equal(t, quality.Pass, got.Findings[0].Verdict)
}

func TestKindFromOutsideIsHeldToTheCommonRules(t *testing.T) {
	rule := quality.Rule{Check: half{col("usage_rate").Gt(20)}, By: []string{"season"}, Expect: [][]any{{"2025-26"}}}
	got := check(t, quality.Suite{}, rule, nothing...)
	require.Equal(t, quality.Unknown, got.Verdict)
}

// careless does what its function does, and may do it badly.
type careless struct {
	half
	judge func(quality.Measured) []quality.Finding
}

func (c careless) Judge(_ quality.Scope, m quality.Measured) []quality.Finding { return c.judge(m) }

func TestCarelessChecksAreUnknown(t *testing.T) {
	pass := func(s quality.Segment) []quality.Finding {
		return []quality.Finding{{Segment: s, Verdict: quality.Pass}}
	}
	for _, tt := range []struct {
		name   string
		judge  func(quality.Measured) []quality.Finding
		reason string
	}{
		{
			"that says nothing",
			func(quality.Measured) []quality.Finding { return nil },
			"season=2022-23: the check said nothing about this segment (and 1 more)",
		},
		{
			"that passes over a segment",
			func(m quality.Measured) []quality.Finding {
				for s := range m.Segments() {
					return pass(s)
				}
				return nil
			},
			"season=2023-24: the check said nothing about this segment",
		},
		{
			"that asks for a metric it did not name, and passes over the error",
			func(m quality.Measured) []quality.Finding {
				var out []quality.Finding
				for s := range m.Segments() {
					_, _ = m.Get(quality.Tally{Of: col("season").IsNull()}, s)
					out = append(out, pass(s)...)
				}
				return out
			},
			"the check did not ask for tally season IS NULL",
		},
		{
			"that asks about a segment of its own making",
			func(m quality.Measured) []quality.Finding {
				var out []quality.Finding
				for s := range m.Segments() {
					_, _ = m.Get(quality.Tally{Of: col("usage_rate").Gt(20)}, quality.NewSegment([]string{"season"}, []expr.Value{value("1999-00")}))
					out = append(out, pass(s)...)
				}
				return out
			},
			`the check asked about a segment that does not exist: "season=1999-00"`,
		},
		{
			"that gives no verdict",
			func(m quality.Measured) []quality.Finding {
				var out []quality.Finding
				for s := range m.Segments() {
					out = append(out, quality.Finding{Segment: s, Reason: "well"})
				}
				return out
			},
			"season=2022-23: the check gave no verdict; well (and 1 more)",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rule := quality.Rule{Check: careless{half{col("usage_rate").Gt(20)}, tt.judge}, By: []string{"season"}}
			got := check(t, quality.Suite{}, rule, usage, seasons)
			require.Equal(t, quality.Unknown.String(), got.Verdict.String())
			require.Equal(t, tt.reason, got.Reason)
		})
	}
}

// once claims that each team plays at most one game a day. That needs rows that
// the table does not have: one for each team and day, with its games counted.
type once struct{}

func (once) Describe() quality.Description { return quality.Description{Kind: "once"} }

func (once) Derive(s quality.Scope) (quality.Relation, error) {
	if _, err := s.Schema.Field("team"); err != nil {
		return quality.Relation{}, err
	}
	return quality.Derived(teamDays{s}), nil
}

func (once) Metrics(quality.Scope) ([]quality.Metric, error) {
	return []quality.Metric{quality.Tally{Of: col("games").Eq(1)}}, nil
}

func (once) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for seg := range m.Segments() {
		n, err := quality.Tally{Of: col("games").Eq(1)}.In(m, seg)
		f := quality.Finding{Segment: seg, Verdict: quality.Pass, Reason: fmt.Sprintf("%d of %d team days have one game", n.True, n.Rows())}
		if err != nil || n.True < n.Rows() {
			f.Verdict = quality.Fail
		}
		out = append(out, f)
	}
	return out
}

// teamDays is a row for each team and day of the scope.
type teamDays struct{ of quality.Scope }

func (d teamDays) Key() string {
	return "team days of " + d.of.Relation.Key() + " " + d.of.Rows.String()
}

func (d teamDays) Inputs() []quality.Relation { return []quality.Relation{d.of.Relation} }

func (d teamDays) Schema([]expr.Schema) (expr.Schema, error) {
	return expr.Schema{{Name: "team", Type: expr.String}, {Name: "game_date", Type: expr.Date}, {Name: "games", Type: expr.Int64}}, nil
}

func (d teamDays) SQL(inputs []string) (quality.Query, error) {
	return quality.Query{Text: "SELECT team, game_date, COUNT(*) AS games FROM " + inputs[0] + " GROUP BY team, game_date"}, nil
}

func (d teamDays) Rows(inputs []expr.Source) expr.Source {
	return teamDayRows{d, inputs[0]}
}

type teamDayRows struct {
	teamDays
	input expr.Source
}

func (r teamDayRows) Schema(context.Context) (expr.Schema, error) { return r.teamDays.Schema(nil) }

func (r teamDayRows) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		read := []string{"team", "game_date"}
		ev := expr.NewEvaluator(read)
		in, err := ev.Prepare(r.of.Rows)
		if err != nil {
			yield(nil, err)
			return
		}
		games := map[[2]expr.Value]int64{}
		var order [][2]expr.Value
		for b, err := range r.input.Scan(ctx, read) {
			if err != nil {
				yield(nil, err)
				return
			}
			ev.Next(b)
			v, err := in.Vector()
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range b.Rows {
				if v.Value(i).Go() != true {
					continue
				}
				key := [2]expr.Value{b.Columns[0].Value(i), b.Columns[1].Value(i)}
				if games[key]++; games[key] == 1 {
					order = append(order, key)
				}
			}
		}
		out := &expr.Batch{Rows: len(order), Columns: make([]expr.Vector, len(columns))}
		for c, name := range columns {
			f := must(must(r.Schema(ctx)).Field(name))
			out.Columns[c].Reset(f.Type, out.Rows)
			for i, key := range order {
				cell := map[string]expr.Value{"team": key[0], "game_date": key[1], "games": value(games[key])}[name]
				if err := out.Columns[c].SetValue(i, cell); err != nil {
					yield(nil, err)
					return
				}
			}
		}
		yield(out, nil)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var teamGames = []rows.Column{
	texts("team", "BOS", "LAL", "BOS", "BOS", "BOS"),
	dates("game_date", day(2025, 10, 21), day(2025, 10, 21), day(2025, 10, 22), day(2025, 10, 22), day(2024, 1, 1)),
}

func TestChecksOnDerivedRowsAreOrdinaryChecks(t *testing.T) {
	suite := quality.Suite{Date: "game_date", From: day(2025, 10, 1)}
	rule := quality.Rule{Check: once{}, Where: col("games").Gt(0), By: []string{"team"}, Expect: [][]any{{"NYK"}}}
	got := check(t, suite, rule, teamGames...)

	var lines []string
	for _, f := range got.Findings {
		lines = append(lines, f.Segment.String()+" "+f.Verdict.String()+": "+f.Reason)
	}
	require.Equal(t, []string{
		"team=BOS fail: 1 of 2 team days have one game",
		"team=LAL pass: 1 of 1 team days have one game",
		"team=NYK unknown: nothing to judge: the segment is expected, and there is no row of it",
	}, lines)
}

func TestRowsWithoutADateAreToldOfDerivedRowsToo(t *testing.T) {
	got := check(t, quality.Suite{Date: "game_date"}, quality.Rule{Check: once{}},
		texts("team", "BOS", "LAL"), dates("game_date", day(2025, 10, 21), nil))
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, "game_date=null: 1 row has a NULL game_date and belongs to no date: null: ok sets them aside", got.Reason)
}

func TestDerivationThatCannotBeMadeTakesOnlyItsCheck(t *testing.T) {
	suite := quality.Suite{Rules: []quality.Rule{{Check: rowCount(quality.AtLeast(quality.Count(1)))}}}
	src := must(rows.Columns(seasons))
	got := checkSource(t, suite, quality.Rule{Check: once{}}, src)
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, `could not be evaluated: there is no column "team" (the only one is "season")`, got.Reason)
}

func TestDerivedRowsAreAStatementOfTheirOwn(t *testing.T) {
	plan, err := quality.NewPlan(t.Context(), rows.NewEngine(map[string]expr.Source{"t": must(rows.Columns(teamGames...))}),
		quality.Suite{Name: "a", Table: "t", Date: "game_date", Rules: []quality.Rule{{Check: once{}}, {Check: complete("team")}}},
		quality.Suite{Name: "b", Table: "t", Date: "game_date", Rules: []quality.Rule{{Check: once{}, By: []string{"team"}}}})
	require.NoError(t, err)
	var lines []string
	for _, s := range plan.Statements {
		kind := "table"
		if s.Relation.Derivation() != nil {
			kind = "derived"
		}
		lines = append(lines, s.Class.String()+" "+kind+" ("+strings.Join(s.Columns, ", ")+")")
	}
	slices.Sort(lines)
	require.Equal(t, []string{"fold derived (team, games)", "fold table (team, game_date)"}, lines)
}
