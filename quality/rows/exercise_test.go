package rows_test

import (
	"context"
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func TestExercise(t *testing.T) {
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(_ context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			sources := map[string]expr.Source{}
			for _, table := range tables {
				sources["memory."+table.Name] = enginetest.Source(table)
			}
			return func() (quality.Engine, error) { return rows.NewEngine(sources), nil }, "memory", nil
		},
	})
}
