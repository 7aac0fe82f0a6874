package cli

import (
	"context"
	"maps"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// drawn are the cases drawn at random, which this test leaves out.
var drawn = regexp.MustCompile(`^random/|^calls/|^shared/|^relation/.* \d+$`)

// The tables are loaded by the plan, and the answers are those of every engine.
func TestStage(t *testing.T) {
	srv := emulator.Require(t)
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	deviations, unsteady := enginetest.EmulatorDeviations(), enginetest.EmulatorUnsteady()
	for _, list := range []map[string]string{deviations, unsteady} {
		maps.DeleteFunc(list, func(id, _ string) bool { return drawn.MatchString(id) })
	}
	for _, id := range []string{"nan/populated", "nan/cast to integer", "complete/NaN and infinities", "total/NaN", "against/NaN", "against/a mean without NaN"} {
		deviations[id] = "nothing is measured of a column with a NaN"
	}
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(_ context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			sources := map[string]expr.Source{}
			for _, table := range tables {
				sources["league."+table.Name] = enginetest.Source(table)
			}
			return func() (quality.Engine, error) { return newStage(srv, client, sources) }, "league", nil
		},
		Deviations: deviations,
		Unsteady:   unsteady,
		Together:   true,
	})
}
