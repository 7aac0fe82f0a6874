package rows

import (
	"context"
	"fmt"
	"maps"
	"reflect"
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

// SharesRelations says that a relation is made once, whoever reads it.
func (e *Engine) SharesRelations() {}

// Tables tells the schema of each table's source.
func (e *Engine) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	out := make([]quality.TableInfo, len(names))
	for i, name := range names {
		out[i].Name = name
		src, err := e.source(name)
		if err == nil {
			err = quality.Guard(sourcePanicked, func() (err error) { out[i], err = infoOf(ctx, name, src); return err })
		}
		if out[i].Err = err; ctx.Err() != nil {
			return nil, quality.Ended(ctx, err)
		}
	}
	return out, nil
}

// infoOf is what a source tells of a table's rows.
func infoOf(ctx context.Context, name string, src expr.Source) (quality.TableInfo, error) {
	out := quality.TableInfo{Name: name}
	var err error
	switch s := src.(type) {
	case expr.Identified:
		out.Identity.Of, err = s.Identity()
	default:
		if v := reflect.ValueOf(src); v.Kind() == reflect.Pointer { // one source under two names
			out.Identity.Of = []string{fmt.Sprintf("%T at %p", src, src)}
		}
	}
	if err == nil {
		out.Schema, err = src.Schema(ctx)
	}
	return out, err
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

// Settle makes the schema of a table no guess.
func (e *Engine) Settle(ctx context.Context, table string) error {
	if s, ok := e.tables[table].(expr.Settler); ok {
		return s.Settle(ctx)
	}
	return nil
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
	if err := g.revised(); err != nil {
		return nil, err
	}
	g.report(out)
	return out, nil
}
