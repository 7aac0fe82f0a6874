package quality_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// brokenSource is rows of which something cannot be read.
type brokenSource struct {
	columns map[string]error // those that are poisoned
	end     error            // what ends the rows
	cancel  context.CancelFunc
}

func (brokenSource) Schema(context.Context) (expr.Schema, error) {
	return expr.Schema{{Name: "good", Type: expr.Int64}, {Name: "bad", Type: expr.Int64}}, nil
}

func (s brokenSource) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		b := &expr.Batch{Rows: 2, Columns: make([]expr.Vector, len(columns))}
		for i, name := range columns {
			b.Columns[i].Reset(expr.Int64, b.Rows)
			b.Columns[i].Valid.Set(0)
			b.Columns[i].Valid.Set(1)
			b.Columns[i].Err = s.columns[name]
		}
		if !yield(b, nil) {
			return
		}
		if s.cancel != nil {
			s.cancel() // and say nothing, as a careless source does
		}
		if s.end != nil {
			yield(nil, s.end)
		}
	}
}

// outcomes are the verdict and the reason of each rule.
func outcomes(t *testing.T, src expr.Source, rules ...quality.Rule) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, c := range evaluate(t, src, rules...) {
		out[c.ID] = c.Verdict.String() + ": " + c.Reason
	}
	return out
}

func evaluate(t *testing.T, src expr.Source, rules ...quality.Rule) []quality.CheckReport {
	t.Helper()
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"t": src}), now,
		quality.Suite{Name: "s", Table: "t", Rules: rules})
	require.NoError(t, err)
	return report.Suites[0].Checks
}

func TestColumnThatCannotBeReadTakesOnlyItsChecks(t *testing.T) {
	src := brokenSource{columns: map[string]error{"bad": errors.New("games.csv:3: 'x' is no INT64")}}
	const unknown = "unknown: could not be evaluated: games.csv:3: 'x' is no INT64"
	require.Equal(t, map[string]string{
		"good":        "pass: 2 of 2 rows (100.0%)",
		"bad":         unknown,
		"where bad":   unknown,
		"by bad":      unknown,
		"key bad":     unknown,
		"rows by bad": unknown,
	}, outcomes(t, src,
		quality.Rule{ID: "good", Check: complete("good")},
		quality.Rule{ID: "bad", Check: complete("bad")},
		quality.Rule{ID: "where bad", Check: complete("good"), Where: col("bad").Gt(0)},
		quality.Rule{ID: "by bad", Check: complete("good"), By: []string{"bad"}},
		quality.Rule{ID: "key bad", Check: unique("good", "bad")},
		quality.Rule{ID: "rows by bad", Check: rowCount(quality.AtLeast(quality.Count(1))), By: []string{"bad"}},
	))
}

func TestMissingColumnTakesOnlyItsChecks(t *testing.T) {
	require.Equal(t, map[string]string{
		"good":   "pass: 2 of 2 rows (100.0%)",
		"column": `unknown: could not be evaluated: there is no column "godo" (did you mean "good"?)`,
		"where":  `unknown: could not be evaluated: where: goods > 0: there is no column "goods" (did you mean "good"?)`,
		"by":     `unknown: could not be evaluated: by: there is no column "colour"`,
		"key":    `unknown: could not be evaluated: there is no column "goood" (did you mean "good"?)`,
	}, outcomes(t, brokenSource{},
		quality.Rule{ID: "good", Check: complete("good")},
		quality.Rule{ID: "column", Check: complete("godo")},
		quality.Rule{ID: "where", Check: complete("good"), Where: col("goods").Gt(0)},
		quality.Rule{ID: "by", Check: complete("good"), By: []string{"colour"}},
		quality.Rule{ID: "key", Check: unique("goood")},
	))
}

func TestWhatCouldNotBeEvaluatedHasNoFigures(t *testing.T) {
	got := evaluate(t, brokenSource{}, quality.Rule{Check: complete("godo"), Where: col("good").Gt(0)})[0]
	require.Empty(t, got.Findings)
	require.Nil(t, got.WhereCounts)
}

