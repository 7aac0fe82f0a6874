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
type Engine struct {
	tables  map[string]expr.Source
	memory  int64
	spillAt *int64 // for tests: other than a part of the memory
	spiller Spiller
}

// sourcePanicked is to blame for a panic in a source's own code.
const sourcePanicked = "the source of the rows panicked"

// NewEngine takes the rows of each table, by the name that suites call it.
func NewEngine(tables map[string]expr.Source, options ...Option) *Engine {
	e := &Engine{tables: maps.Clone(tables)}
	for _, set := range options {
		set(e)
	}
	return e
}

// Name is rows.
func (e *Engine) Name() string { return "rows" }

// Tables tells the schema of each table's source.
func (e *Engine) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	out := make([]quality.TableInfo, len(names))
	for i, name := range names {
		out[i].Name = name
		src, err := e.source(name)
		if err == nil {
			err = quality.Guard(sourcePanicked, func() (err error) { out[i].Schema, err = src.Schema(ctx); return err })
		}
		if out[i].Err = err; ctx.Err() != nil {
			return nil, quality.Ended(ctx, err)
		}
	}
	return out, nil
}

func (e *Engine) source(table string) (expr.Source, error) {
	if src, ok := e.tables[table]; ok {
		return src, nil
	}
	known := slices.Sorted(maps.Keys(e.tables))
	if len(known) == 0 {
		return nil, fmt.Errorf("there are no rows for table %s, nor for any other", table)
	}
	return nil, fmt.Errorf("there are no rows for table %s; there are for %v", table, known)
}

// Measure reads each table of the plan once, and makes each relation once.
func (e *Engine) Measure(ctx context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	out := quality.NewMeasurements()
	g := newGraph(e)
	for _, s := range plan.Statements {
		g.measure(s)
	}
	g.run(ctx)
	if ctx.Err() != nil {
		return nil, quality.Ended(ctx, nil)
	}
	g.report(out)
	return out, nil
}
