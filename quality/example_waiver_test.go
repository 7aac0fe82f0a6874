package quality_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// A gap that is known has an owner and an end: until then it blocks nothing, unless it
// grows beyond what it is waived down to.
func ExampleWaiver() {
	type game struct {
		Season string `bigquery:"season"`
		Pace   *int64 `bigquery:"pace"`
	}
	pace := int64(99)
	games, err := rows.Of([]game{{"2021-22", nil}, {"2021-22", &pace}, {"2022-23", &pace}})
	if err != nil {
		log.Fatal(err)
	}
	suite := quality.Suite{
		Name: "paces", Table: "nba.team_game",
		Rules: []quality.Rule{{
			Check: checks.Complete{Columns: []string{"pace"}},
			By:    []string{"season"},
			Waiver: &quality.Waiver{
				Owner: "ana", Reason: "the provider lost October 2021", Until: civil.Date{Year: 2026, Month: time.March, Day: 31},
				Segments: [][]any{{"2021-22"}}, DownTo: quality.Percent(40),
			},
		}},
	}
	engine := rows.NewEngine(map[string]expr.Source{"nba.team_game": games})
	for _, day := range []int{31, 32} {
		report, err := quality.Run(context.Background(), engine, time.Date(2026, time.March, day, 12, 0, 0, 0, time.UTC), suite)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(report.At.Format(time.DateOnly), report.Verdict)
		for _, f := range report.Suites[0].Checks[0].Findings {
			fmt.Printf("  %s %s: %s\n", f.Segment, f.Verdict, f.Reason)
		}
	}
	// Output:
	// 2026-03-31 waived
	//   season=2021-22 waived: waived by ana until 2026-03-31, the provider lost October 2021: 1 of 2 rows (50.0%), not at_least 100%: 1 row short
	//   season=2022-23 pass: 1 of 1 row (100.0%)
	// 2026-04-01 fail
	//   season=2021-22 fail: 1 of 2 rows (50.0%), not at_least 100%: 1 row short (the waiver of ana expired on 2026-03-31)
	//   season=2022-23 pass: 1 of 1 row (100.0%)
}
