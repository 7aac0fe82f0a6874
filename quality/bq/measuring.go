package bq

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// measuring is a plan that is being measured.
type measuring struct {
	engine   *Engine
	renderer googlesql.Renderer
	*collector
}

func (m *measuring) measure(ctx context.Context, statements []*quality.Statement) {
	if len(statements) > 1 {
		if err := m.fixInstant(ctx, statements[0].Relation); err != nil {
			for _, st := range statements {
				m.fail(err, st.Requests...)
			}
			return
		}
	}
	m.engine.each(ctx, len(statements), func(i int) { m.statement(ctx, statements[i]) })
}

// fixInstant settles the instant at which tables are read from now on, where
// there is one and it is not settled yet, by the clock of where a relation is. It
// is not safe for concurrent use, and need not be: several statements have it
// settled before the first one starts.
func (m *measuring) fixInstant(ctx context.Context, near quality.Relation) error {
	o := m.engine.options
	if o.NoSnapshot || o.Dialect.NoTimeTravel || !m.renderer.SnapshotAt.IsZero() {
		return nil
	}
	now, err := m.engine.now(ctx, m.engine.location(near))
	if err != nil {
		return fmt.Errorf("the instant to read all tables at could not be had: %w", err)
	}
	m.renderer.SnapshotAt = now
	return nil
}
