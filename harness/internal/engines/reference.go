package engines

import (
	"context"
	"slices"
	"strings"

	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// referenceProject and referenceDataset are where the tables are said to be.
const (
	referenceProject = "reference"
	referenceDataset = "tables"
)

// Reference measures plans with the queries of package bq, run by Google's
// reference implementation over its own tables.
type Reference struct {
	enginetest.Schemas
	db       *reference.Database
	renderer googlesql.Renderer
}

// LoadReference hands the tables over.
func LoadReference(ctx context.Context, ev *reference.Evaluator, tables []enginetest.Table) (enginetest.Open, string, error) {
	db, err := ev.Load(ctx, ReferenceTables(tables)...)
	open := func() (quality.Engine, error) {
		return &Reference{enginetest.SchemasOf(referenceDataset, tables), db, googlesql.Renderer{Project: referenceProject}}, nil
	}
	return open, referenceDataset, err
}

// ReferenceTables are tables as they are handed over.
func ReferenceTables(tables []enginetest.Table) []reference.Table {
	out := make([]reference.Table, len(tables))
	for i, t := range tables {
		out[i] = referenceTable(t)
	}
	return out
}

// ReferenceParams are the parameters of a query as they are handed over.
func ReferenceParams(q quality.Query) []reference.Param {
	var out []reference.Param
	for name, v := range q.Parameters {
		out = append(out, reference.Param{Name: name, Type: string(v.Type()), Value: v.Go()})
	}
	return out
}

func referenceTable(t enginetest.Table) reference.Table {
	out := reference.Table{Name: strings.Join([]string{referenceProject, referenceDataset, t.Name}, ".")}
	for _, f := range t.Schema {
		out.Columns = append(out.Columns, reference.Column{Name: f.Name, Type: string(stored(f.Type))})
	}
	for _, row := range t.Rows {
		values := make([]any, len(row))
		for i, v := range row {
			if f := t.Schema[i]; f.Type.Computable() {
				values[i] = v.Go()
			} else if nested, err := enginetest.Nested(f, v); err == nil { // as reading the table has shown
				values[i] = plain(nested)
			}
		}
		out.Rows = append(out.Rows, values)
	}
	return out
}

// plain is a nested value of Go's types.
func plain(x any) any {
	switch x := x.(type) {
	case expr.Value:
		return x.Go()
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = plain(x[i])
		}
		return out
	}
	return nil
}

// Name is reference.
func (e *Reference) Name() string { return "reference" }

// Explain writes the queries.
func (e *Reference) Explain(_ context.Context, plan *quality.Plan) (*quality.Cost, error) {
	out := &quality.Cost{}
	for _, st := range plan.Statements {
		s, err := e.renderer.Render(st)
		cost := quality.StatementCost{Statement: st, Err: err}
		if err == nil {
			cost.SQL, cost.Parameters = s.Text, s.Parameters
		}
		out.Statements = append(out.Statements, cost)
	}
	return out, nil
}

// Measure runs each statement as it is: one that is refused fails whole.
func (e *Reference) Measure(ctx context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	out := quality.NewMeasurements()
	for left := slices.Clone(plan.Statements); len(left) > 0; {
		st := left[0]
		more, err := e.measure(ctx, st, out)
		if err != nil {
			for _, r := range st.Folds {
				out.Fail(r, err)
			}
		}
		left = append(left[1:], more...)
	}
	return out, ctx.Err()
}

func (e *Reference) measure(ctx context.Context, st *quality.Statement, out *quality.Measurements) (left []*quality.Statement, err error) {
	s, err := e.renderer.Render(st)
	if err != nil {
		return nil, err
	}
	res, err := e.db.Query(ctx, s.Text, ReferenceParams(s.Query)...)
	if err != nil {
		return nil, err
	}
	return s.Report(res.Rows, out)
}

// stored is the type that a column is kept as: one that never holds a value can be
// of any.
func stored(t expr.Type) expr.Type {
	if t == expr.Null {
		return expr.String
	}
	return t
}
