package report_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func TestGoldenPlan(t *testing.T) {
	src, err := rows.Columns(
		rows.Column{Name: "season", Values: []string{"2022-23"}},
		rows.Column{Name: "player", Values: []string{"ann"}},
		rows.Column{Name: "usage", Values: []float64{1}},
	)
	require.NoError(t, err)
	engine := rows.NewEngine(map[string]expr.Source{"d.games": src})
	plan, err := quality.NewPlan(t.Context(), engine, quality.Suite{Name: "games", Table: "d.games", Rules: []quality.Rule{
		{Check: quality.Complete{Columns: []string{"usage"}}, By: []string{"season"}, Where: expr.Col("usage").Ge(0)},
		{Check: quality.Unique{Columns: []string{"player"}}},
		{Check: quality.Complete{Columns: []string{"usag"}}},
	}})
	require.NoError(t, err)
	cost, err := engine.Explain(t.Context(), plan)
	require.NoError(t, err)
	bytes1, bytes2 := int64(900), int64(3<<40)
	cost.Statements[0].SQL = "SELECT COUNTIF(usage >= @p1)\nFROM t"
	cost.Statements[0].Parameters = map[string]expr.Value{"p1": must(expr.ValueOf(0.0))}
	cost.Statements[0].Bytes, cost.Statements[1].Bytes = &bytes1, &bytes2

	var b bytes.Buffer
	require.NoError(t, report.Plan(&b, plan, cost, 6.25))
	golden(t, "plan.txt", b.Bytes())

	cost.Statements[1].Bytes, cost.Statements[1].Err = nil, errors.New("access denied")
	b.Reset()
	require.NoError(t, report.Plan(&b, plan, cost, 6.25))
	golden(t, "plan_refused.txt", b.Bytes())
}

func must(v expr.Value, err error) expr.Value {
	if err != nil {
		panic(err)
	}
	return v
}
