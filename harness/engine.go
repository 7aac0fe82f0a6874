package harness

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/option"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/sidecar"
	"github.com/intactdata/intact/harness/internal/stage"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/spill"
)

// The environment that a test runs in. Nothing else of this module reads it but the
// packages below harness/emulator.
const (
	// EnvEngine names the variable that says what measures: rows (the default),
	// emulator, container or bigquery.
	EnvEngine = "INTACT_ENGINE"
	// EnvProject names the variable with the BigQuery project that is billed, and that
	// the datasets of tests are made in.
	EnvProject = "INTACT_PROJECT"
	// EnvDataset names the variable with what the ids of the datasets of tests begin
	// with, intact_test unless it says otherwise.
	EnvDataset = "INTACT_DATASET"
	// EnvLocation names the variable with the location of those datasets, such as EU.
	EnvLocation = "INTACT_LOCATION"
	// EnvRequireBigQuery names the variable that, set to 1, makes tests fail rather than
	// skip where there are no credentials for BigQuery.
	EnvRequireBigQuery = "INTACT_REQUIRE_BIGQUERY"
)

// Load makes the fixtures the tables of an engine, which the environment variable
// INTACT_ENGINE names, and answers alike whichever it is:
//
//	rows        in memory, the default
//	emulator    the BigQuery emulator, as package emulator finds it
//	container   the same in a container: see Options.Container
//	bigquery    BigQuery, in INTACT_PROJECT
//
// But in memory, tables are loaded into a dataset of the test's own, once a suite is run
// and as far as it reads them, and removed with it when the test ends. On BigQuery its
// tables expire within [Lifetime] even where the test was killed. A table that is no
// fixture is not there, also where the project has one of its name.
//
// What the engine needs and the machine does not have skips the test, and fails it
// where INTACT_REQUIRE_EMULATOR, INTACT_REQUIRE_CONTAINER or INTACT_REQUIRE_BIGQUERY is 1.
func (o Options) Load(t testing.TB, fixtures ...Fixture) quality.Engine {
	t.Helper()
	sources := map[string]expr.Source{}
	for _, f := range fixtures {
		src, err := f.source(t.TempDir)
		if err == nil && sources[f.table] != nil {
			err = errors.New("there are two fixtures of it")
		}
		if err != nil {
			t.Fatalf("%s: %v", f.called(), err)
		}
		sources[f.table] = src
	}
	p := o.place(t)
	if p == nil {
		return rows.NewEngine(sources, rows.SpillTo(spill.Disk{}))
	}
	engine, err := stage.New(p.staged(t), sources)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// Engine is the engine that INTACT_ENGINE names on the tables that it has itself: those
// of BigQuery, after a deployment say, or of an emulator that INTACT_EMULATOR names. In
// memory there are none, and the test is skipped as [Options.Load] skips.
func (o Options) Engine(t testing.TB) quality.Engine {
	t.Helper()
	p := o.place(t)
	if p == nil {
		absent := fmt.Errorf("a table is %w: %s=rows has those alone that a test loads, so name what has others, such as %s=bigquery", sidecar.ErrNotInstalled, EnvEngine, EnvEngine)
		sidecar.SkipOrFail(t, absent, EnvRequireBigQuery)
	}
	engine, err := bq.New(p.client, p.options)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// place is what speaks BigQuery's API.
type place struct {
	name    string
	client  *bigquery.Client
	server  *emulator.Server // nil on BigQuery
	options bq.Options
	nan     error // why it holds none
	dataset datasets
}

// place is the one that the environment names, nil for memory.
func (o Options) place(t testing.TB) *place {
	t.Helper()
	switch engine := cmp.Or(os.Getenv(EnvEngine), "rows"); engine {
	case "rows":
		return nil
	case "emulator":
		return onServer(t, emulator.Require(t))
	case "container":
		if o.Container == nil {
			t.Fatalf("%s=container: the test does not say how one is started: harness.Options{Container: container.Require}, of package harness/emulator/container", EnvEngine)
		}
		return onServer(t, o.Container(t))
	case "bigquery":
		return onBigQuery(t)
	default:
		t.Fatalf("%s=%q is no engine: it is rows, emulator, container or bigquery", EnvEngine, engine)
	}
	return nil
}

func onServer(t testing.TB, server *emulator.Server) *place {
	t.Helper()
	client, err := server.Client(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return &place{
		name:    "the emulator",
		client:  client,
		server:  server,
		options: bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), Parallel: 1},
		nan:     fmt.Errorf("it is NaN, which the emulator stores as NULL: test with %s=rows", EnvEngine),
		dataset: datasetsOf(client),
	}
}

func onBigQuery(t testing.TB, options ...option.ClientOption) *place {
	t.Helper()
	project := os.Getenv(EnvProject)
	if project == "" {
		t.Fatalf("%s=bigquery: name the project that is billed in %s", EnvEngine, EnvProject)
	}
	client, err := bigquery.NewClient(t.Context(), project, options...)
	if err != nil {
		absent := fmt.Errorf("a login to BigQuery is %w: make one with gcloud auth application-default login (%w)", sidecar.ErrNotInstalled, err)
		sidecar.SkipOrFail(t, absent, EnvRequireBigQuery)
	}
	client.Location = os.Getenv(EnvLocation)
	t.Cleanup(func() { _ = client.Close() })
	return &place{
		name:    "BigQuery",
		client:  client,
		options: bq.Options{Location: client.Location, Labels: map[string]string{"tool": "intact"}},
		dataset: datasetsOf(client),
	}
}

// staged is the place as tables are loaded into it.
func (p *place) staged(t testing.TB) stage.Place {
	p.dataset.sweepOnce(t)
	return stage.Place{
		Name:    p.name,
		Client:  p.client,
		Options: p.options,
		NaN:     p.nan,
		Dataset: func(ctx context.Context) (*emulator.Dataset, error) { return p.dataset.create(ctx, t, p.server) },
		Remove: func(ctx context.Context, made *emulator.Dataset) {
			if t.Context().Err() == nil {
				return // it is removed at the end of the test
			}
			// The engine has outlived its test, as one that is loaded once for several
			// does. Nobody is left to tell of an error; the next sweep removes it.
			_ = made.Remove(ctx)
		},
	}
}
