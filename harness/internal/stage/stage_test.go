package stage_test

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"testing"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/stage"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// drawn are the cases drawn at random, which this test leaves out.
var drawn = regexp.MustCompile(`^random/|^calls/|^checksum/|^parts/|^shared/|^relation/.* \d+$`)

func onEmulator(srv *emulator.Server, client *bigquery.Client, sources map[string]expr.Source) (*stage.Engine, error) {
	return stage.New(stage.Place{
		Name:    "the emulator",
		Client:  client,
		Options: bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), Parallel: 1},
		Dataset: func(ctx context.Context) (*emulator.Dataset, error) {
			return srv.CreateDataset(ctx, client, emulator.UniqueID("stage"))
		},
		Remove: func(ctx context.Context, d *emulator.Dataset) { _ = d.Remove(ctx) },
		NaN:    errors.New("it is NaN"),
		Absent: func(err error) error { return err },
	}, sources)
}

// The tables are loaded by the plan, and the answers are those of every engine. There is
// an emulator for each load, for what one keeps of its statements has an end at 2 GiB.
func TestStage(t *testing.T) {
	emulator.Require(t)
	end := func() {}
	defer func() { end() }()
	deviations, unsteady := enginetest.EmulatorDeviations(), enginetest.EmulatorUnsteady()
	for _, list := range []map[string]string{deviations, unsteady} {
		maps.DeleteFunc(list, func(id, _ string) bool { return drawn.MatchString(id) })
	}
	for _, id := range []string{"nan/populated", "nan/cast to integer", "complete/NaN and infinities", "total/NaN", "against/NaN", "against/a mean without NaN"} {
		deviations[id] = "nothing is measured of a column with a NaN"
	}
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			end()
			srv, err := emulator.Start(ctx)
			if err != nil {
				return nil, "", err
			}
			client, err := srv.Client(ctx)
			if err != nil {
				return nil, "", errors.Join(err, srv.Close())
			}
			end = func() { require.NoError(t, errors.Join(client.Close(), srv.Close())) }
			sources := map[string]expr.Source{}
			for _, table := range tables {
				sources["league."+table.Name] = enginetest.Source(table)
			}
			return func() (quality.Engine, error) { return onEmulator(srv, client, sources) }, "league", nil
		},
		Deviations: deviations,
		Unsteady:   unsteady,
		Together:   true,
	})
}
