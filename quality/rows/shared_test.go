package rows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// What a subtree is asked for in all places together is what each place has of it.
func TestASubtreeOfSeveralColumnsIsMadeOnce(t *testing.T) {
	games := source(t, rows.Column{Name: "team", Values: []string{"BOS", "BOS", "LAL"}},
		rows.Column{Name: "points", Values: []int64{3, 4, 5}}, rows.Column{Name: "minutes", Values: []int64{30, 20, 10}})
	totals := quality.Read("games").Filter(expr.Col("points").Gt(3)).Aggregate(quality.Columns("team"),
		quality.SumOf(expr.Col("points")).Named("points"), quality.SumOf(expr.Col("minutes")).Named("minutes"), quality.CountRows().Named("n"))
	var points, minutes, rowsOf []string
	suite := quality.Suite{Name: "s", Table: "games", Rules: []quality.Rule{
		{Check: relationProbe{totals, []quality.Term{quality.MaxOf(expr.Col("points"))}, &points}},
		{Check: relationProbe{totals.Filter(expr.Col("n").Gt(0)), []quality.Term{quality.MaxOf(expr.Col("minutes"))}, &minutes}},
		{Check: relationProbe{
			quality.Read("games").Join(quality.LeftJoin, totals, quality.Equal("team")...),
			[]quality.Term{quality.CountWhere(expr.Col("n").Eq(1))}, &rowsOf,
		}},
	}}
	engine := rows.NewEngine(map[string]expr.Source{"games": games})
	plan, err := quality.NewPlan(t.Context(), engine, time.Unix(0, 0), suite)
	require.NoError(t, err)
	made := map[string]int{}
	for _, s := range plan.Statements {
		aggregates(s.Relation, made)
	}
	require.Len(t, made, 1, "aggregates that differ")
	_, err = quality.Run(t.Context(), engine, time.Unix(0, 0), suite)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"5"}, {"20"}, {"3"}}, [][]string{points, minutes, rowsOf})
}

func aggregates(r quality.Relation, out map[string]int) {
	if _, ok := r.Node().(quality.AggregateNode); ok {
		out[r.Key()]++
	}
	for _, in := range r.Node().Inputs() {
		aggregates(in, out)
	}
}
