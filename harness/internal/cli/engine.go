package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
)

// suiteFlags say which suites are run, on which rows, by which engine.
type suiteFlags struct {
	data     []string
	engine   string
	project  string
	location string
	maxBytes int64
}

const (
	rowsEngine     = "rows"
	emulatorEngine = "emulator"
	bigqueryEngine = "bigquery"
)

func (f *suiteFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.data, "data", nil, "read a table's rows from a local file or glob, as `TABLE=PATH`; can be repeated")
	flags.StringVar(&f.engine, "engine", "", "what measures: rows, emulator or bigquery (default rows where there is local data, else bigquery)")
	flags.StringVar(&f.project, "project", "", "the BigQuery project that is billed, and that tables named without one are in (default: the credentials')")
	flags.StringVar(&f.location, "location", "", "where BigQuery runs the queries (default: where the tables are)")
	flags.Int64Var(&f.maxBytes, "max-bytes", 0, "refuse a query that would be billed for more `BYTES` (default: no limit)")
}

// job is what a command has been asked to run.
type job struct {
	files  []suitefile.File
	suites []quality.Suite
	engine quality.Engine
	close  func()
}

// prepare reads the suites and opens the engine.
func (p Process) prepare(ctx context.Context, f suiteFlags, args []string) (*job, error) {
	if f.engine != "" && !slices.Contains([]string{rowsEngine, emulatorEngine, bigqueryEngine}, f.engine) {
		return nil, fmt.Errorf("--engine %q is not known: it is rows, emulator or bigquery", f.engine)
	}
	if f.maxBytes < 0 {
		return nil, fmt.Errorf("--max-bytes %d: a number of bytes is 0 or more", f.maxBytes)
	}
	files, err := loadSuites(args)
	if err != nil {
		return nil, err
	}
	overrides, err := parseData(f.data)
	if err != nil {
		return nil, err
	}
	sources, err := sourcesOf(files, overrides, p.progress())
	if err != nil {
		return nil, err
	}
	j := &job{files: files}
	for _, s := range files {
		j.suites = append(j.suites, s.Suite)
	}
	j.engine, j.close, err = p.open(ctx, f, j.suites, sources)
	return j, err
}

// open makes the engine; close gives back what it holds.
func (p Process) open(ctx context.Context, f suiteFlags, suites []quality.Suite, sources map[string]quality.Source) (e quality.Engine, closer func(), err error) {
	switch {
	case f.engine == emulatorEngine:
		return openEmulator(ctx, f, sources)
	case f.engine == rowsEngine, f.engine == "" && (len(sources) > 0 || f.project == ""):
		return rows.NewEngine(withReasons(suites, sources)), func() {}, nil
	case len(f.data) > 0:
		return nil, nil, errors.New("--data is read by the engines rows and emulator; BigQuery reads its own tables")
	}
	return p.openBigQuery(ctx, f)
}

var errNoRows = errors.New("there are no rows for it: name local files as source in the suite or with --data TABLE=PATH, or measure on BigQuery with --project")

// withReasons says of each table without local rows how it gets some.
func withReasons(suites []quality.Suite, sources map[string]quality.Source) map[string]quality.Source {
	out := maps.Clone(sources)
	for _, s := range suites {
		if _, ok := out[s.Table]; !ok {
			out[s.Table] = unreadable{fmt.Errorf("table %s: %w", s.Table, errNoRows)}
		}
	}
	return out
}

func (p Process) openBigQuery(ctx context.Context, f suiteFlags) (quality.Engine, func(), error) {
	project := f.project
	if project == "" {
		project = bigquery.DetectProjectID
	}
	client, err := bigquery.NewClient(ctx, project)
	if err != nil {
		return nil, nil, evaluationError{fmt.Errorf("BigQuery cannot be reached: %w", err)}
	}
	engine, err := bq.New(client, bq.Options{
		Location:       f.location,
		MaxBytesBilled: f.maxBytes,
		Labels:         map[string]string{"tool": "intact"},
		SnapshotAt:     p.Now().Add(-snapshotLag),
	})
	if err != nil {
		client.Close()
		return nil, nil, err
	}
	return engine, func() { client.Close() }, nil
}

// snapshotLag keeps the one instant that all statements read from lying in the
// future of BigQuery's clock.
const snapshotLag = 5 * time.Second

func openEmulator(ctx context.Context, f suiteFlags, sources map[string]quality.Source) (quality.Engine, func(), error) {
	server, err := emulator.Start(ctx)
	if err != nil {
		return nil, nil, evaluationError{err}
	}
	client, err := server.Client(ctx)
	if err != nil {
		server.Close()
		return nil, nil, evaluationError{err}
	}
	closer := func() {
		client.Close()
		server.Close()
	}
	staged := stage{server: server, client: client, datasets: map[string]*emulator.Dataset{}, failed: map[string]error{}}
	for _, table := range slices.Sorted(maps.Keys(sources)) {
		if err := staged.table(ctx, table, sources[table]); err != nil {
			staged.failed[quality.Table(table).Key()] = err
		}
	}
	engine, err := bq.New(client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), MaxBytesBilled: f.maxBytes})
	if err != nil {
		closer()
		return nil, nil, err
	}
	return stagedEngine{engine, staged.failed}, closer, nil
}

// stagedEngine knows why tables that were to be loaded are not there.
type stagedEngine struct {
	quality.Engine
	failed map[string]error
}

func (e stagedEngine) Schema(ctx context.Context, rel quality.Relation) (quality.Schema, error) {
	if err := e.failed[rel.Key()]; err != nil {
		return nil, err
	}
	return e.Engine.Schema(ctx, rel)
}

// tableParts cuts [project.]dataset.table.
func tableParts(name string) (project, dataset, table string) {
	parts := strings.Split(name, ".")
	table = parts[len(parts)-1]
	if len(parts) > 1 {
		dataset = parts[len(parts)-2]
	}
	return strings.Join(parts[:max(len(parts)-2, 0)], "."), dataset, table
}
