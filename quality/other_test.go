package quality_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// due claims that a table has as many rows as another one says are due, where a
// condition holds there.
type due struct {
	other quality.Other
	where expr.Expr
}

func (due) Describe() quality.Description { return quality.Description{Kind: "due", JudgesZero: true} }

func (c due) Others() []quality.Other { return []quality.Other{c.other} }

func (c due) asks(s quality.Scope) quality.Request {
	return quality.Request{Of: s.Others[0].Filter(c.where).Project(), Metric: quality.Tally{Of: expr.Lit(true)}, By: []string{}}
}

func (due) rows(s quality.Scope) quality.Request {
	return quality.Request{Metric: quality.Tally{Of: expr.Lit(true)}, By: []string{}}
}

func (c due) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.rows(s), c.asks(s)}, nil
}

func (c due) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, c.rows(s), func(seg quality.Segment, here quality.Counts) quality.Finding {
		there, err := quality.Get[quality.Counts](m, c.asks(s), seg)
		f := quality.Finding{Segment: seg, Verdict: quality.Fail, Reason: fmt.Sprintf("%d of %d", here.Rows(), there.Rows())}
		if err == nil && here == there {
			f.Verdict = quality.Pass
		}
		return f
	})
}

// asking is an engine that remembers which tables it was asked for.
type asking struct {
	quality.Engine
	calls [][]string
}

func (a *asking) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	a.calls = append(a.calls, names)
	return a.Engine.Tables(ctx, names...)
}

func engineOf(tables map[string][]rows.Column) *asking {
	sources := map[string]expr.Source{}
	for name, columns := range tables {
		sources[name] = must(rows.Columns(columns...))
	}
	return &asking{Engine: rows.NewEngine(sources)}
}

var (
	byDate = []quality.On{{Left: "game_date", Right: "day"}}
	oct    = func(days ...int) []any {
		out := make([]any, len(days))
		for i, d := range days {
			if d > 0 {
				out[i] = day(2025, 10, d)
			}
		}
		return out
	}
)

// judged is the report on one check of games from the 21st to the 23rd of October.
func judged(t *testing.T, engine quality.Engine, s quality.Suite, c quality.Check) quality.CheckReport {
	t.Helper()
	s.Name, s.Table, s.Date, s.From, s.To = "s", "nba.games", "game_date", day(2025, 10, 21), day(2025, 10, 23)
	s.Rules = []quality.Rule{{Check: c, NullsOK: true}}
	report, err := quality.Run(t.Context(), engine, now, s)
	require.NoError(t, err)
	return report.Suites[0].Checks[0]
}

func TestDatesOfTheSuiteBoundAnotherTableWhereTheyArePaired(t *testing.T) {
	declared := []quality.Table{{Name: "nba.schedule", Date: "day"}}
	final := texts("status", "final", "final", "final", "final", "moved")
	engine := engineOf(map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21, 22, 23)...)},
		"nba.schedule": {dates("day", oct(1, 2, 21, 22, 23)...), final},
	})
	for _, tt := range []struct {
		name   string
		other  quality.Other
		tables []quality.Table
		reason string
	}{
		{"by a key", quality.Other{Table: "nba.schedule", On: byDate}, declared, "3 of 2"},
		{"that nothing else names as its date", quality.Other{Table: "nba.schedule", On: byDate}, nil, "3 of 2"},
		{"not", quality.Other{Table: "nba.schedule"}, declared, "3 of 4"},
		{"with another column than its date", quality.Other{Table: "nba.schedule", On: byDate}, []quality.Table{{Name: "nba.schedule", Date: "updated_on"}}, "3 of 4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := judged(t, engine, quality.Suite{Tables: tt.tables}, due{tt.other, col("status").Eq("final")})
			require.Equal(t, tt.reason, got.Reason)
		})
	}
}

