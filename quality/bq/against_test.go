package bq_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// parted is a table whose queries must bound a column of dates.
func parted(column string, fields ...string) bqapi.Table {
	return bqapi.Table{
		Schema:           &bqapi.TableSchema{Fields: fakebq.Columns(append(fields, column+" DATE")...)},
		TimePartitioning: &bqapi.TimePartitioning{Type: "DAY", Field: column, RequirePartitionFilter: true},
	}
}

// covered is a suite that holds games against a schedule, both parted by their dates.
func covered(of checks.Against) quality.Suite {
	return quality.Suite{
		Name: "games", Table: "nba.games", Date: "game_date",
		From:  civil.Date{Year: 2024, Month: time.January, Day: 3},
		Rules: []quality.Rule{{ID: "cover", Check: checks.Cover{Columns: []string{"game_date", "team"}, Of: of}}},
	}
}

// The fake refuses what has no filter on a column that it must bound. Where the keys
// pair the dates, both tables have one.
func TestTwoTablesThatRequireAPartitionFilterAreJoinedOnTheirDates(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "games", parted("game_date", "team STRING"))
	srv.AddTable("nba", "schedule", parted("day", "home STRING", "away STRING"))
	engine := engineOf(t, srv, bq.Options{})
	teams := checks.Mapping{Column: "team", To: []expr.Expr{expr.Col("home"), expr.Col("away")}}
	paired := checks.Against{Table: "nba.schedule", Map: []checks.Mapping{teams, {Column: "game_date", To: []expr.Expr{expr.Col("day")}}}}

	// Of the keys that are due one is there and one is not; nothing else is.
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		if !strings.Contains(q.SQL, "UNION ALL") {
			return fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{0}}}
		}
		var columns []string
		row := []any{2, 1, 1}
		for i, value := range regexp.MustCompile(`(?m)^  (.*) AS c\d+`).FindAllStringSubmatch(q.SQL, -1) {
			typ, nothing := "INTEGER", any(0)
			switch {
			case strings.HasPrefix(value[1], "SUM"):
				typ, nothing = "BIGNUMERIC", nil
			case value[1] == "COUNT(*)":
				nothing = 2
			}
			if columns = append(columns, fmt.Sprintf("c%d %s", i, typ)); i >= len(row) {
				row = append(row, nothing)
			}
		}
		return fakebq.Answer{Columns: fakebq.Columns(columns...), Rows: [][]any{row}}
	}
	report, err := judged(t.Context(), engine, planned(t, engine, covered(paired)))
	require.NoError(t, err)
	require.Equal(t, "1 of 2 due keys have rows (50.0%), not at_least 100%: 1 key short", report.Suites[0].Checks[0].Reason)
	ran := srv.Ran()
	i := slices.IndexFunc(ran, func(sql string) bool { return strings.Contains(sql, "UNION ALL") })
	require.GreaterOrEqual(t, i, 0)
	assert.Regexp(t, "`schedule` AS .*\n *WHERE \\(intact_row.`day` >= @", ran[i])
	assert.Regexp(t, "`games` AS .*\n *WHERE \\(+intact_row.`game_date` >= @", ran[i])

	unpaired := checks.Against{Table: "nba.schedule", Map: []checks.Mapping{teams, {Column: "game_date", To: []expr.Expr{expr.Lit(civil.Date{Year: 2024, Month: time.January, Day: 3})}}}}
	report, err = judged(t.Context(), engine, planned(t, engine, covered(unpaired)))
	require.NoError(t, err)
	require.Contains(t, report.Suites[0].Checks[0].Reason, "without a filter over column(s) 'day'")
}
