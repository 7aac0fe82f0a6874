package checks_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// metadata is an engine that tells of one table, and fails a plan that asks for rows.
type metadata struct {
	t    *testing.T
	info quality.TableInfo
}

func (metadata) Name() string { return "metadata" }

func (m metadata) Tables(_ context.Context, names ...string) ([]quality.TableInfo, error) {
	m.info.Name = names[0]
	return []quality.TableInfo{m.info}, nil
}

func (metadata) Explain(context.Context, *quality.Plan) (*quality.Cost, error) { panic("not asked") }

func (m metadata) Measure(_ context.Context, p *quality.Plan) (*quality.Measurements, error) {
	assert.Empty(m.t, p.Statements, "no row is looked at")
	return quality.NewMeasurements(), nil
}

var stored = quality.TableInfo{
	Stored:       true,
	Schema:       expr.Schema{{Name: "game_date", Type: expr.Date}, {Name: "player", Type: expr.String}, {Name: "tags", Type: "ARRAY<STRING>"}, {Name: "_PARTITIONTIME", Type: expr.Timestamp}},
	Modes:        map[string]quality.Mode{"game_date": quality.Nullable, "player": quality.Required, "tags": quality.Repeated},
	Partitioning: &quality.Partitioning{Column: "game_date", Type: "DAY", Expires: 400 * 24 * time.Hour, Required: true},
	Clustering:   []string{"player"},
}

func judgedOf(t *testing.T, info quality.TableInfo, c checks.Schema) (quality.Verdict, string) {
	t.Helper()
	suite := quality.Suite{Name: "s", Table: "d.t", Where: expr.Col("player").Eq("a"), Rules: []quality.Rule{{Check: c}}}
	report, err := quality.Run(t.Context(), metadata{t, info}, time.Unix(0, 0), suite)
	require.NoError(t, err)
	got := report.Suites[0].Checks[0]
	return got.Verdict, got.Reason
}

func TestSchemaNamesEachDifference(t *testing.T) {
	no := false
	for name, test := range map[string]struct {
		claim   checks.Schema
		verdict quality.Verdict
		reason  string
	}{
		"all as it is": {checks.Schema{
			Columns: []checks.SchemaColumn{{"game_date", expr.Date, quality.Nullable}, {"player", expr.String, quality.Required}, {"TAGS", "ARRAY<STRING>", quality.Repeated}},
			Fit:     checks.Exact,
			Options: checks.TableOptions{PartitionExpiration: 400 * 24 * time.Hour, PartitionBy: "game_date", PartitionType: "DAY", ClusterBy: []string{"player"}},
		}, quality.Pass, "7 of 7 claims hold"},
		"modes": {checks.Schema{
			Columns: []checks.SchemaColumn{{"game_date", expr.Date, quality.Required}, {"tags", expr.String, ""}},
		}, quality.Fail, "game_date is NULLABLE, not REQUIRED; tags is ARRAY<STRING>, not STRING"},
		"history that is deleted": {checks.Schema{Options: checks.TableOptions{Kept: true}},
			quality.Fail, "its partitions expire after 400 days, where nothing expires is claimed"},
		"options": {checks.Schema{Options: checks.TableOptions{
			PartitionExpiration: 24 * time.Hour, PartitionBy: "player", PartitionType: "MONTH", ClusterBy: []string{"tags"}, RequirePartitionFilter: &no,
		}}, quality.Fail, "its partitions expire after 400 days, where partitions expire after 1 day is claimed; " +
			"it is partitioned by game_date, where partitioned by player is claimed; " +
			"its partitions are of type DAY, where partitions of type MONTH is claimed; " +
			"it is clustered by player, where clustered by tags is claimed; " +
			"a filter on partitions is required, where no filter on partitions is required is claimed"},
	} {
		t.Run(name, func(t *testing.T) {
			verdict, reason := judgedOf(t, stored, test.claim)
			assert.Equal(t, test.verdict, verdict)
			assert.Equal(t, test.reason, reason)
		})
	}
}