func TestAPlanSaysWhichTablesAreReadWhole(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{
		"nba.games": {dates("game_date", oct(21)...)}, "nba.schedule": {dates("day", oct(21)...)},
	})
	plan := func(date string, o quality.Other) []quality.Whole {
		p, err := quality.NewPlan(t.Context(), engine, now, quality.Suite{Name: "s", Table: "nba.games", Date: date, Rules: []quality.Rule{{ID: "x", Check: due{o, expr.Lit(true)}}}})
		require.NoError(t, err)
		return p.Whole()
	}
	require.Equal(t, []quality.Whole{{Suite: "s", ID: "x", Table: "nba.schedule"}}, plan("game_date", quality.Other{Table: "nba.schedule"}))
	require.Empty(t, plan("game_date", quality.Other{Table: "nba.schedule", On: byDate}))
	require.Empty(t, plan("", quality.Other{Table: "nba.schedule"}), "all is read whole where the suite has no dates")
}

// The 21st of October begins at 04:00 UTC in New York, and ends at 04:00 UTC of the
// 22nd.
func TestDaysOfAnotherTableAreThoseOfItsZone(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21)...)},
		"nba.schedule": {column[time.Time]("day", instant("2025-10-21T00:00:00Z"), instant("2025-10-21T03:59:59Z"), instant("2025-10-21T04:00:00Z"), instant("2025-10-24T03:59:59Z"), instant("2025-10-24T04:00:00Z"))},
	})
	c := due{quality.Other{Table: "nba.schedule", On: byDate}, expr.Lit(true)}
	require.Equal(t, "1 of 3", judged(t, engine, quality.Suite{}, c).Reason, "UTC is the suite's")
	require.Equal(t, "1 of 2", judged(t, engine, quality.Suite{Tables: []quality.Table{{Name: "nba.schedule", Date: "day", Zone: "America/New_York"}}}, c).Reason)
}

func TestRowsOfAnotherTableWithoutADateMakeTheCheckUnknown(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21, 22)...)},
		"nba.schedule": {dates("day", oct(21, 22, 0)...)},
	})
	c := due{quality.Other{Table: "nba.schedule", On: byDate}, expr.Lit(true)}
	got := judged(t, engine, quality.Suite{}, c)
	require.Equal(t, quality.Unknown.String(), got.Verdict.String(), "the rule's null: ok is about its own table")
	require.Equal(t, "nba.schedule.day=null: 1 row of nba.schedule has a NULL day and belongs to no date: give them one, or say that they are set aside with null: ok beside nba.schedule", got.Reason)

	c.other.NullsOK = true
	require.Equal(t, quality.Pass.String(), judged(t, engine, quality.Suite{}, c).Verdict.String())
}

func TestUndatedRowsOfItsOwnTableAreTheRulesAffairHoweverItIsRead(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{"nba.games": {dates("game_date", oct(21, 22, 0)...)}})
	itself := quality.Other{Table: "nba.games", On: quality.Equal("game_date")}
	require.Equal(t, quality.Pass.String(), judged(t, engine, quality.Suite{}, due{itself, expr.Lit(true)}).Verdict.String())
}

// silently reads another table without saying so.
type silently struct{ due }

func (c silently) Others() []quality.Other { return nil }

func (c silently) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.rows(s), c.asks(s)}, nil
}

func (c silently) asks(quality.Scope) quality.Request {
	return quality.Request{Of: quality.Read("nba.schedule"), Metric: quality.Tally{Of: col("day").IsNotNull()}, By: []string{}}
}

func (c silently) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return []quality.Finding{{Verdict: quality.Pass}}
}

func TestADeclaredTableIsLookedThroughForRowsWithoutADateWhoeverReadsIt(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21)...)},
		"nba.schedule": {dates("day", oct(21, 0)...)},
	})
	require.Equal(t, quality.Pass.String(), judged(t, engine, quality.Suite{}, silently{}).Verdict.String(), "nobody says that it has dates")
	got := judged(t, engine, quality.Suite{Tables: []quality.Table{{Name: "nba.schedule", Date: "day"}}}, silently{})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
}

