package rollingsql_test

import (
	"fmt"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// The answers for one day, in the place of those that a table has of it.
func ExampleQuery_Replace() {
	last10, err := rolling.Parse("points_avg_last_10")
	if err != nil {
		panic(err)
	}
	keys := rollingsql.Keys{Entity: []string{"player"}, At: "game_date", Reset: "season"}
	columns := expr.Schema{
		{Name: "player", Type: expr.String}, {Name: "game_date", Type: expr.Date}, {Name: "season", Type: expr.String},
		{Name: "minutes_played", Type: expr.Float64}, {Name: "is_dnp", Type: expr.Bool}, {Name: "points", Type: expr.Int64},
	}
	day := civil.Date{Year: 2024, Month: 3, Day: 9}
	q := rollingsql.Query{
		Rows:     rollingsql.Source{Table: "nba.player_games", Schema: columns, Keys: keys},
		Counted:  expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0)),
		Expected: &rollingsql.Expected{Source: rollingsql.Source{Table: "nba.sheet", Schema: columns[:3], Keys: keys}},
		Specs:    []rolling.Spec{last10},
		From:     day, To: day,
	}
	acme := googlesql.Renderer{Project: "acme"}
	script, err := q.Replace(acme, "nba.player_form")
	if err != nil {
		panic(err)
	}
	statement, err := q.Select(acme)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(script.Parameters), "parameters")
	for _, column := range statement.Schema {
		fmt.Println(column.Name, column.Type)
	}
	// Output:
	// 0 parameters
	// player STRING
	// game_date DATE
	// season STRING
	// points_avg_last_10 FLOAT64
	// points_avg_last_10_reason STRING
	// points_avg_last_10_observed INT64
	// points_avg_last_10_expected INT64
	// points_avg_last_10_oldest DATE
	// points_avg_last_10_newest DATE
}
