package rows_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Rows that a program holds are checked before they are written anywhere.
func ExampleOf() {
	type score struct {
		Date   civil.Date `bigquery:"game_date"`
		Player string     `bigquery:"player"`
		Points *int       `bigquery:"points"` // nil: did not play
	}
	opening := civil.Date{Year: 2025, Month: 10, Day: 21}
	src, err := rows.Of([]score{{opening, "sga", new(int)}, {opening, "kd", nil}, {opening, "sga", new(int)}})
	if err != nil {
		log.Fatal(err)
	}
	engine := rows.NewEngine(map[string]expr.Source{"scores": src})
	report, err := quality.Run(context.Background(), engine, time.Now(), quality.Suite{
		Name: "scores", Table: "scores", Date: "game_date",
		Rules: []quality.Rule{{Check: quality.Unique{Columns: []string{"game_date", "player"}}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict, "-", report.Suites[0].Checks[0].Reason)
	// Output: fail - 1 surplus row of 1 duplicate key: 2 keys in 3 rows
}

// Columns are measured where they lie. What is not valid is NULL.
func ExampleColumns() {
	src, err := rows.Columns(
		rows.Column{Name: "season", Values: []string{"2024-25", "2024-25", "2025-26"}},
		rows.Column{Name: "pace", Values: []float64{99.1, 0, 101.4}, Valid: []bool{true, false, true}},
	)
	if err != nil {
		log.Fatal(err)
	}
	engine := rows.NewEngine(map[string]expr.Source{"t": src})
	report, err := quality.Run(context.Background(), engine, time.Now(), quality.Suite{
		Name: "pace", Table: "t",
		Rules: []quality.Rule{{Check: quality.Complete{Columns: []string{"pace"}}, By: []string{"season"}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Suites[0].Checks[0].Findings {
		fmt.Println(f.Segment, f.Verdict)
	}
	// Output:
	// season=2024-25 fail
	// season=2025-26 pass
}
