package quality_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// filed is rows on the lines of two files, of which a column can be unreadable.
type filed struct {
	expr.Source
	spoilt string
}

func (f filed) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range f.Source.Scan(ctx, columns) {
			if err == nil {
				for i, name := range columns {
					if name == f.spoilt {
						b.Columns[i].Err = errors.New("a cell that does not parse")
					}
				}
				b.File, b.Lines = "a.csv", b.Lines[:0]
				for i := range b.Rows {
					b.Lines = append(b.Lines, int64(10*(i+1)))
				}
			}
			if !yield(b, err) {
				return
			}
		}
	}
}

// games are four rows on the lines 10 to 40 of a.csv, and teams two rows of no file.
func games(spoilt string) quality.Engine {
	played := must(rows.Columns(
		rows.Column{Name: "team", Values: []string{"LAL", "BOS", "BOS", "NYK"}},
		rows.Column{Name: "secret", Values: []string{"d", "c", "b", "a"}},
		rows.Column{Name: "points", Values: []int64{4, 3, 2, 1}},
	))
	teams := must(rows.Columns(rows.Column{Name: "team", Values: []string{"BOS", "NYK"}}, rows.Column{Name: "city", Values: []string{"Boston", "New York"}}))
	return rows.NewEngine(map[string]expr.Source{"games": filed{played, spoilt}, "teams": teams})
}

// accuser fails, and says that rows are at fault.
type accuser struct{ faults []quality.Fault }

func (accuser) Describe() quality.Description { return quality.Description{Kind: "accuser"} }

func (accuser) Requests(quality.Scope) ([]quality.Request, error) { return nil, nil }

func (accuser) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for s := range m.Segments() {
		out = append(out, quality.Finding{Segment: s, Verdict: quality.Fail, Reason: "no"})
	}
	return out
}

func (a accuser) AtFault(quality.Scope) ([]quality.Fault, error) { return a.faults, nil }

// accused writes the rows that a finding has, and their columns.
func accused(t *testing.T, engine quality.Engine, s quality.Suite, faults ...quality.Fault) []string {
	t.Helper()
	s.Name, s.Table, s.Rules = "s", "games", []quality.Rule{{Check: accuser{faults}}}
	report, err := quality.Run(t.Context(), engine, now, s)
	require.NoError(t, err)
	c := report.Suites[0].Checks[0]
	require.Equal(t, quality.Fail, c.Verdict, c.Reason)
	var out []string
	for _, a := range c.Findings[0].AtFault {
		for _, r := range a.Rows {
			line := fmt.Sprintf("%s:%d", r.File, r.Line)
			for i, v := range r.Values {
				line += " " + a.Columns[i] + "=" + v.String()
			}
			out = append(out, line)
		}
	}
	return out
}

func TestRowsAtFaultStandWhereTheyCameFrom(t *testing.T) {
	read, teams := quality.Read("games"), quality.Read("teams")
	team := quality.Columns("team")
	for name, c := range map[string]struct {
		of   quality.Relation
		want []string
	}{
		"filter":    {read.Filter(expr.Col("points").Lt(3)), []string{"a.csv:30 team=BOS", "a.csv:40 team=NYK"}},
		"project":   {read.Project(quality.As("team", expr.Col("team").Lower())).Filter(expr.Col("team").Gt("c")), []string{"a.csv:10 team=lal", "a.csv:40 team=nyk"}},
		"expand":    {read.Filter(expr.Col("points").Eq(1)).Expand(team, []quality.Column{quality.As("team", expr.Lit("x"))}), []string{"a.csv:40 team=NYK", "a.csv:40 team=x"}},
		"union":     {quality.Union(teams, read).Filter(expr.Col("team").Eq("NYK")), []string{"a.csv:40 team=NYK", ":2 team=NYK"}},
		"aggregate": {read.Aggregate(team), []string{"a.csv:20 team=BOS", "a.csv:10 team=LAL", "a.csv:40 team=NYK"}},
		"join":      {read.Join(quality.AntiJoin, teams.Aggregate(team), quality.Equal("team")...), []string{"a.csv:10 team=LAL"}},
		"left of a join": {teams.Join(quality.LeftJoin, read.Aggregate(team, quality.CountRows().Named("n")), quality.Equal("team")...).Filter(expr.Col("n").Eq(2)),
			[]string{":1 team=BOS"}},
		"running": {read.Running([]string{"team"}, []string{"points"}, quality.CountRows().Named("n")).Filter(expr.Col("n").Eq(2)), []string{"a.csv:20 team=BOS"}},
		"previous": {read.Aggregate(quality.Columns("team", "points")).Previous([]string{"team"}, []string{"points"}, quality.As("before", expr.Col("points"))).Filter(expr.Col("before").IsNotNull()),
			[]string{"a.csv:20 team=BOS"}},
		"values": {quality.Values(expr.Schema{{Name: "team", Type: expr.String}}, []expr.Value{must(expr.ValueOf("x"))}), []string{":0 team=x"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, accused(t, games(""), quality.Suite{}, quality.Fault{Of: c.of, Columns: []string{"team"}}))
		})
	}
}

func TestRowsAtFaultAreTheFirstByTheKey(t *testing.T) {
	two := 2
	fault := quality.Fault{Where: col("points").Lt(4), Columns: []string{"points"}}
	keyed := quality.Suite{RowsAtFault: &two, Tables: []quality.Table{{Name: "games", Key: []string{"secret", "no such column"}}}}
	require.Equal(t, []string{"a.csv:40 secret=a points=1", "a.csv:30 secret=b points=2"}, accused(t, games(""), keyed, fault))
	keyed.RowsAtFault = new(int)
	require.Empty(t, accused(t, games(""), keyed, fault))
}

func TestRedactedColumnsAreNotShownWhateverTheyAreCalled(t *testing.T) {
	s := quality.Suite{Tables: []quality.Table{{Name: "games", Redact: []string{"Secret"}}}}
	renamed := quality.Read("games").Filter(col("points").Eq(1)).Project(quality.As("open", col("secret").Lower()), quality.As("points", col("points")))
	most := renamed.Aggregate(quality.Columns("points"), quality.MaxOf(col("open")).Named("most"), quality.CountWhere(col("open").IsNull()).Named("none"))
	require.Equal(t, []string{"a.csv:40 points=1"}, accused(t, games(""), s, quality.Fault{Of: renamed, Columns: []string{"open", "points"}}))
	require.Equal(t, []string{"a.csv:40 none=0"}, accused(t, games(""), s, quality.Fault{Of: most, Columns: []string{"most", "none"}}))
	require.Equal(t, []string{"a.csv:40 points=1"}, accused(t, games(""), s, quality.Fault{Where: col("secret").Eq("a"), Columns: []string{"secret", "points"}}))
}

// What cannot be read of them, or is not measured, changes no verdict.
func TestRowsAtFaultChangeNoVerdict(t *testing.T) {
	require.Empty(t, accused(t, games("secret"), quality.Suite{}, quality.Fault{Columns: []string{"secret"}}))
	require.Equal(t, []string{"a.csv:40 points=1"}, accused(t, games("secret"), quality.Suite{},
		quality.Fault{Columns: []string{"secret"}}, quality.Fault{Where: col("points").Lt(2), Columns: []string{"points"}}))
}
