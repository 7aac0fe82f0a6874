package rows

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Engine measures plans over sources in memory. It is safe for concurrent use if
// its sources are.
type Engine struct{ tables map[string]expr.Source }

// NewEngine takes the rows of each table, by the name that suites call it.
func NewEngine(tables map[string]expr.Source) *Engine {
	return &Engine{maps.Clone(tables)}
}

// Schema is that of the table's source, or of what a derivation makes of it.
func (e *Engine) Schema(ctx context.Context, rel quality.Relation) (schema expr.Schema, err error) {
	err = quality.Guard(sourcePanicked, func() error {
		src, err := e.source(rel)
		if err == nil {
			schema, err = src.Schema(ctx)
		}
		return err
	})
	return schema, err
}

const sourcePanicked = "the source of the rows panicked"

func (e *Engine) source(rel quality.Relation) (expr.Source, error) {
	if d := rel.Derivation(); d != nil {
		var inputs []expr.Source
		for _, in := range d.Inputs() {
			src, err := e.source(in)
			if err != nil {
				return nil, err
			}
			inputs = append(inputs, src)
		}
		return d.Rows(inputs), nil
	}
	if src, ok := e.tables[rel.Table()]; ok {
		return src, nil
	}
	known := slices.Sorted(maps.Keys(e.tables))
	if len(known) == 0 {
		return nil, fmt.Errorf("there are no rows for table %s, nor for any other", rel)
	}
	return nil, fmt.Errorf("there are no rows for table %s; there are for %v", rel, known)
}

// Measure reads each relation of the plan once.
func (e *Engine) Measure(ctx context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	out := quality.NewMeasurements()
	byRelation := map[string][]*quality.Statement{}
	var order []string
	for _, s := range plan.Statements {
		key := s.Relation.Key()
		if _, ok := byRelation[key]; !ok {
			order = append(order, key)
		}
		byRelation[key] = append(byRelation[key], s)
	}
	for _, key := range order {
		statements := byRelation[key]
		if err := quality.Guard(sourcePanicked, func() error { return e.scan(ctx, statements, out) }); err != nil {
			if ctx.Err() != nil {
				return nil, quality.Ended(ctx, err)
			}
			for _, s := range statements {
				for _, r := range s.Requests {
					out.Fail(r, err)
				}
			}
		}
	}
	return out, nil
}

// scan reads one relation for all its statements. The error is about the rows
// as a whole.
func (e *Engine) scan(ctx context.Context, statements []*quality.Statement, out *quality.Measurements) error {
	src, err := e.source(statements[0].Relation)
	if err != nil {
		return err
	}
	columns := read(statements)
	s := newScan(columns)
	for _, st := range statements {
		for _, r := range st.Requests {
			s.add(r)
		}
	}
	for batch, err := range src.Scan(ctx, columns) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		s.consume(batch)
	}
	if err := ctx.Err(); err != nil {
		return err // a source that stopped for it may not have said so
	}
	s.report(out)
	return nil
}

// read are the columns of all the statements.
func read(statements []*quality.Statement) []string {
	var out []string
	for _, s := range statements {
		out = append(out, s.Columns...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