// A table without any of it: nothing is taken for claimed that is not there.
func TestSchemaOfATableWithoutOptions(t *testing.T) {
	bare := quality.TableInfo{Stored: true, Schema: stored.Schema, Modes: stored.Modes}
	verdict, reason := judgedOf(t, bare, checks.Schema{Options: checks.TableOptions{Kept: true}})
	assert.Equal(t, quality.Pass, verdict, reason)
	verdict, reason = judgedOf(t, bare, checks.Schema{Options: checks.TableOptions{
		PartitionExpiration: 24 * time.Hour, PartitionBy: "game_date", PartitionType: "DAY", ClusterBy: []string{"player"},
	}})
	assert.Equal(t, quality.Fail, verdict)
	assert.Equal(t, "its partitions do not expire, where partitions expire after 1 day is claimed; it is not partitioned, where partitioned by game_date is claimed; "+
		"it is not partitioned, where partitions of type DAY is claimed; it is not clustered, where clustered by player is claimed", reason)
}

func TestATableThatExpiresIsNotKept(t *testing.T) {
	expires := stored
	expires.Partitioning, expires.Expires = nil, time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)
	verdict, reason := judgedOf(t, expires, checks.Schema{Options: checks.TableOptions{Kept: true}})
	assert.Equal(t, quality.Fail, verdict)
	assert.Equal(t, "the table expires on 2026-01-05 06:00:00 UTC, where nothing expires is claimed", reason)
}

// What the engine does not know is neither held nor broken.
func TestWhatIsNotKnownOfRowsIsUnknown(t *testing.T) {
	local := quality.TableInfo{Schema: expr.Schema{{Name: "player", Type: expr.String}, {Name: "empty", Type: expr.Null}, {Name: "list", Type: "ARRAY"}}}
	for name, test := range map[string]struct {
		claim  checks.Schema
		reason string
	}{
		"options": {checks.Schema{Options: checks.TableOptions{Kept: true}}, "whether nothing expires is not known of these rows"},
		"mode":    {checks.Schema{Columns: []checks.SchemaColumn{{"player", expr.String, quality.Required}}}, "whether player is REQUIRED is not known of these rows"},
		"list":    {checks.Schema{Columns: []checks.SchemaColumn{{"list", "ARRAY<STRING>", ""}}}, "list is ARRAY, and of what is not known of these rows"},
		"type":    {checks.Schema{Columns: []checks.SchemaColumn{{"empty", expr.String, ""}}}, "empty holds no value that would tell its type"},
	} {
		t.Run(name, func(t *testing.T) {
			verdict, reason := judgedOf(t, local, test.claim)
			assert.Equal(t, quality.Unknown, verdict)
			assert.Equal(t, test.reason, reason)
		})
	}
	verdict, _ := judgedOf(t, local, checks.Schema{Columns: []checks.SchemaColumn{{"player", expr.Int64, ""}}, Options: checks.TableOptions{Kept: true}})
	assert.Equal(t, quality.Fail, verdict, "a difference outweighs what is not known")
}

// Of nested columns what is known is held: objects in files have no order, and a field
// that never holds a value could be of any type.
func TestTypesOfNestedColumns(t *testing.T) {
	column := func(typ string, text bool) quality.TableInfo {
		f, err := expr.ParseStoredField("f", strings.ReplaceAll(typ, "NULL", "INTERVAL"))
		require.NoError(t, err)
		for i := range f.Fields {
			if f.Fields[i].Type == "INTERVAL" {
				f.Fields[i].Type = expr.Null
			}
		}
		f.Text = text
		return quality.TableInfo{Schema: expr.Schema{f}}
	}
	for _, tt := range []struct {
		there, claim string
		text         bool
		want         quality.Verdict
	}{
		{"STRUCT<a INT64, b STRING>", "STRUCT<a INT64, B STRING>", false, quality.Pass},
		{"STRUCT<a INT64, b STRING>", "STRUCT<b STRING, a INT64>", false, quality.Fail},
		{"STRUCT<a INT64, b STRING>", "STRUCT<b STRING, a INT64>", true, quality.Pass},
		{"STRUCT<a INT64, b STRING>", "STRUCT<a INT64>", true, quality.Fail},
		{"STRUCT<a INT64, b STRING>", "STRUCT<a INT64, c STRING>", true, quality.Fail},
		{"STRUCT<a INT64, b NULL>", "STRUCT<a INT64, b STRING>", true, quality.Unknown},
		{"STRUCT<a INT64, b NULL>", "STRUCT<a DATE, b STRING>", true, quality.Fail},
		{"STRUCT<b NULL, a INT64>", "STRUCT<a DATE, b STRING>", true, quality.Fail},
		{"ARRAY<STRUCT<a INT64>>", "ARRAY<STRUCT<a INT64>>", true, quality.Pass},
		{"ARRAY<STRUCT<a INT64>>", "STRUCT<a INT64>", true, quality.Fail},
		{"ARRAY<STRING>", "ARRAY<INT64>", true, quality.Fail},
	} {
		verdict, reason := judgedOf(t, column(tt.there, tt.text), checks.Schema{Columns: []checks.SchemaColumn{{"f", expr.Type(tt.claim), ""}}})
		assert.Equal(t, tt.want, verdict, "%s, %s: %s", tt.there, tt.claim, reason)
	}
	verdict, reason := judgedOf(t, column("STRUCT<a INT64, b STRING>", false), checks.Schema{Columns: []checks.SchemaColumn{{"f.A", expr.Int64, ""}, {"f.c", expr.Int64, ""}}})
	assert.Equal(t, quality.Fail, verdict)
	assert.Equal(t, `in f, there is no field "c" (did you mean "a"?): there are a, b`, reason)
}

