package history_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/intactdata/intact/harness/history"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// A processor keeps what its suite came to on each day, and looks back.
func ExampleFile() {
	dir, err := os.MkdirTemp("", "history")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	store := history.File(filepath.Join(dir, "history.ndjson"))
	suite := quality.Suite{Name: "games", Table: "d.games", Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{"usage"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(50))}}},
	}}

	type game struct {
		Usage *float64 `bigquery:"usage"`
	}
	half := 0.5
	ctx := context.Background()
	for day, games := range [][]game{{{&half}, {&half}}, {{&half}, {nil}}} {
		source, err := rows.Of(games)
		if err != nil {
			log.Fatal(err)
		}
		engine := rows.NewEngine(map[string]expr.Source{"d.games": source})
		clock := time.Date(2026, 1, day+1, 6, 0, 0, 0, time.UTC)
		plan, measured, err := quality.Measure(ctx, engine, clock, suite)
		if err != nil {
			log.Fatal(err)
		}
		run := history.Run{ID: clock.Format("night-2006-01-02"), Report: plan.Judge(measured), Terms: plan.Terms(measured)}
		if _, err := store.Append(ctx, run.Records()); err != nil {
			log.Fatal(err)
		}
	}

	findings, _, err := store.Findings(ctx, "games", "complete:usage")
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range findings {
		fmt.Printf("%s: %d of %d, %s\n", f.RunID, *f.Numerator, *f.Denominator, *f.Verdict)
	}
	// Output:
	// night-2026-01-01: 2 of 2, pass
	// night-2026-01-02: 1 of 2, pass
}
