package bq_test

import (
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// The columns of all shards are those of the newest day.
func TestColumnsOfShards(t *testing.T) {
	srv := fake()
	for name, columns := range map[string]string{
		"events_20240101": "user STRING", "events_20240131": "id INTEGER", "events_intraday_20240201": "early STRING", "events_20240232": "no_day STRING", "events": "other STRING",
	} {
		srv.AddTable("nba", name, bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns(columns)}})
	}
	engine := engineOf(t, srv, bq.Options{})
	infos, err := engine.Tables(t.Context(), "nba.events_*", "nba.nothing_*")
	require.NoError(t, err)
	require.NoError(t, infos[0].Err)
	require.Equal(t, expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "_TABLE_SUFFIX", Type: expr.String}}, infos[0].Schema)
	require.EqualError(t, infos[1].Err, "table nba.nothing_*: there is no table nothing_20240131, with a day in the place of the star")
	one, err := engine.Tables(t.Context(), "nba.events_20240101")
	require.NoError(t, err)
	require.True(t, infos[0].Identity.Same(one[0].Identity), "a shard is some of the rows of all")
}

// Three days, of which two are looked at, and one of the same name that is no day.
func TestShardsOnTheEmulator(t *testing.T) {
	ds := emulator.NewDataset(t)
	for name, points := range map[string][]any{
		"events_20240101": {1, 2}, "events_20240102": {3, nil}, "events_20240103": {nil, nil}, "events_intraday_20240104": {nil},
	} {
		c := rows.Column{Name: "points", Valid: make([]bool, len(points))}
		values := make([]int64, len(points))
		for i, p := range points {
			if n, ok := p.(int); ok {
				values[i], c.Valid[i] = int64(n), true
			}
		}
		c.Values = values
		src, err := rows.Columns(c)
		require.NoError(t, err)
		_, err = ds.Load(t.Context(), name, src)
		require.NoError(t, err)
	}
	engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	counted := func(from, to civil.Date) (string, []string) {
		suite := quality.Suite{
			Name: "events", Table: ds.ID + ".events_*", Date: quality.ShardColumn, From: from, To: to,
			Rules: []quality.Rule{
				{Check: checks.Complete{Columns: []string{"points"}}},
				{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(2))}}, By: []string{quality.ShardColumn}},
			},
		}
		report, err := quality.Run(t.Context(), engine, now, suite)
		require.NoError(t, err)
		var days []string
		for _, f := range report.Suites[0].Checks[1].Findings {
			days = append(days, f.Segment.String()+": "+f.Observed.String())
		}
		return report.Suites[0].Checks[0].Reason, days
	}
	complete, days := counted(civil.Date{Year: 2024, Month: 1, Day: 1}, civil.Date{Year: 2024, Month: 1, Day: 2})
	require.Equal(t, "3 of 4 rows (75.0%), not at_least 100%: 1 row short", complete)
	require.Equal(t, []string{"_TABLE_SUFFIX=20240101: 2", "_TABLE_SUFFIX=20240102: 2"}, days)
	complete, days = counted(civil.Date{}, civil.Date{})
	require.Equal(t, "3 of 6 rows (50.0%), not at_least 100%: 3 rows short", complete)
	require.Len(t, days, 3)
}
