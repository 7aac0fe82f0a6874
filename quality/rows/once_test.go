package rows_test

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// watched notes the columns of every scan.
type watched struct {
	expr.Source
	scans *[][]string
}

func (w watched) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	*w.scans = append(*w.scans, slices.Sorted(slices.Values(columns)))
	return w.Source.Scan(ctx, columns)
}

func TestFiveChecksOverTwoTablesReadEachOnce(t *testing.T) {
	games := func(team ...string) expr.Source {
		n := len(team)
		return source(t, rows.Column{Name: "team", Values: team}, rows.Column{Name: "day", Values: make([]int64, n)},
			rows.Column{Name: "points", Values: make([]int64, n)}, rows.Column{Name: "unread", Values: make([]int64, n)})
	}
	var ours, theirs [][]string
	engine := rows.NewEngine(map[string]expr.Source{
		"games":    watched{games("BOS", "LAL", "BOS"), &ours},
		"schedule": watched{games("BOS", "NYK"), &theirs},
	})
	due := quality.Read("schedule").Aggregate(quality.Columns("team"), quality.CountRows().Named("due"))
	count := []quality.Term{quality.CountRows()}
	var missing, twice, beside []string
	report, err := quality.Run(t.Context(), engine, time.Unix(0, 0), quality.Suite{Name: "s", Table: "games", Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{"points"}}, By: []string{"team"}},
		{Check: checks.Unique{Columns: []string{"team", "day"}}},
		{Check: relationProbe{quality.Read("games").Join(quality.LeftJoin, due, quality.Equal("team")...), []quality.Term{quality.CountWhere(expr.Col("due").IsNull())}, &missing}},
		{Check: relationProbe{due, []quality.Term{quality.MaxOf(expr.Col("due"))}, &twice}},
		{Check: relationProbe{quality.Read("schedule").Filter(expr.Col("day").Eq(0)), count, &beside}},
	}})
	require.NoError(t, err)
	require.Len(t, report.Suites[0].Checks, 5)
	require.Equal(t, [][]string{{"1"}, {"1"}, {"2"}}, [][]string{missing, twice, beside})
	require.Equal(t, [][]string{{"day", "points", "team"}}, ours)
	require.Equal(t, [][]string{{"day", "team"}}, theirs)
}
