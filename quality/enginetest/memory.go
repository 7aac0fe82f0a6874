package enginetest

import (
	"context"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Memory keeps the tables in memory, for package rows. What that answers to the
// cases drawn at random is what SQL is held against; its own tests hold it against
// naive code.
func Memory(_ context.Context, tables []Table) (Open, string, error) {
	const dataset = "memory"
	sources := map[string]expr.Source{}
	for _, t := range tables {
		sources[dataset+"."+t.Name] = Source(t)
	}
	return func() (quality.Engine, error) { return rows.NewEngine(sources), nil }, dataset, nil
}