func TestAllTablesOfAPlanAreAskedForAtOnce(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21)...)},
		"nba.schedule": {dates("day", oct(21)...)},
	})
	suite := func(name string, c quality.Check) quality.Suite {
		return quality.Suite{Name: name, Table: "nba.games", Date: "game_date", Rules: []quality.Rule{{Check: c}}}
	}
	c := due{quality.Other{Table: "nba.schedule", On: byDate}, expr.Lit(true)}
	_, err := quality.NewPlan(t.Context(), engine, now, suite("a", c), suite("b", complete("game_date")))
	require.NoError(t, err)
	require.Equal(t, [][]string{{"nba.games", "nba.schedule"}}, engine.calls)

	engine.calls = nil
	_, err = quality.NewPlan(t.Context(), engine, now, suite("a", silently{}))
	require.NoError(t, err)
	require.Equal(t, [][]string{{"nba.games"}, {"nba.schedule"}}, engine.calls, "what a check does not say is asked for once it is known")
}

func TestAnOracleIsNotTheTableThatItJudges(t *testing.T) {
	src := must(rows.Columns(dates("game_date", oct(21)...), dates("day", oct(21)...)))
	other := must(rows.Columns(dates("day", oct(21)...)))
	engine := rows.NewEngine(map[string]expr.Source{"nba.games": src, "nba.due": src, "nba.schedule": other})
	for table, reason := range map[string]string{
		"nba.schedule": "1 of 1",
		"nba.games":    "could not be evaluated: nba.games says what is due in nba.games, and they are the same rows: an oracle is kept apart from the table that it judges",
		"nba.due":      "could not be evaluated: nba.due says what is due in nba.games, and they are the same rows: an oracle is kept apart from the table that it judges",
	} {
		c := due{quality.Other{Table: table, On: byDate, Oracle: true}, expr.Lit(true)}
		require.Equal(t, reason, judged(t, engine, quality.Suite{}, c).Reason)
		c.other.Oracle = false
		require.Equal(t, "1 of 1", judged(t, engine, quality.Suite{}, c).Reason, "what is no oracle may be the table itself")
	}
}

func TestSameRowsUnderWhateverName(t *testing.T) {
	base := quality.Identity{Of: []string{"games"}}
	view := quality.Identity{Of: []string{"v"}, Behind: []string{"games", "teams"}}
	for _, tt := range []struct {
		name string
		a, b quality.Identity
		same bool
	}{
		{"one table", base, base, true},
		{"a view and what it reads", base, view, true},
		{"a file in common", quality.Identity{Of: []string{"1", "2"}}, quality.Identity{Of: []string{"2", "3"}}, true},
		{"two views of the same", view, quality.Identity{Of: []string{"w"}, Behind: []string{"teams", "games"}}, true},
		{"two views with a table in common", view, quality.Identity{Of: []string{"w"}, Behind: []string{"teams", "schedule"}}, false},
		{"two tables", base, quality.Identity{Of: []string{"teams"}}, false},
		{"nothing is known", quality.Identity{}, quality.Identity{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.same, tt.a.Same(tt.b))
			require.Equal(t, tt.same, tt.b.Same(tt.a))
		})
	}
}

// alarming does not say which tables it reads, and panics.
type alarming struct{ due }

func (alarming) Others() []quality.Other { panic("no idea") }

func TestACheckThatPanicsOfItsTablesIsUnknown(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{"nba.games": {dates("game_date", oct(21)...)}})
	got := judged(t, engine, quality.Suite{}, alarming{})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Contains(t, got.Reason, "the check panicked: no idea")
}

// opaque is an engine on which nobody knows what is behind a view.
type opaque struct{ quality.Engine }

func (o opaque) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	out, err := o.Engine.Tables(ctx, names...)
	for i := range out {
		out[i].Identity.Err = errors.New("the view was not looked through")
	}
	return out, err
}

func TestAnOracleThatMayBeTheTableItselfIsRefused(t *testing.T) {
	engine := opaque{engineOf(map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21)...)},
		"nba.schedule": {dates("day", oct(21)...)},
	})}
	c := due{quality.Other{Table: "nba.schedule", On: byDate, Oracle: true}, expr.Lit(true)}
	require.Contains(t, judged(t, engine, quality.Suite{}, c).Reason, "whether nba.schedule and nba.games are the same rows cannot be said")
	c.other.Oracle = false
	require.Equal(t, "1 of 1", judged(t, engine, quality.Suite{}, c).Reason)
}
