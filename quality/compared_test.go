package quality_test

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// scanned is a source that remembers how often it is scanned.
type scanned struct {
	expr.Source
	scans int
}

func (c *scanned) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	c.scans++
	return c.Source.Scan(ctx, columns)
}

// steady claims that each season has at least half as many rows as the one before.
type steady struct{}

func (steady) Describe() quality.Description { return quality.Description{Kind: "steady"} }

func (steady) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{steady{}.asks()}, nil
}

func (steady) asks() quality.Request {
	return quality.Request{Metric: quality.Tally{Of: expr.Lit(true)}}
}

func (c steady) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var before *quality.Counts
	return quality.EachSegment(m, c.asks(), func(seg quality.Segment, n quality.Counts) quality.Finding {
		f := quality.Finding{Segment: seg, Verdict: quality.Pass, Reason: "the first"}
		if before != nil {
			f.Reason = fmt.Sprintf("%d rows after %d", n.Rows(), before.Rows())
			if 2*n.Rows() < before.Rows() {
				f.Verdict = quality.Fail
			}
		}
		before = &n
		return f
	})
}

func TestEachSeasonIsComparedWithTheOneBeforeInOneStatementAndOneScan(t *testing.T) {
	src := &scanned{Source: must(rows.Columns(texts("season", "2024-25", "2022-23", "2023-24", "2023-24", "2023-24", "2022-23")))}
	engine := rows.NewEngine(map[string]expr.Source{"nba.games": src})
	suite := quality.Suite{Name: "s", Table: "nba.games", Rules: []quality.Rule{{Check: steady{}, By: []string{"season"}}}}
	plan, err := quality.NewPlan(t.Context(), engine, now, suite)
	require.NoError(t, err)
	require.Len(t, plan.Statements, 1)
	ms, err := engine.Measure(t.Context(), plan)
	require.NoError(t, err)
	require.Equal(t, 1, src.scans)

	var lines []string
	for _, f := range plan.Judge(ms).Suites[0].Checks[0].Findings {
		lines = append(lines, fmt.Sprintf("%s %s: %s", f.Segment, f.Verdict, f.Reason))
	}
	require.Equal(t, []string{
		"season=2022-23 pass: the first",
		"season=2023-24 pass: 3 rows after 2",
		"season=2024-25 fail: 1 rows after 3",
	}, lines)
}

// overdue claims that what was due by now has a value. What is due later waits.
type overdue struct{ column, due string }

func (overdue) Describe() quality.Description { return quality.Description{Kind: "overdue"} }

func (c overdue) late(s quality.Scope) quality.Request {
	return quality.Request{Metric: quality.Tally{Of: col(c.column).IsNull().And(col(c.due).Le(s.Now))}}
}

func (c overdue) early(s quality.Scope) quality.Request {
	return quality.Request{Metric: quality.Tally{Of: col(c.column).IsNull().And(col(c.due).Gt(s.Now))}}
}

func (c overdue) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.late(s), c.early(s)}, nil
}

func (c overdue) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, c.late(s), func(seg quality.Segment, late quality.Counts) quality.Finding {
		f := quality.Finding{Segment: seg, Verdict: quality.Pass, Reason: "all there"}
		early, err := quality.Get[quality.Counts](m, c.early(s), seg)
		switch {
		case err != nil || late.True > 0:
			f.Verdict, f.Reason = quality.Fail, fmt.Sprintf("%d overdue", late.True)
		case early.True > 0:
			f.Verdict, f.Reason = quality.Waiting, fmt.Sprintf("%d not due yet", early.True)
		}
		return f
	})
}

func TestWhatIsNotDueYetWaitsDateByDate(t *testing.T) {
	at := column[time.Time]("due",
		now.Add(-time.Hour), now.Add(-time.Hour), // of one date, all there
		now, now.Add(time.Hour), // of another, one of them due this instant
		now.Add(time.Second)) // of a third
	rule := quality.Rule{Check: overdue{"usage_rate", "due"}, By: []string{"game_date"}}
	got := check(t, quality.Suite{Date: "game_date"}, rule, at, floats("usage_rate", 1.0, 2.0, nil, nil, nil),
		dates("game_date", day(2026, 1, 13), day(2026, 1, 13), day(2026, 1, 14), day(2026, 1, 14), day(2026, 1, 15)))
	var lines []string
	for _, f := range got.Findings {
		lines = append(lines, fmt.Sprintf("%s %s: %s", f.Segment, f.Verdict, f.Reason))
	}
	require.Equal(t, []string{
		"game_date=2026-01-13 pass: all there",
		"game_date=2026-01-14 fail: 1 overdue",
		"game_date=2026-01-15 waiting: 1 not due yet",
	}, lines)
}
