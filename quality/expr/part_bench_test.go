package expr_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/intactdata/intact/quality/expr"
)

// wide is one batch of feature stores with many names, in a few orders.
type wide struct{ batch expr.Batch }

const wideRows, wideNames = 4096, 60

func newWide() *wide {
	w := &wide{batch: expr.Batch{Rows: wideRows, Columns: make([]expr.Vector, 2)}}
	names, values := &w.batch.Columns[0], &w.batch.Columns[1]
	names.Reset("ARRAY<STRING>", wideRows)
	values.Reset("ARRAY<FLOAT64>", wideRows)
	for row := range wideRows {
		first := names.SetItems(row, wideNames)
		values.SetItems(row, wideNames)
		for i := range wideNames {
			names.Items.Texts[first+i], values.Items.Floats[first+i] = fmt.Sprintf("usage_rate_avg_last_%02d", (i+row%3)%wideNames), float64(i)
			names.Items.Valid.Set(first + i)
			values.Items.Valid.Set(first + i)
		}
	}
	return w
}

func (w *wide) Schema(context.Context) (expr.Schema, error) {
	return expr.Schema{{Name: "names", Type: "ARRAY<STRING>"}, {Name: "values", Type: "ARRAY<FLOAT64>"}}, nil
}

func (w *wide) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for yield(&w.batch, nil) {
		}
	}
}

// BenchmarkElements looks sixty elements up in each of 4096 rows.
func BenchmarkElements(b *testing.B) {
	var columns []string
	for i := range wideNames {
		columns = append(columns, expr.Element("values", "names", fmt.Sprintf("usage_rate_avg_last_%02d", i)).Columns()...)
	}
	next, stop := iter.Pull2(expr.Scan(b.Context(), newWide(), append([]string{"names"}, columns...)[1:]))
	defer stop()
	next()
	b.ReportAllocs()
	for b.Loop() {
		next()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*wideRows*wideNames), "ns/element")
}
