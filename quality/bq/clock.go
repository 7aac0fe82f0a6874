package bq

import (
	"context"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality"
)

// now is the service's clock. This machine's could be ahead of it, and an
// instant in the future is refused; or behind, and would miss what was written
// last. The answer is never a cached one.
// https://cloud.google.com/bigquery/docs/cached-results#cache-exceptions
func (e *Engine) now(ctx context.Context, location string) (time.Time, error) {
	a, err := e.run(ctx, "the query of the service's clock", quality.Query{Text: "SELECT CURRENT_TIMESTAMP()"}, location, limits{})
	if err != nil {
		return time.Time{}, err
	}
	if len(a.rows) == 1 && len(a.rows[0]) == 1 {
		if now, ok := a.rows[0][0].(time.Time); ok && !now.IsZero() {
			return now, nil
		}
	}
	return time.Time{}, fmt.Errorf("the service's clock answered %v", a.rows)
}
