package engines_test

import (
	"context"
	"testing"
	"time"

	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality/enginetest"
)

// now is the clock of the suites.
var now = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

func TestReference(t *testing.T) {
	ev := reference.Require(t)
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			return engines.LoadReference(ctx, ev, tables)
		},
		Oracle: enginetest.Memory,
	})
}
