package harness_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// What a model may be trained on: every feature by itself, no average of them.
const trainingRows = `
suite: training
table: ml.training
checks:
  - complete: {points_avg_last_5: 75%, fatigue: 100%}
    by: season
    expect: ["2024-25", "2025-26"]
  - defaults: {fatigue: [50, 0]}
    at_most: 30%
  - available: {at: line_at, before: tipoff_at}
  - complete: label
`

type TrainingRow struct {
	Season   string    `bigquery:"season"`
	Average  *float64  `bigquery:"points_avg_last_5"`
	Fatigue  float64   `bigquery:"fatigue"`
	LineAt   time.Time `bigquery:"line_at"`
	TipoffAt time.Time `bigquery:"tipoff_at"`
	Label    *int64    `bigquery:"label"`
}

// Training starts only if the suite passes. Half of a feature are values that stand for
// none, a season is not there, and a line was taken after the game had begun.
func Example_training() {
	files, err := suitefile.Parse("training.yaml", []byte(trainingRows), standard.Kinds()...)
	if err != nil {
		log.Fatal(err)
	}
	average, label, tipoff := 18.4, int64(21), time.Date(2025, 1, 5, 0, 30, 0, 0, time.UTC)
	early, late := tipoff.Add(-time.Hour), tipoff.Add(time.Minute)
	set, err := rows.Of([]TrainingRow{
		{"2024-25", &average, 61, early, tipoff, &label},
		{"2024-25", &average, 50, early, tipoff, &label},
		{"2024-25", &average, 50, early, tipoff, &label},
		{"2024-25", nil, 74, late, tipoff, &label},
	})
	if err != nil {
		log.Fatal(err)
	}
	engine := rows.NewEngine(map[string]expr.Source{"ml.training": set})
	report, err := quality.Run(context.Background(), engine, time.Now(), files[0].Suite)
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range report.Suites[0].Checks {
		for _, f := range c.Findings {
			if f.Verdict.Blocks() {
				fmt.Printf("%s: %s %s: %s\n", c.Kind, f.Segment, f.Verdict, f.Reason)
			}
		}
	}
	fmt.Println("training starts:", !report.Verdict.Blocks())
	// Output:
	// complete: season=2025-26 unknown: nothing to judge: the segment is expected, and there is no row of it
	// defaults:  fail: 2 of 4 values of fatigue are 50 or 0 (50.0%), not at_most 30%
	// available:  fail: 3 of 4 rows (75.0%), not at_least 100%: 1 row short
	// training starts: false
}
