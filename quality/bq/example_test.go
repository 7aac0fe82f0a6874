package bq_test

import (
	"context"
	"fmt"
	"time"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
)

// A run under a cap on what it may cost, at one instant for all tables.
func ExampleNew() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	client, err := bigquery.NewClient(ctx, "my-project")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()
	engine, err := bq.New(client, bq.Options{
		MaxBytesBilled: 100 << 30,
		Labels:         map[string]string{"tool": "intact"},
		SnapshotAt:     time.Now().Add(-time.Minute),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	suite := quality.Suite{
		Name:  "player_game_summary",
		Table: "nba_analytics.player_game_summary",
		Date:  "game_date",
		Rules: []quality.Rule{{
			Check: quality.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
			Where: quality.Col("minutes_played").Gt(0),
			By:    []string{"season"},
		}},
	}
	report, err := quality.Run(ctx, engine, time.Now(), suite)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Verdict)
}
