package engines

import (
	"context"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// LoadMemory keeps the tables in memory. What package rows answers to the cases
// drawn at random is what SQL is held against; its own tests hold it against
// naive code.
func LoadMemory(_ context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
	const dataset = "memory"
	sources := map[string]expr.Source{}
	for _, t := range tables {
		sources[dataset+"."+t.Name] = enginetest.Source(t)
	}
	return func() (quality.Engine, error) { return rows.NewEngine(sources), nil }, dataset, nil
}
