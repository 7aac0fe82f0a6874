package quality_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// largestShares tells of each column how many rows the value has that most have, and
// which it is. Columns of every type stand under one another, each in that of its type.
type largestShares struct{ typed map[expr.Type][]string }

func (largestShares) Describe() quality.Description {
	return quality.Description{Kind: "largest shares"}
}

func (c largestShares) asks(s quality.Scope) quality.Request {
	var lists [][]quality.Column
	keys := quality.Columns("column")
	terms := largest{quality.MaxOf(expr.Col("n"))}
	types := slices.Sorted(maps.Keys(c.typed))
	for _, typ := range types {
		keys = append(keys, quality.Columns(string(typ))...)
		terms = append(terms, quality.LargestBy(expr.Col(string(typ)), expr.Col("n")))
	}
	for _, typ := range types {
		for _, name := range c.typed[typ] {
			list := []quality.Column{quality.As("column", expr.Lit(name))}
			for _, other := range types {
				value := expr.Lit(nil)
				if other == typ {
					value = expr.Col(name)
				}
				list = append(list, quality.As(string(other), value))
			}
			lists = append(lists, list)
		}
	}
	of := s.Judged().Expand(lists...).Aggregate(keys, quality.CountRows().Named("n"))
	return quality.Request{Of: of, Metric: terms, By: []string{"column"}}
}

func (c largestShares) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.asks(s)}, nil
}

func (c largestShares) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for _, columns := range c.typed {
		for _, name := range columns {
			seg := quality.NewSegment([]string{"column"}, []expr.Value{must(expr.ValueOf(name))})
			got, err := quality.Get[string](m, c.asks(s), seg)
			if err != nil {
				got = err.Error()
			}
			out = append(out, quality.Finding{Subject: name, Verdict: quality.Pass, Reason: got})
		}
	}
	return out
}

// largest is a metric that reads as how many rows there are of the value, and it.
type largest []quality.Term

func (l largest) Terms() []quality.Term { return l }

func (l largest) Read(_ int64, values []expr.Value) (any, error) {
	for _, v := range values[1:] {
		if !v.IsNull() {
			return fmt.Sprintf("%s of %s", values[0], v), nil
		}
	}
	return "", fmt.Errorf("no value is largest")
}

func TestTwentyColumnsLargestSharesAreOneStatement(t *testing.T) {
	table := map[string][]rows.Column{"nba.games": {}}
	c := largestShares{map[expr.Type][]string{}}
	want := map[string]string{}
	for i := range 20 {
		name := fmt.Sprintf("m%02d", i)
		var column rows.Column
		var typ expr.Type
		switch i % 4 {
		case 0:
			column, typ, want[name] = texts(name, "a", "b", "b", nil), expr.String, "2 of b"
		case 1:
			column, typ, want[name] = floats(name, 0.5, 0.5, 0.5, 2.0), expr.Float64, "3 of 0.5"
		case 2:
			column, typ, want[name] = dates(name, oct(21, 21, 22, 22)...), expr.Date, "2 of 2025-10-21" // the smaller of two
		case 3:
			column, typ, want[name] = bools(name, true, true, true, true), expr.Bool, "4 of true"
		}
		table["nba.games"] = append(table["nba.games"], column)
		c.typed[typ] = append(c.typed[typ], name)
	}
	engine := engineOf(table)
	rules := []quality.Rule{{Check: c}}
	require.Equal(t, []string{"fold of rows made of nba.games"}, statementsOf(t, engine, quality.Suite{Rules: rules}))

	report, err := quality.Run(t.Context(), engine, now, quality.Suite{Name: "games", Table: "nba.games", Rules: rules})
	require.NoError(t, err)
	got := map[string]string{}
	for _, f := range report.Suites[0].Checks[0].Findings {
		got[f.Subject] = f.Reason
	}
	delete(got, "") // the check says nothing of the only segment
	require.Equal(t, want, got)
}
