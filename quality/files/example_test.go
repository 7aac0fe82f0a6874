package files_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
)

func ExampleOpen() {
	source, err := files.Open([]string{"../../testdata/night/player_game.csv.gz"}, files.Options{
		Types: map[string]expr.Type{"game_id": expr.String},
	})
	if err != nil {
		log.Fatal(err)
	}
	engine := rows.NewEngine(map[string]expr.Source{"nba.player_game": source})
	report, err := quality.Run(context.Background(), engine, time.Now(), quality.Suite{
		Name:  "player_game",
		Table: "nba.player_game",
		Rules: []quality.Rule{{
			Check: quality.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
			Where: expr.Col("minutes_played").Gt(0),
			By:    []string{"season"},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Suites[0].Checks[0].Findings {
		fmt.Println(f.Verdict, f.Segment)
	}
	// Output:
	// fail season=2022-23
	// fail season=2023-24
	// fail season=2025-26
}

func ExampleExpand() {
	paths, err := files.Expand("../../testdata/*/team_offense.csv.gz")
	fmt.Println(paths, err)
	_, err = files.Expand("../../testdata/*/team_ofense.csv.gz")
	fmt.Println(err)
	// Output:
	// [../../testdata/clean/team_offense.csv.gz ../../testdata/night/team_offense.csv.gz] <nil>
	// no file matches "../../testdata/*/team_ofense.csv.gz"
}
