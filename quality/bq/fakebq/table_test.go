package fakebq_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bq "google.golang.org/api/bigquery/v2"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

func TestMetadata(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("d", "EU")
	srv.AddTable("d", "t", bq.Table{
		Schema:           &bq.TableSchema{Fields: fakebq.Columns("game_date DATE REQUIRED", "points FLOAT")},
		TimePartitioning: &bq.TimePartitioning{Type: "DAY", Field: "game_date", ExpirationMs: 86400000},
		Clustering:       &bq.Clustering{Fields: []string{"points"}},
		Labels:           map[string]string{"owner": "nba"},
	})
	client := clientOf(t, srv)

	ds, err := client.Dataset("d").Metadata(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "EU", ds.Location)
	table, err := client.Dataset("d").Table("t").Metadata(t.Context())
	require.NoError(t, err)
	require.Len(t, table.Schema, 2)
	assert.Equal(t, bigquery.DateFieldType, table.Schema[0].Type)
	assert.True(t, table.Schema[0].Required)
	assert.False(t, table.Schema[1].Required)
	assert.Equal(t, "game_date", table.TimePartitioning.Field)
	assert.Equal(t, bigquery.RegularTable, table.Type)
	assert.Equal(t, map[string]string{"owner": "nba"}, table.Labels)

	_, err = client.Dataset("e").Metadata(t.Context())
	assert.Equal(t, "404 notFound", codeAndReason(err))
	assert.ErrorContains(t, err, "Dataset fake:e")
	_, err = client.Dataset("d").Table("u").Metadata(t.Context())
	assert.Equal(t, "404 notFound", codeAndReason(err))
	assert.ErrorContains(t, err, "Table fake:d.u")
}

func TestRequiredPartitionFilter(t *testing.T) {
	srv := seven()
	srv.AddTable("d", "t", bq.Table{
		RequirePartitionFilter: true,
		TimePartitioning:       &bq.TimePartitioning{Type: "DAY", Field: "game_date"},
	})
	srv.AddTable("d", "ingested", bq.Table{RequirePartitionFilter: true, TimePartitioning: &bq.TimePartitioning{Type: "DAY"}})
	srv.AddTable("d", "free", bq.Table{TimePartitioning: &bq.TimePartitioning{Type: "DAY", Field: "game_date"}})
	client := clientOf(t, srv)
	for sql, missing := range map[string]string{
		"SELECT COUNT(*) FROM `fake.d.t`":                                           "game_date",
		"SELECT game_date FROM `fake`.`d`.`t`":                                      "game_date",
		"SELECT COUNT(*) FROM d.t WHERE points > 0":                                 "game_date",
		"SELECT COUNT(*) FROM d.t WHERE my_game_date > '2024-01-01'":                "game_date",
		"SELECT COUNT(*) FROM d.ingested":                                           "_PARTITIONDATE",
		"SELECT COUNT(*) FROM d.ingested WHERE _PARTITIONTIME > @t":                 "",
		"SELECT COUNT(*) FROM `fake.d.t` WHERE (`game_date` BETWEEN @from AND @to)": "",
		"select count(*) from d.t where Game_Date = @day":                           "",
		"SELECT COUNT(*) FROM d.free":                                               "",
		"SELECT COUNT(*) FROM d.t2":                                                 "",
	} {
		dry := client.Query(sql)
		dry.DryRun = true
		_, dryErr := dry.Run(t.Context())
		_, err := read(t.Context(), client.Query(sql))
		if missing == "" {
			assert.NoError(t, err, sql)
			assert.NoError(t, dryErr, sql)
			continue
		}
		assert.Equal(t, "400 invalidQuery", codeAndReason(err), sql)
		assert.Equal(t, "400 invalidQuery", codeAndReason(dryErr), sql)
		assert.ErrorContains(t, err, "without a filter over column(s)", sql)
		assert.ErrorContains(t, err, missing, sql)
	}
}

func TestAQueryRunsWhereItsTableIs(t *testing.T) {
	srv := seven()
	srv.AddTable("d", "t", bq.Table{Location: "EU"})
	client := clientOf(t, srv)
	for sql, want := range map[string]string{"SELECT COUNT(*) FROM `fake`.`d`.`t`": "EU", "SELECT 7": "US"} {
		job, err := client.Query(sql).Run(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, job.Location(), sql)
	}
}