func TestWhatARuleCannotMeanIsUnknown(t *testing.T) {
	const unknown = "unknown: could not be evaluated: "
	require.Equal(t, map[string]string{
		"filter":  unknown + "where: good is INT64; a filter is TRUE, FALSE or NULL",
		"expect":  unknown + "expect: a segment of good cannot be 2022-23: '2022-23' is no INT64 (write it without quotes, or declare good STRING)",
		"missing": unknown + "missing: 'none' fits the type of none of the columns: take it off, or declare the column STRING if it can hold it",
		"raw":     unknown + "raw SQL {MOD(good, 2) = 0} needs an engine that runs SQL; rows in memory cannot answer it",
	}, outcomes(t, brokenSource{},
		quality.Rule{ID: "filter", Check: complete("good"), Where: col("good")},
		quality.Rule{ID: "expect", Check: complete("good"), By: []string{"good"}, Expect: [][]any{{"2022-23"}}},
		quality.Rule{ID: "missing", Check: quality.Complete{Columns: []string{"good"}, Missing: []expr.Value{value("none")}}},
		quality.Rule{ID: "raw", Check: complete("good"), Where: expr.RawSQL("MOD(good, 2) = 0")},
	))
}

func TestRowsThatEndWithAnErrorMakeEverythingUnknown(t *testing.T) {
	src := brokenSource{end: errors.New("games.csv.gz: unexpected EOF")}
	const unknown = "unknown: could not be evaluated: games.csv.gz: unexpected EOF"
	require.Equal(t, map[string]string{"complete": unknown, "rows": unknown, "unique": unknown}, outcomes(t, src,
		quality.Rule{ID: "complete", Check: complete("good")},
		quality.Rule{ID: "rows", Check: rowCount(quality.AtMost(quality.Count(5)))},
		quality.Rule{ID: "unique", Check: unique("good")},
	))
}

func TestMissingTableIsUnknown(t *testing.T) {
	engine := rows.NewEngine(map[string]expr.Source{"games": brokenSource{}})
	report, err := quality.Run(t.Context(), engine, now, quality.Suite{Name: "s", Table: "gmaes", Rules: []quality.Rule{{Check: complete("good")}}})
	require.NoError(t, err)
	require.Equal(t, quality.Unknown, report.Verdict)
	require.Equal(t, "could not be evaluated: there are no rows for table gmaes; there are for [games]", report.Suites[0].Checks[0].Reason)
}

func TestCancelledRunIsAnError(t *testing.T) {
	why := errors.New("time is up")
	suite := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{{Check: complete("good")}}}

	t.Run("before it begins", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(why)
		_, err := quality.Run(ctx, rows.NewEngine(map[string]expr.Source{"t": brokenSource{}}), now, suite)
		require.ErrorIs(t, err, why)
		require.ErrorIs(t, err, context.Canceled)
	})
	t.Run("while rows are read", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		src := brokenSource{cancel: func() { cancel(why) }}
		_, err := quality.Run(ctx, rows.NewEngine(map[string]expr.Source{"t": src}), now, suite)
		require.ErrorIs(t, err, why)
		require.ErrorIs(t, err, context.Canceled)
	})
}

// tellingEngine answers about columns, and measures what it is told to.
type tellingEngine struct {
	*rows.Engine
	tell func(*quality.Measurements, *quality.Request)
}

func (e tellingEngine) Measure(_ context.Context, p *quality.Plan) (*quality.Measurements, error) {
	out := quality.NewMeasurements()
	for _, s := range p.Statements {
		for _, r := range s.Requests {
			e.tell(out, r)
		}
	}
	return out, nil
}

// told runs one rule on what an engine says to have measured.
func told(t *testing.T, rule quality.Rule, tell func(*quality.Measurements, *quality.Request)) quality.CheckReport {
	t.Helper()
	engine := tellingEngine{rows.NewEngine(map[string]expr.Source{"t": brokenSource{}}), tell}
	report, err := quality.Run(t.Context(), engine, now, quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{rule}})
	require.NoError(t, err)
	return report.Suites[0].Checks[0]
}

func TestMetricThatTheEngineForgotIsUnknown(t *testing.T) {
	got := told(t, quality.Rule{Check: rowCount(quality.AtMost(quality.Count(0)))}, func(*quality.Measurements, *quality.Request) {})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, "could not be evaluated: the engine did not measure tally TRUE", got.Reason)
}

func TestFailureWithoutAReasonIsUnknown(t *testing.T) {
	got := told(t, quality.Rule{Check: complete("good")}, func(m *quality.Measurements, r *quality.Request) {
		m.Fail(r, nil)
		m.Add(r, quality.Segment{}, quality.Counts{True: 1}) // too late
	})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, "could not be evaluated: the engine gave no reason", got.Reason)
}

