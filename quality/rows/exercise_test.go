package rows_test

import (
	"context"
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/rows"
)

func TestExercise(t *testing.T) {
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(_ context.Context, tables []enginetest.Table) (quality.Engine, string, error) {
			sources := map[string]quality.Source{}
			for _, table := range tables {
				sources["memory."+table.Name] = enginetest.Source(table)
			}
			return rows.NewEngine(sources), "memory", nil
		},
	})
}
