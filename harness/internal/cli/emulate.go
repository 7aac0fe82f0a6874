package cli

import (
	"context"
	"errors"
	"fmt"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/internal/stage"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
)

// openEmulator measures local rows by SQL, on the emulator. One that is running
// already goes on.
func openEmulator(ctx context.Context, j *job, sources map[string]expr.Source, server *emulator.Server) error {
	if server == nil {
		var err error
		if server, err = emulator.Start(ctx); err != nil {
			return evaluationError{err}
		}
		j.onClose(func() { shutDown(ctx, server) })
	}
	client, err := server.Client(ctx)
	if err != nil {
		return evaluationError{err}
	}
	j.onClose(func() { client.Close() })
	j.engine, err = newStage(server, client, sources)
	return err
}

// newStage measures local rows on an emulator. It drops what it creates there: the
// emulator may be somebody's who goes on with it.
func newStage(server *emulator.Server, client *bigquery.Client, sources map[string]expr.Source) (*stage.Engine, error) {
	return stage.New(stage.Place{
		Name:    "the emulator",
		Client:  client,
		Options: bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), Parallel: 1},
		Dataset: func(ctx context.Context) (*emulator.Dataset, error) {
			return server.CreateDataset(ctx, client, emulator.UniqueID("intact"))
		},
		Remove: func(ctx context.Context, d *emulator.Dataset) {
			ctx, stop := ending.Afterwards(ctx, cleanupTimeout)
			defer stop()
			_ = d.Remove(ctx) // it may be gone, with all that it had
		},
		NaN: errors.New("it is NaN, which the emulator stores as NULL: use --engine rows"),
		Absent: func(err error) error {
			return fmt.Errorf("%w; to load local rows, name them as source in the suite or with --data TABLE=PATH", err)
		},
	}, sources)
}

// shutDown ends an emulator, and does not wait long for it once the context has
// ended. What it held is of no use to anybody.
func shutDown(ctx context.Context, server *emulator.Server) {
	ctx, stop := ending.Afterwards(ctx, cleanupTimeout)
	defer stop()
	_ = server.Shutdown(ctx)
}
