package report_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
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
	plan, err := quality.NewPlan(t.Context(), engine, time.Unix(0, 0), quality.Suite{Name: "games", Table: "d.games", Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{"usage"}}, By: []string{"season"}, Where: expr.Col("usage").Ge(0)},
		{Check: checks.Unique{Columns: []string{"player"}}},
		{Check: checks.Complete{Columns: []string{"usag"}}},
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

// How the rows are made is told where they are not a table's, and so is a table that is
// read whole though the suite has dates.
func TestGoldenPlanOfMadeRows(t *testing.T) {
	day := civil.Date{Year: 2024, Month: time.January, Day: 3}
	games, err := rows.Columns(rows.Column{Name: "game_date", Values: []civil.Date{day}}, rows.Column{Name: "team", Values: []string{"BOS"}})
	require.NoError(t, err)
	schedule, err := rows.Columns(
		rows.Column{Name: "day", Values: []civil.Date{day}}, rows.Column{Name: "home", Values: []string{"BOS"}},
		rows.Column{Name: "away", Values: []string{"LAL"}}, rows.Column{Name: "status", Values: []string{"final"}},
	)
	require.NoError(t, err)
	engine := rows.NewEngine(map[string]expr.Source{"nba.games": games, "nba.schedule": schedule})
	of := checks.Against{Table: "nba.schedule", Where: expr.Col("status").Eq("final"), Map: []checks.Mapping{
		{Column: "game_date", To: []expr.Expr{expr.Col("day")}},
		{Column: "team", To: []expr.Expr{expr.Col("home"), expr.Col("away")}},
	}}
	whole := checks.Against{Table: "nba.schedule", Map: []checks.Mapping{{Column: "team", To: []expr.Expr{expr.Col("home")}}}}
	plan, err := quality.NewPlan(t.Context(), engine, time.Unix(0, 0), quality.Suite{Name: "games", Table: "nba.games", Date: "game_date", From: day, Rules: []quality.Rule{
		{Check: checks.Cover{Columns: []string{"game_date", "team"}, Of: of}},
		{Check: checks.Unique{Columns: []string{"game_date", "team"}}},
		{ID: "dimension", Check: checks.Match{Columns: []string{"team"}, Of: whole}},
	}})
	require.NoError(t, err)
	cost, err := engine.Explain(t.Context(), plan)
	require.NoError(t, err)

	var b bytes.Buffer
	require.NoError(t, report.Plan(&b, plan, cost, 6.25))
	golden(t, "plan_relations.txt", b.Bytes())
}

func must(v expr.Value, err error) expr.Value {
	if err != nil {
		panic(err)
	}
	return v
}