func TestMeasurementOfAnotherKindIsUnknown(t *testing.T) {
	got := told(t, quality.Rule{Check: complete("good")}, func(m *quality.Measurements, r *quality.Request) {
		m.Add(r, quality.Segment{}, quality.KeyCounts{Rows: 1})
	})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, "could not be evaluated: tally TRUE was measured as quality.KeyCounts, not as quality.Counts", got.Reason)

	got = told(t, quality.Rule{Check: unique("good")}, func(m *quality.Measurements, r *quality.Request) {
		m.Add(r, quality.Segment{}, quality.Counts{True: 1})
	})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, "keys good was measured as quality.Counts, not as quality.KeyCounts", got.Reason)
}

// Whatever an engine says, counts that no rows can have are no measurement.
func TestCountsThatContradictThemselvesAreUnknown(t *testing.T) {
	const most = math.MaxInt64
	for says, c := range map[string]quality.Counts{
		"TRUE for -1, FALSE for 2 and NULL for 1 of 2 rows": {True: -1, False: 2, Null: 1},
		"TRUE for 5, FALSE for 3 and NULL for -1 of 7 rows": {True: 5, False: 3, Null: -1},
		"of 0 rows": {True: most, False: most, Null: 2},
	} {
		got := told(t, quality.Rule{Check: complete("good")}, func(m *quality.Measurements, r *quality.Request) { m.Add(r, quality.Segment{}, c) })
		require.Equal(t, quality.Unknown.String(), got.Verdict.String(), says)
		require.Contains(t, got.Reason, "the counts contradict each other", says)
		require.Contains(t, got.Reason, says)
	}
	for says, k := range map[string]quality.KeyCounts{
		"of 7 rows 4 are the first of their key, 2 beyond it (of 1 keys) and 0 without a key":  {Rows: 7, Distinct: 4, Duplicated: 1, Surplus: 2},
		"of 7 rows 5 are the first of their key, 2 beyond it (of 3 keys) and 0 without a key":  {Rows: 7, Distinct: 5, Duplicated: 3, Surplus: 2},
		"of 7 rows 8 are the first of their key, 0 beyond it (of 0 keys) and -1 without a key": {Rows: 7, Distinct: 8, Null: -1},
		"of 7 rows 9223372036854775807 are the first":                                          {Rows: 7, Distinct: most, Surplus: most, Null: 9},
	} {
		got := told(t, quality.Rule{Check: unique("good")}, func(m *quality.Measurements, r *quality.Request) {
			if r.Metric.Class() == quality.Fold {
				m.Add(r, quality.Segment{}, quality.Counts{True: 7})
				return
			}
			m.Add(r, quality.Segment{}, k)
		})
		require.Equal(t, quality.Unknown.String(), got.Verdict.String(), says)
		require.Contains(t, got.Reason, says)
	}
}

func TestASegmentThatIsMeasuredTwiceIsUnknown(t *testing.T) {
	in := quality.NewSegment([]string{"good"}, []expr.Value{value(int64(1))})
	got := told(t, quality.Rule{Check: complete("bad"), By: []string{"good"}}, func(m *quality.Measurements, r *quality.Request) {
		m.Add(r, in, quality.Counts{True: 2})
		m.Add(r, in, quality.Counts{True: 2})
	})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Equal(t, "could not be evaluated: the same segment was measured twice in good=1", got.Reason)
}

// A table that is written to while its statements run one after the other gives
// figures that belong to no state of it.
func TestTableThatChangesWhileItIsReadIsUnknown(t *testing.T) {
	in := func(good int64) quality.Segment {
		return quality.NewSegment([]string{"good"}, []expr.Value{value(good)})
	}
	for _, tt := range []struct {
		name   string
		keys   map[int64]int64 // rows of each segment when the keys were counted; two were there
		reason string
	}{
		{"rows came", map[int64]int64{1: 3}, "keys bad was measured of 3 rows and 2 counted in good=1"},
		{"rows went", map[int64]int64{1: 1}, "keys bad was measured of 1 row and 2 counted in good=1"},
		{"a segment came", map[int64]int64{1: 2, 5: 1}, "keys bad was measured in a segment that has no row"},
		{"a segment went", nil, "keys bad was measured of 0 rows and 2 counted in good=1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := told(t, quality.Rule{Check: unique("bad"), By: []string{"good"}}, func(m *quality.Measurements, r *quality.Request) {
				m.Done(r)
				if r.Metric.Class() == quality.Fold {
					m.Add(r, in(1), quality.Counts{True: 2})
					return
				}
				for segment, n := range tt.keys {
					m.Add(r, in(segment), quality.KeyCounts{Rows: n, Distinct: n})
				}
			})
			require.Equal(t, quality.Unknown.String(), got.Verdict.String())
			require.Equal(t, "could not be evaluated: the table changed while it was read: "+tt.reason, got.Reason)
		})
	}
}
