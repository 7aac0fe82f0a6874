package bq_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
)

func TestMetadataSaysHowATableIsKept(t *testing.T) {
	expires := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	srv := fakebq.New()
	srv.AddTable("nba", "games", bqapi.Table{
		Schema:                 &bqapi.TableSchema{Fields: fakebq.Columns("game_date DATE", "id STRING REQUIRED", "tags STRING REPEATED")},
		TimePartitioning:       &bqapi.TimePartitioning{Field: "game_date", Type: "DAY", ExpirationMs: 86400000},
		RequirePartitionFilter: true,
		Clustering:             &bqapi.Clustering{Fields: []string{"id"}},
		ExpirationTime:         expires.UnixMilli(),
	})
	srv.AddTable("nba", "log", bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns("n INTEGER")}, TimePartitioning: &bqapi.TimePartitioning{Type: "HOUR"}})
	srv.AddTable("nba", "parts", bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns("n INTEGER")}, RangePartitioning: &bqapi.RangePartitioning{
		Field: "n", Range: &bqapi.RangePartitioningRange{Start: 0, End: 10, Interval: 1},
	}})
	infos, err := engineOf(t, srv, bq.Options{}).Tables(t.Context(), "nba.games", "nba.log", "nba.parts")
	require.NoError(t, err)

	games := infos[0]
	require.Equal(t, map[string]quality.Mode{"game_date": quality.Nullable, "id": quality.Required, "tags": quality.Repeated}, games.Modes)
	require.Equal(t, &quality.Partitioning{Column: "game_date", Type: "DAY", Expires: 24 * time.Hour, Required: true}, games.Partitioning)
	require.Equal(t, []string{"id"}, games.Clustering)
	require.True(t, expires.Equal(games.Expires))
	require.Equal(t, &quality.Partitioning{Column: "_PARTITIONTIME", Type: "HOUR"}, infos[1].Partitioning)
	require.True(t, infos[1].Expires.IsZero())
	require.Equal(t, &quality.Partitioning{Column: "n", Type: "RANGE"}, infos[2].Partitioning)
}

// named is a fake on which table nba.games has other names.
func named() *fakebq.Server {
	columns := &bqapi.TableSchema{Fields: fakebq.Columns("game_date DATE")}
	games := &bqapi.TableReference{ProjectId: fakebq.Project, DatasetId: "nba", TableId: "games"}
	srv := fakebq.New()
	for _, name := range []string{"games", "schedule"} {
		srv.AddTable("nba", name, bqapi.Table{Schema: columns})
	}
	srv.AddTable("nba", "view", bqapi.Table{Type: "VIEW", Schema: columns, View: &bqapi.ViewDefinition{Query: "SELECT * FROM nba.games"}})
	srv.AddTable("nba", "snapshot", bqapi.Table{Type: "SNAPSHOT", Schema: columns, SnapshotDefinition: &bqapi.SnapshotDefinition{BaseTableReference: games, SnapshotTime: "2024-01-01T00:00:00Z"}})
	srv.AddTable("nba", "clone", bqapi.Table{Schema: columns, CloneDefinition: &bqapi.CloneDefinition{BaseTableReference: games, CloneTime: "2024-01-01T00:00:00Z"}})
	srv.Answer = func(fakebq.Query) fakebq.Answer {
		a := seven()
		a.Job = func(_ fakebq.Op, j *bqapi.Job) { j.Statistics.Query.ReferencedTables = []*bqapi.TableReference{games} }
		return a
	}
	return srv
}

func TestATableIsRecognisedUnderItsOtherNames(t *testing.T) {
	engine := engineOf(t, named(), bq.Options{Tables: map[string]string{"mine.games": "nba.games"}})
	names := []string{"nba.games", fakebq.Project + ".nba.games", "mine.games", "nba.view", "nba.snapshot", "nba.clone", "nba.schedule"}
	infos, err := engine.Tables(t.Context(), names...)
	require.NoError(t, err)
	for i, info := range infos {
		require.NoError(t, info.Err)
		require.NoError(t, info.Identity.Err)
		require.Equal(t, names[i] != "nba.schedule", infos[0].Identity.Same(info.Identity), info.Name)
	}
}

func TestAViewThatCannotBeLookedThroughIsNoOracle(t *testing.T) {
	srv := named()
	srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Refuse: fakebq.NotFound("Table of the view")} }
	infos, err := engineOf(t, srv, bq.Options{}).Tables(t.Context(), "nba.view")
	require.NoError(t, err)
	require.NoError(t, infos[0].Err, "it can be read all the same")
	require.ErrorContains(t, infos[0].Identity.Err, "which tables the view reads is not known")
}
