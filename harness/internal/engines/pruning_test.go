package engines_test

import (
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// prunable are games about two ranges of days: the first and the last day of
// each, the days beside them, and rows that no filter of the suites wants.
var prunable = reference.Table{
	Name: "fake.nba.games",
	Columns: []reference.Column{
		{Name: "id", Type: "INT64"}, {Name: "game_date", Type: "DATE"}, {Name: "season", Type: "STRING"}, {Name: "points", Type: "INT64"},
	},
	Rows: [][]any{
		{int64(1), day(1, 9), "A", int64(9)},
		{int64(2), day(1, 10), "B", int64(9)},
		{int64(3), day(1, 20), "B", int64(1)},
		{int64(4), day(1, 21), "A", int64(9)},
		{int64(5), day(2, 15), "A", int64(9)},
		{int64(6), day(3, 1), "A", int64(1)},
		{int64(7), day(3, 5), "B", int64(9)},
		{int64(8), day(3, 6), "A", int64(9)},
		{int64(9), nil, "A", int64(9)},
		{int64(10), nil, "B", int64(1)},
	},
}

func day(month time.Month, of int) civil.Date { return civil.Date{Year: 2024, Month: month, Day: of} }

// What the service received is taken apart and run: the first part of WHERE asks
// for dates alone, so that partitions are pruned by it, and all of WHERE for the
// rows that some check needs.
func TestPartitionsArePrunedToTheDatesOfTheSuites(t *testing.T) {
	db, err := reference.Require(t).Load(t.Context(), prunable)
	require.NoError(t, err)
	january := quality.Suite{
		Name: "january", Table: "nba.games", Date: "game_date", From: day(1, 10), To: day(1, 20), Where: expr.Col("points").Gt(5),
	}
	march := quality.Suite{
		Name: "march", Table: "nba.games", Date: "game_date", From: day(3, 1), To: day(3, 5), Where: expr.Col("season").Eq("A"),
	}
	always := quality.Suite{Name: "always", Table: "nba.games", Date: "game_date"}
	counts := quality.Rule{Check: checks.Complete{Columns: []string{"points"}}}
	keys := quality.Rule{Check: checks.Unique{Columns: []string{"id"}}}
	everything := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for name, tc := range map[string]struct {
		suites []quality.Suite
		rules  []quality.Rule
		reads  [][]int64 // what is not pruned, for each statement
		needs  [][]int64
	}{
		"counts over two ranges": {
			[]quality.Suite{january, march},
			[]quality.Rule{counts},
			[][]int64{{2, 3, 6, 7, 9, 10}},
			[][]int64{{2, 3, 6, 7, 9}}, // the filters are counted over all days of their suites
		},
		"and keys": {
			[]quality.Suite{january, march},
			[]quality.Rule{counts, keys},
			[][]int64{{2, 3, 6, 7, 9, 10}, {2, 3, 6, 7}},
			[][]int64{{2, 3, 6, 7, 9}, {2, 6}},
		},
		"one that wants all": {[]quality.Suite{january, always}, []quality.Rule{counts}, [][]int64{everything}, [][]int64{everything}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := fakebq.New()
			srv.AddTable("nba", "games", bqapi.Table{Schema: &bqapi.TableSchema{
				Fields: fakebq.Columns("id INTEGER", "game_date DATE", "season STRING", "points INTEGER"),
			}})
			for i := range tc.suites {
				tc.suites[i].Rules = tc.rules
			}
			client, err := srv.Client(t.Context())
			require.NoError(t, err)
			defer client.Close()
			engine, err := bq.New(client, bq.Options{NoSnapshot: true, Parallel: 1})
			require.NoError(t, err)
			plan, err := quality.NewPlan(t.Context(), engine, now, tc.suites...)
			require.NoError(t, err)
			cost, err := engine.Explain(t.Context(), plan)
			require.NoError(t, err)
			require.Len(t, cost.Statements, len(tc.reads))
			received := srv.Queries()
			for i, q := range received {
				from, where := readOf(t, q.SQL)
				assert.Equal(t, tc.reads[i], ids(t, db, q, from+pruning(where)), "by the dates alone: %s", where)
				assert.Equal(t, tc.needs[i], ids(t, db, q, from+where), "by all of WHERE: %s", where)
			}
		})
	}
}

// readOf is the FROM and the WHERE of a statement where it reads the table.
func readOf(t *testing.T, sql string) (from, where string) {
	t.Helper()
	_, rest, found := strings.Cut(sql, "\nFROM `")
	require.True(t, found, sql)
	rest, _, found = strings.Cut(rest, "\n)")
	require.True(t, found, sql)
	from, where, found = strings.Cut("FROM `"+rest, "WHERE ")
	if found {
		where = "WHERE " + where
	}
	return from, where
}

// pruning is the first of the parts that WHERE joins by AND, each on its line.
func pruning(where string) string {
	first, _, _ := strings.Cut(where, "\n  AND ")
	return first
}

// ids are those of the rows that the reference reads.
func ids(t *testing.T, db *reference.Database, q fakebq.Query, fromWhere string) []int64 {
	t.Helper()
	var params []reference.Param
	for _, p := range q.Parameters {
		if !strings.Contains(fromWhere, "@"+p.Name) {
			continue
		}
		typ := expr.Type(p.ParameterType.Type)
		v, err := expr.ParseValue(typ, p.ParameterValue.Value)
		require.NoError(t, err)
		params = append(params, reference.Param{Name: p.Name, Type: string(typ), Value: v.Go()})
	}
	res, err := db.Query(t.Context(), "SELECT intact_row.id "+fromWhere+" ORDER BY 1", params...)
	require.NoError(t, err)
	var out []int64
	for _, row := range res.Rows {
		out = append(out, row[0].(int64))
	}
	return out
}
