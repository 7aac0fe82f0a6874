package bq_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
)

// now is the clock of the suites.
var now = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

// fake is a BigQuery that has the table nba.games, and counts 7 rows in it.
func fake() *fakebq.Server {
	srv := fakebq.New()
	srv.AddTable("nba", "games", bqapi.Table{Schema: &bqapi.TableSchema{
		Fields: fakebq.Columns("game_date DATE", "season STRING", "points INTEGER"),
	}})
	srv.Answer = func(fakebq.Query) fakebq.Answer { return seven() }
	return srv
}

func seven() fakebq.Answer {
	return fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{7}}, Bytes: 20 << 20}
}

// someRows is a suite that needs one number: how many rows there are.
func someRows() quality.Suite {
	return quality.Suite{Name: "games", Table: "nba.games", Rules: []quality.Rule{
		{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}},
	}}
}

func engineOf(t *testing.T, srv *fakebq.Server, o bq.Options) *bq.Engine {
	t.Helper()
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	engine, err := bq.New(client, o)
	require.NoError(t, err)
	return engine
}

// planned makes a plan before anything goes wrong.
func planned(t *testing.T, engine quality.Engine, suites ...quality.Suite) *quality.Plan {
	t.Helper()
	plan, err := quality.NewPlan(t.Context(), engine, time.Unix(0, 0), suites...)
	require.NoError(t, err)
	return plan
}

// judged measures a plan and judges it.
func judged(ctx context.Context, engine quality.Engine, plan *quality.Plan) (*quality.Report, error) {
	ms, err := engine.Measure(ctx, plan)
	if err != nil {
		return nil, err
	}
	return plan.Judge(ms), nil
}
