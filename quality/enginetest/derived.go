package enginetest

import (
	"context"
	"fmt"
	"iter"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// doubled is a derivation: the points of rows with at least so many, times two.
type doubled struct {
	of    quality.Relation
	least int64
}

func (d doubled) Key() string {
	return fmt.Sprintf("doubled points from %d of %s", d.least, d.of.Key())
}

func (d doubled) Inputs() []quality.Relation { return []quality.Relation{d.of} }

func (d doubled) Schema([]expr.Schema) (expr.Schema, error) {
	return expr.Schema{{Name: "season", Type: expr.String}, {Name: "twice", Type: expr.Int64}}, nil
}

func (d doubled) SQL(inputs []string) (quality.Query, error) {
	return quality.Query{
		Text:       "SELECT season, points * 2 AS twice FROM " + inputs[0] + " AS game WHERE game.points >= @intact_1",
		Parameters: map[string]expr.Value{"intact_1": mustValue(d.least)}, // a name that the engine could take as well
	}, nil
}

func (d doubled) Rows(inputs []expr.Source) expr.Source { return doubledRows{d, inputs[0]} }

type doubledRows struct {
	doubled
	input expr.Source
}

func (r doubledRows) Schema(context.Context) (expr.Schema, error) { return r.doubled.Schema(nil) }

func (r doubledRows) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		out := Table{}
		out.Schema, _ = r.doubled.Schema(nil)
		for b, err := range r.input.Scan(ctx, []string{"season", "points"}) {
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range b.Rows {
				if points, ok := b.Columns[1].Value(i).Go().(int64); ok && points >= r.least {
					out.row(b.Columns[0].Value(i), 2*points)
				}
			}
		}
		for b, err := range (source{out}).Scan(ctx, columns) {
			if !yield(b, err) {
				return
			}
		}
	}
}

// derivedProbe is a probe of derived rows.
type derivedProbe struct {
	quality.Check
	least int64
}

func (p derivedProbe) Derive(s quality.Scope) (quality.Relation, error) {
	return quality.Derived(doubled{s.Relation, p.least}), nil
}

func derivedCases() []testCase {
	more := tallyProbe{parsed("twice > 10")}
	return []testCase{whole("derived/rows made from a table", quality.Suite{Table: "games", Rules: []quality.Rule{
		{ID: "more", Check: derivedProbe{more, 4}, By: []string{"season"}},
		{ID: "filtered", Check: derivedProbe{more, 4}, Where: parsed("twice < 20")},
		{ID: "fewer", Check: derivedProbe{more, 7}},
		{ID: "keys", Check: derivedProbe{keysProbe{[]string{"twice"}}, 4}, Where: parsed("twice != 8")},
	}}, `
pass more
  pass [season=A] true=2 false=0 null=0
  pass [season=B] true=1 false=1 null=0
  pass [season=C] true=0 false=1 null=0
pass filtered where 3/2/0
  pass true=1 false=2 null=0
pass fewer
  pass true=3 false=0 null=0
pass keys where 4/1/0
  pass rows=4 distinct=3 duplicated=1 surplus=1 null=0`)}
}
