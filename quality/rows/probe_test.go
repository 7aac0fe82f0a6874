package rows_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// probe is a check that judges nothing: it hands out what was measured.
type probe struct {
	metrics []quality.Metric
	got     *[]measured
}

type measured struct {
	segment    quality.Segment
	population quality.Counts
	values     []quality.Measurement
}

func (probe) Describe() quality.Description {
	return quality.Description{Kind: "probe", JudgesZero: true}
}

func (p probe) Metrics(quality.Scope) ([]quality.Metric, error) { return p.metrics, nil }

func (p probe) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for s := range m.Segments() {
		x := measured{segment: s, population: m.Population(s)}
		for _, metric := range p.metrics {
			v, err := m.Get(metric, s)
			if err != nil {
				return nil // and the report says so
			}
			x.values = append(x.values, v)
		}
		*p.got = append(*p.got, x)
		out = append(out, quality.Finding{Segment: s, Verdict: quality.Pass})
	}
	return out
}

// measure runs metrics over a source by themselves.
func measure(t require.TestingT, src expr.Source, only, where expr.Expr, by []string, metrics ...quality.Metric) []measured {
	var got []measured
	report, err := quality.Run(context.Background(),
		rows.NewEngine(map[string]expr.Source{"t": src}), time.Unix(0, 0),
		quality.Suite{Name: "probe", Table: "t", Where: only, Rules: []quality.Rule{{Check: probe{metrics, &got}, Where: where, By: by}}})
	require.NoError(t, err)
	require.NotContains(t, report.Suites[0].Checks[0].Reason, "could not be evaluated")
	return got
}

// collect is a source's rows as one row of values after another.
func collect(t *testing.T, src expr.Source) [][]any {
	t.Helper()
	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	var names []string
	for _, f := range schema {
		names = append(names, f.Name)
	}
	var out [][]any
	for b, err := range src.Scan(t.Context(), names) {
		require.NoError(t, err)
		for i := range b.Rows {
			var row []any
			for c := range b.Columns {
				require.NoError(t, b.Columns[c].Err)
				row = append(row, b.Columns[c].Value(i).Go())
			}
			out = append(out, row)
		}
	}
	return out
}
