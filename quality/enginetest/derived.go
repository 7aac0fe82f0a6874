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
	least, err := expr.ValueOf(d.least)
	return quality.Query{
		Text:       "SELECT season, points * 2 AS twice FROM " + inputs[0] + " AS game WHERE game.points >= @intact_1",
		Parameters: map[string]expr.Value{"intact_1": least}, // a name that the engine could take as well
	}, err
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

// derivedProbe is a probe of derived rows where a filter is TRUE.
type derivedProbe struct {
	least int64
	where expr.Expr
	of    quality.Metric
}

func (derivedProbe) Describe() quality.Description {
	return quality.Description{Kind: "derived", JudgesZero: true}
}

func (p derivedProbe) asks(s quality.Scope) quality.Request {
	return quality.Request{Of: quality.Derived(doubled{s.Relation, p.least}).Filter(p.where), Metric: p.of}
}

func (p derivedProbe) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{p.asks(s)}, nil
}

func (p derivedProbe) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, p.asks(s), probed)
}
