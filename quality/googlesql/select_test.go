package googlesql_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/iterator"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/quality/rows"
)

// The queries of rows at fault are run as they are, without a parameter.
func TestSelectGivesTheRowsAtFault(t *testing.T) {
	ds := emulator.NewDataset(t)
	of := func(days ...int) (out []civil.Date) {
		for _, d := range days {
			out = append(out, civil.Date{Year: 2024, Month: time.March, Day: d})
		}
		return out
	}
	sources := map[string]expr.Source{}
	load := func(name string, columns ...rows.Column) string {
		src, err := rows.Columns(columns...)
		require.NoError(t, err)
		_, err = ds.Load(t.Context(), name, src)
		require.NoError(t, err)
		sources[ds.ID+"."+name] = src
		return ds.ID + "." + name
	}
	played := load("played",
		rows.Column{Name: "day", Values: of(2, 1, 2, 3)},
		rows.Column{Name: "team", Values: []string{"O'Neil \\ \"x\"", "BOS", "O'Neil \\ \"x\"", "BOS"}},
		rows.Column{Name: "season", Values: []string{"A", "", "A", "A"}, Valid: []bool{true, false, true, true}},
		rows.Column{Name: "points", Values: []float64{7, 1e10, 9, math.Inf(1)}},
	)
	due := load("due", rows.Column{Name: "day", Values: of(1, 3, 5)}, rows.Column{Name: "team", Values: []string{"BOS", "LAL", "BOS"}})

	key, against := []string{"day", "team"}, checks.Against{Table: due}
	for name, c := range map[string]struct {
		rule quality.Rule
		want []string
	}{
		"complete": {quality.Rule{Check: checks.Complete{Columns: []string{"points"}}}, []string{"2024-03-03 +Inf"}},
		"by a value that is quoted": {quality.Rule{Check: checks.Range{Of: []checks.Ends{{Column: "points", High: must(expr.ValueOf(8.0))}}}, By: []string{"team"}},
			[]string{"2024-03-01 1e+10", "2024-03-03 +Inf", "2024-03-02 9"}},
		"NULL":      {quality.Rule{Check: checks.Complete{Columns: []string{"season"}}, By: []string{"season"}, Expect: [][]any{{nil}}}, []string{"2024-03-01 <nil>"}},
		"unique":    {quality.Rule{Check: checks.Unique{Columns: key}}, []string{"2024-03-02 O'Neil \\ \"x\" 2"}},
		"in season": {quality.Rule{Check: checks.Unique{Columns: key}, By: []string{"season"}, Expect: [][]any{{"A"}, {nil}}}, []string{"2024-03-02 O'Neil \\ \"x\" 2"}},
		"cover":     {quality.Rule{Check: checks.Cover{Columns: key, Of: against}}, []string{"2024-03-03 LAL", "2024-03-05 BOS"}},
		"only":      {quality.Rule{Check: checks.Only{Columns: key, Of: against}}, []string{"2024-03-02 O'Neil \\ \"x\"", "2024-03-03 BOS"}},
		"grid":      {quality.Rule{Check: checks.Grid{Column: "day", Every: checks.Every{Of: against}}}, []string{"2024-03-05"}},
		"where a quote is": {quality.Rule{Check: checks.Range{Of: []checks.Ends{{Column: "points", High: must(expr.ValueOf(8.0))}}}, Where: expr.Col("team").Eq("O'Neil \\ \"x\"")},
			[]string{"2024-03-02 9"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := quality.Suite{Name: "s", Table: played, Date: "day", Explain: true, Rules: []quality.Rule{c.rule}}
			report, err := quality.Run(t.Context(), rows.NewEngine(sources), time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC), s)
			require.NoError(t, err)
			var got []string
			for _, f := range report.Suites[0].Checks[0].Findings {
				for _, sel := range f.Selections {
					text, err := googlesql.Renderer{AnyProject: true}.Select(sel)
					require.NoError(t, err)
					got = append(got, answers(t, ds.Client, text)...)
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

// answers are the rows of a query, in one line each.
func answers(t *testing.T, client *bigquery.Client, text string) (out []string) {
	t.Helper()
	it, err := client.Query(text).Read(context.Background())
	require.NoError(t, err, text)
	for {
		var row []bigquery.Value
		err := it.Next(&row)
		if err == iterator.Done {
			return out
		}
		require.NoError(t, err, text)
		out = append(out, strings.Trim(fmt.Sprint(row), "[]"))
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
