package quality_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/rows"
)

// brokenSource is rows of which something cannot be read.
type brokenSource struct {
	columns map[string]error // those that are poisoned
	end     error            // what ends the rows
	cancel  context.CancelFunc
}

func (brokenSource) Schema(context.Context) (quality.Schema, error) {
	return quality.Schema{{Name: "good", Type: quality.Int64}, {Name: "bad", Type: quality.Int64}}, nil
}

func (s brokenSource) Scan(_ context.Context, columns []string) iter.Seq2[*quality.Batch, error] {
	return func(yield func(*quality.Batch, error) bool) {
		b := &quality.Batch{Rows: 2, Columns: make([]quality.Vector, len(columns))}
		for i, name := range columns {
			b.Columns[i].Reset(quality.Int64, b.Rows)
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

func outcomes(t *testing.T, src quality.Source, rules ...quality.Rule) map[string]string {
	t.Helper()
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]quality.Source{"t": src}), now,
		quality.Suite{Name: "s", Table: "t", Rules: rules})
	require.NoError(t, err)
	out := map[string]string{}
	for _, c := range report.Suites[0].Checks {
		out[c.ID] = c.Verdict.String() + ": " + c.Reason
		if c.Verdict == quality.Unknown {
			require.Empty(t, c.Findings, "what could not be evaluated has no figures")
		}
	}
	return out
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
		"column": `unknown: could not be evaluated: there is no column "godo" (did you mean good?)`,
		"where":  `unknown: could not be evaluated: where: goods > 0: there is no column "goods" (did you mean good?)`,
		"by":     `unknown: could not be evaluated: by: there is no column "colour"`,
		"key":    `unknown: could not be evaluated: there is no column "goood" (did you mean good?)`,
	}, outcomes(t, brokenSource{},
		quality.Rule{ID: "good", Check: complete("good")},
		quality.Rule{ID: "column", Check: complete("godo")},
		quality.Rule{ID: "where", Check: complete("good"), Where: col("goods").Gt(0)},
		quality.Rule{ID: "by", Check: complete("good"), By: []string{"colour"}},
		quality.Rule{ID: "key", Check: unique("goood")},
	))
}

func TestWhatARuleCannotMeanIsUnknown(t *testing.T) {
	const unknown = "unknown: could not be evaluated: "
	require.Equal(t, map[string]string{
		"filter":  unknown + "where: good is INT64; a filter is TRUE, FALSE or NULL",
		"expect":  unknown + "expect: a segment of good cannot be 2022-23: '2022-23' is no INT64",
		"missing": unknown + "missing: 'none' fits the type of none of the columns",
		"raw":     unknown + "raw SQL {MOD(good, 2) = 0} needs an engine that runs SQL; rows in memory cannot answer it",
	}, outcomes(t, brokenSource{},
		quality.Rule{ID: "filter", Check: complete("good"), Where: col("good")},
		quality.Rule{ID: "expect", Check: complete("good"), By: []string{"good"}, Expect: [][]any{{"2022-23"}}},
		quality.Rule{ID: "missing", Check: quality.Complete{Columns: []string{"good"}, Missing: []quality.Value{value("none")}}},
		quality.Rule{ID: "raw", Check: complete("good"), Where: quality.RawSQL("MOD(good, 2) = 0")},
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
	engine := rows.NewEngine(map[string]quality.Source{"games": brokenSource{}})
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
		_, err := quality.Run(ctx, rows.NewEngine(map[string]quality.Source{"t": brokenSource{}}), now, suite)
		require.ErrorIs(t, err, why)
	})
	t.Run("while rows are read", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		src := brokenSource{cancel: func() { cancel(why) }}
		_, err := quality.Run(ctx, rows.NewEngine(map[string]quality.Source{"t": src}), now, suite)
		require.ErrorIs(t, err, why)
	})
}

// silentEngine answers about columns and measures nothing.
type silentEngine struct{ *rows.Engine }

func (silentEngine) Measure(context.Context, *quality.Plan) (*quality.Measurements, error) {
	return quality.NewMeasurements(), nil
}

func TestMetricThatTheEngineForgotIsUnknown(t *testing.T) {
	engine := silentEngine{rows.NewEngine(map[string]quality.Source{"t": brokenSource{}})}
	report, err := quality.Run(t.Context(), engine, now,
		quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{{Check: rowCount(quality.AtMost(quality.Count(0)))}}})
	require.NoError(t, err)
	require.Equal(t, "could not be evaluated: the engine did not measure tally TRUE", report.Suites[0].Checks[0].Reason)
	require.Equal(t, quality.Unknown, report.Verdict)
}
