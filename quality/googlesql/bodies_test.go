package googlesql_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/googlesql"
)

// Every term and every operator has a case, and what stands in no statement is told
// by name: this needs no emulator.
func TestEveryCaseIsWritten(t *testing.T) {
	w := &writing{errors: map[string]bool{}}
	enginetest.Exercise(deaf{t}, enginetest.Subject{
		Load: func(_ context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			w.Schemas = enginetest.SchemasOf("written", tables)
			return func() (quality.Engine, error) { return w, nil }, "written", nil
		},
		Oracle: enginetest.Memory,
	})
	assert.Greater(t, w.statements, 100)
	assert.Empty(t, w.errors)
}

// writing is an engine that writes statements and runs none.
type writing struct {
	enginetest.Schemas
	statements int
	errors     map[string]bool // each once
}

func (w *writing) Name() string { return "writing" }

func (w *writing) Explain(context.Context, *quality.Plan) (*quality.Cost, error) { return nil, nil }

func (w *writing) Measure(_ context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	for _, st := range plan.Statements {
		w.statements++
		if _, err := (googlesql.Renderer{Project: "p"}).Render(st); err != nil {
			w.errors[err.Error()] = true
		}
	}
	return quality.NewMeasurements(), nil
}

// deaf hears of no answer: there is none.
type deaf struct{ *testing.T }

func (deaf) Errorf(string, ...any) {}