// Lists into a column of texts and fractions into one of whole numbers: the load would
// be refused.
func TestABatchIsHeldAgainstItsTable(t *testing.T) {
	table := checks.Schema{Columns: checks.ColumnsOf(stored), Fit: checks.Writable}
	verdict, reason := judgedOf(t, quality.TableInfo{Schema: expr.Schema{{Name: "player", Type: expr.String}, {Name: "game_date", Type: expr.Null}}}, table)
	assert.Equal(t, quality.Pass, verdict, reason)

	verdict, reason = judgedOf(t, quality.TableInfo{Schema: expr.Schema{{Name: "player", Type: "ARRAY<STRING>"}, {Name: "game_date", Type: expr.Float64}, {Name: "team", Type: expr.String}}}, table)
	assert.Equal(t, quality.Fail, verdict)
	assert.Equal(t, "game_date is FLOAT64, not DATE; player is ARRAY<STRING>, not STRING; team STRING is none of the columns", reason)

	verdict, reason = judgedOf(t, quality.TableInfo{Schema: expr.Schema{{Name: "player", Type: expr.Null}}}, table)
	assert.Equal(t, quality.Fail, verdict)
	assert.Equal(t, "player is REQUIRED and holds no value", reason)
}

func TestMistakesInASchema(t *testing.T) {
	for want, c := range map[string]checks.Schema{
		"it names no column and no option":      {},
		`x: "FLAOT64" is no type of a column`:   {Columns: []checks.SchemaColumn{{"x", "FLAOT64", ""}}},
		`it names "X" twice`:                    {Columns: []checks.SchemaColumn{{"x", expr.Date, ""}, {"X", expr.Date, ""}}},
		"x is REPEATED, and STRING is no ARRAY": {Columns: []checks.SchemaColumn{{"x", expr.String, quality.Repeated}}},
	} {
		assert.EqualError(t, c.Validate(), want)
	}
	rule := quality.Rule{Check: checks.Schema{Options: checks.TableOptions{Kept: true}}, By: []string{"team"}}
	err := quality.Suite{Name: "s", Table: "d.t", Rules: []quality.Rule{rule}}.Validate()
	assert.ErrorContains(t, err, "schema: by has no rows of the table to group")
}

// Rows are held against the table that they are to be written into, whose columns an
// engine on it tells.
func ExampleColumnsOf() {
	table := quality.TableInfo{ // as bq.Engine.Tables tells it
		Schema: expr.Schema{{Name: "player", Type: expr.String}, {Name: "points", Type: expr.Int64}},
		Modes:  map[string]quality.Mode{"player": quality.Required, "points": quality.Nullable},
	}
	batch, err := rows.Of([]struct {
		Player string  `bigquery:"player"`
		Points float64 `bigquery:"points"`
	}{{"a", 12.5}})
	if err != nil {
		log.Fatal(err)
	}
	suite := quality.Suite{Name: "batch", Table: "nba.games", Rules: []quality.Rule{
		{Check: checks.Schema{Columns: checks.ColumnsOf(table), Fit: checks.Writable}},
	}}
	report, err := quality.Run(context.Background(), rows.NewEngine(map[string]expr.Source{"nba.games": batch}), time.Now(), suite)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Err())
	// Output: nba.games, schema: fail: points is FLOAT64, not INT64
}
