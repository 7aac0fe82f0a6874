package rows

import (
	"context"

	"github.com/intactdata/intact/quality"
)

// Explain lists the statements of the plan: in memory there is no SQL, and how
// many bytes a source holds is not known.
func (e *Engine) Explain(ctx context.Context, plan *quality.Plan) (*quality.Cost, error) {
	if ctx.Err() != nil {
		return nil, quality.Ended(ctx, nil)
	}
	out := &quality.Cost{}
	for _, s := range plan.Statements {
		out.Statements = append(out.Statements, quality.StatementCost{Statement: s})
	}
	return out, nil
}
