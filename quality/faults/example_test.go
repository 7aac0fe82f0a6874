package faults_test

import (
	"context"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
)

func ExampleTable_Break() {
	type game struct {
		Season string   `bigquery:"season"`
		Usage  *float64 `bigquery:"usage_rate"`
	}
	usage := 24.1
	source, err := rows.Of([]game{{"2024-25", &usage}, {"2025-26", &usage}, {"2025-26", &usage}})
	if err != nil {
		panic(err)
	}
	table, err := faults.Hold(context.Background(), source)
	if err != nil {
		panic(err)
	}
	broken, effects, err := table.Break(1, faults.Null{Column: "usage_rate", Where: expr.Col("season").Eq("2025-26"), OneIn: 2})
	if err != nil {
		panic(err)
	}
	fmt.Println(effects[0])

	suite := quality.Suite{Name: "games", Table: "nba.games", Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{"usage_rate"}}, By: []string{"season"}},
	}}
	report, err := quality.Run(context.Background(), rows.NewEngine(map[string]expr.Source{"nba.games": broken}), time.Now(), suite)
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Err())
	// Output:
	// null usage_rate in half of the rows where season = '2025-26': 1 row
	// nba.games, complete:usage_rate by season: fail: season=2025-26: 1 of 2 rows (50.0%), not at_least 100%: 1 row short
}
