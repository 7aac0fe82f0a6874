package engines_test

import (
	"context"
	"testing"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality/enginetest"
)

func TestReference(t *testing.T) {
	ev := reference.Require(t)
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			return engines.LoadReference(ctx, ev, tables)
		},
		Oracle: engines.LoadMemory,
	})
}

func TestEmulator(t *testing.T) {
	ds := emulator.NewDataset(t)
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			return engines.LoadEmulator(ctx, ds, tables)
		},
		Oracle:     engines.LoadMemory,
		Deviations: engines.EmulatorDeviations(),
		Unsteady:   engines.EmulatorUnsteady(),
	})
}
