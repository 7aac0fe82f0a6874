package quality_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// panicky is a check of somebody's own that panics.
type panicky struct {
	half
	asked, judging bool
}

func (c panicky) Metrics(s quality.Scope) ([]quality.Metric, error) {
	if c.asked {
		panic("no metrics today")
	}
	return c.half.Metrics(s)
}

func (c panicky) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	if c.judging {
		panic(errors.New("no judgement today"))
	}
	return c.half.Judge(s, m)
}

func TestACheckThatPanicsIsUnknownAndTakesNoOtherWithIt(t *testing.T) {
	of := half{col("good").IsNull()}
	got := outcomes(t, brokenSource{},
		quality.Rule{ID: "asked", Check: panicky{of, true, false}},
		quality.Rule{ID: "judging", Check: panicky{of, false, true}},
		quality.Rule{ID: "good", Check: complete("good")},
	)
	assert.Regexp(t, `^unknown: could not be evaluated: the check panicked: no metrics today \(in .*panicky\.Metrics, panic_test\.go:\d+\)$`, got["asked"])
	assert.Regexp(t, `^unknown: the check panicked: no judgement today \(in .*panicky\.Judge, panic_test\.go:\d+\)`, got["judging"])
	assert.Equal(t, "pass: 2 of 2 rows (100.0%)", got["good"])
}

// panickySource is rows whose reading panics.
type panickySource struct {
	brokenSource
	schema bool
}

func (s panickySource) Schema(ctx context.Context) (expr.Schema, error) {
	if s.schema {
		panic("no schema today")
	}
	return s.brokenSource.Schema(ctx)
}

func (panickySource) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(func(*expr.Batch, error) bool) { panic("no rows today") }
}

func TestASourceThatPanicsIsUnknownAndTakesNoOtherWithIt(t *testing.T) {
	engine := rows.NewEngine(map[string]expr.Source{
		"good": brokenSource{}, "schema": panickySource{schema: true}, "rows": panickySource{},
	})
	var suites []quality.Suite
	for _, table := range []string{"schema", "rows", "good"} {
		suites = append(suites, quality.Suite{Name: table, Table: table, Rules: []quality.Rule{{Check: complete("good")}}})
	}
	report, err := quality.Run(t.Context(), engine, now, suites...)
	require.NoError(t, err)
	for i, says := range []string{"no schema today", "no rows today"} {
		assert.Equal(t, quality.Unknown, report.Suites[i].Verdict)
		assert.Contains(t, report.Suites[i].Checks[0].Reason, "the source of the rows panicked: "+says)
	}
	assert.Equal(t, quality.Pass, report.Suites[2].Verdict)
}
