package bq_test

import (
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
)

// jobs are the queries that were run, without dry runs.
func jobs(srv *fakebq.Server) []fakebq.Query {
	var out []fakebq.Query
	for _, r := range srv.Requests() {
		if r.Query != nil && !r.Query.DryRun {
			out = append(out, *r.Query)
		}
	}
	return out
}

// A statement of two suites heeds the cap of both, and has the labels of both.
func TestASuiteCapsAndLabelsItsJobs(t *testing.T) {
	srv := fake()
	engine := engineOf(t, srv, bq.Options{MaxBytesBilled: 1 << 40, Labels: map[string]string{"tool": "intact"}})
	one, two := someRows(), someRows()
	one.MaxBytes, one.Labels = 2<<30, map[string]string{"team": "data", "tool": "mine"}
	two.Name, two.MaxBytes, two.Labels = "two", 1<<30, map[string]string{"phase": "4"}
	_, err := quality.Run(t.Context(), engine, now, one, two)
	require.NoError(t, err)
	ran := jobs(srv)
	require.Len(t, ran, 1)
	require.EqualValues(t, 1<<30, ran[0].MaximumBytesBilled)
	require.Equal(t, map[string]string{"tool": "intact", "team": "data", "phase": "4"}, ran[0].Labels)
}

func TestAQueryOverTheCapOfItsSuiteIsUnknown(t *testing.T) {
	engine := engineOf(t, fake(), bq.Options{})
	suite := someRows()
	suite.MaxBytes = 20<<20 - 1
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	require.Equal(t, quality.Unknown, report.Verdict)
	require.Contains(t, report.Suites[0].Checks[0].Reason, "the query would be billed for more than the cap allows: narrow the dates, or raise the cap")
}

// The fake reads 20 MiB for each query.
func TestTheCostOfARunIsSummed(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "teams", bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns("team STRING")}})
	one, two, same := someRows(), someRows(), someRows()
	two.Name, two.Table, same.Name = "teams", "nba.teams", "again"
	report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{NoSnapshot: true}), now, one, two, same)
	require.NoError(t, err)
	require.Equal(t, quality.Pass, report.Verdict)
	require.Equal(t, 2, report.Queries)
	require.EqualValues(t, 40<<20, *report.BytesScanned)
	require.EqualValues(t, 40<<20, *report.BytesBilled)
	require.EqualValues(t, 20<<20, *report.Suites[2].BytesScanned) // which another suite has as well
}

// The day of ingestion can be the date column: the queries are bounded by it, as a
// table that requires it wants.
func TestTheDayOfIngestionIsADateColumn(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "raw", bqapi.Table{
		Schema:                 &bqapi.TableSchema{Fields: fakebq.Columns("points INTEGER")},
		RequirePartitionFilter: true, TimePartitioning: &bqapi.TimePartitioning{Type: "DAY"},
	})
	suite := someRows()
	suite.Table = "nba.raw"
	engine := engineOf(t, srv, bq.Options{})
	explained := func() error {
		cost, err := engine.Explain(t.Context(), planned(t, engine, suite))
		require.NoError(t, err)
		require.Len(t, cost.Statements, 1)
		return cost.Statements[0].Err
	}
	require.ErrorContains(t, explained(), "without a filter over column(s)")
	suite.Date, suite.From = "_PARTITIONDATE", civil.Date{Year: 2024, Month: 1, Day: 1}
	require.NoError(t, explained())
	suite.Date, suite.Zone = "_PARTITIONTIME", "America/New_York"
	require.NoError(t, explained())
}
