package bq_test

import (
	"context"
	"time"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/checks"
)

func checkOnBigQuery(ctx context.Context, suites ...quality.Suite) error {
	client, err := bigquery.NewClient(ctx, bigquery.DetectProjectID)
	if err != nil {
		return err
	}
	defer client.Close()
	engine, err := bq.New(client, bq.Options{MaxBytesBilled: 100 << 30, Labels: map[string]string{"job": "phase4"}})
	if err != nil {
		return err
	}
	report, err := quality.Run(ctx, engine, time.Now(), suites...)
	if err != nil {
		return err
	}
	return report.Err()
}

// It needs credentials, so it is compiled and not run.
func ExampleNew() {
	suite := quality.Suite{
		Name:  "player_game_summary",
		Table: "nba_analytics.player_game_summary",
		Date:  "game_date",
		Rules: []quality.Rule{{Check: checks.Unique{Columns: []string{"game_date", "player_lookup"}}}},
	}
	if err := checkOnBigQuery(context.Background(), suite); err != nil {
		panic(err)
	}
}
