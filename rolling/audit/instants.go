package audit

import (
	"context"
	"iter"
	"math"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// instants is rows with the times of a column as numbers of microseconds.
type instants struct {
	expr.Source
	column string
}

func (n instants) Schema(ctx context.Context) (expr.Schema, error) {
	s, err := n.Source.Schema(ctx)
	out := append(expr.Schema(nil), s...)
	for i := range out {
		if strings.EqualFold(out[i].Name, n.column) {
			out[i].Type = expr.Int64
		}
	}
	return out, err
}

func (n instants) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range n.Source.Scan(ctx, columns) {
			if err != nil {
				yield(nil, err)
				return
			}
			out := *b
			out.Columns = append([]expr.Vector(nil), b.Columns...)
			for c, name := range columns {
				if !strings.EqualFold(name, n.column) || b.Columns[c].Err != nil {
					continue
				}
				v := expr.Vector{}
				v.Reset(expr.Int64, b.Rows)
				for i := range b.Rows {
					at, err := instant(name, &b.Columns[c], i)
					if err != nil {
						yield(nil, err)
						return
					}
					if at != math.MinInt64 {
						v.Valid.Set(i)
						v.Ints[i] = at
					}
				}
				out.Columns[c] = v
			}
			if !yield(&out, nil) {
				return
			}
		}
	}
}
