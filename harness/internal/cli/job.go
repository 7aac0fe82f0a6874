package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

// suiteFlags say which suites are run, on which rows, by which engine.
type suiteFlags struct {
	bigqueryFlags
	data       []string
	input      string
	asOfOpen   bool
	engine     string
	noSnapshot bool
	only       []string
	segments   int64
	timeout    time.Duration
	now        nowFlag
	days       dayFlags
	rows       rowsFlag
	vars       variablesFlag
}

// The values of --engine; empty leaves the choice to the data.
const (
	rowsEngine     = "rows"
	emulatorEngine = "emulator"
	bigqueryEngine = "bigquery"
)

func (f *suiteFlags) add(cmd *cobra.Command) {
	f.addEngine(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.data, "data", nil, "read a table's rows from a local file or glob, as `TABLE=PATH`; can be repeated")
	flags.StringVarP(&f.input, "input", "i", "csv", "`FORMAT` of rows from a pipe whose name does not tell it: "+formats())
	flags.BoolVar(&f.asOfOpen, "as-of-open", false, "read what local files hold when they are opened, up to the end of the last line, and let more come")
	flags.StringArrayVar(&f.only, "only", nil, "look at the checks of an `ID|TAG` only; can be repeated")
	flags.Int64Var(&f.segments, "max-segments", 0, "how many segments a check may have (default: what the suite says, or 100000)")
	f.days.add(flags, "that suites %s with instead of their own", "each suite's zone")
	f.rows.add(flags)
	f.vars.add(flags)
}

// addEngine adds the flags that say what measures, and when.
func (f *suiteFlags) addEngine(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.input = "csv"
	flags.StringVar(&f.engine, "engine", "", "what measures: rows, emulator or bigquery (default bigquery with --project, else rows)")
	f.bigqueryFlags.add(flags)
	flags.BoolVar(&f.noSnapshot, "no-snapshot", false, "let each BigQuery query read what is newest, where tables have no time travel")
	flags.DurationVar(&f.timeout, "timeout", time.Hour, "give up after so long")
	f.now.add(flags, "that suites are judged at, such as 2026-01-05T06:00:00-05:00; a date is its first instant in UTC")
}

// check refuses what contradicts itself, and what the engine would not heed.
func (f *suiteFlags) check() error {
	switch {
	case !slices.Contains(windows.Formats(), f.input):
		return fmt.Errorf("--input %q is not known: it is %s", f.input, formats())
	case f.engine != "" && !slices.Contains([]string{rowsEngine, emulatorEngine, bigqueryEngine}, f.engine):
		return fmt.Errorf("--engine %q is not known: it is rows, emulator or bigquery", f.engine)
	case f.segments < 0:
		return fmt.Errorf("--max-segments %d: a number of segments is 1 or more", f.segments)
	case f.timeout <= 0:
		return fmt.Errorf("--timeout %s: a time is more than 0", f.timeout)
	}
	if err := errors.Join(f.bigqueryFlags.check(), f.days.check(), f.rows.check()); err != nil {
		return err
	}
	if f.engine == "" && f.project != "" {
		f.engine = bigqueryEngine
	}
	if f.engine == bigqueryEngine {
		if len(f.data) > 0 {
			return errors.New("--data is read by the engines rows and emulator; BigQuery reads its own tables: say --engine rows, or leave --project out")
		}
		return nil
	}
	if f.noSnapshot || f.jobs() {
		return errors.New("--location, --max-bytes, --label and --no-snapshot are for BigQuery: add --engine bigquery, or leave them out")
	}
	return nil
}

// within does a command's work until the time-out.
func (p Process) within(ctx context.Context, f *suiteFlags, work func(context.Context, Process) error) error {
	if err := f.check(); err != nil {
		return err
	}
	ctx, stop := f.limit(ctx)
	defer stop()
	return p.until(ctx, func(p Process) error { return work(ctx, p) })
}

// limit returns a context that lasts no longer than the time-out.
func (f *suiteFlags) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, f.timeout, fmt.Errorf("there was no answer within %s (--timeout)", f.timeout))
}

// job is what a command has been asked to run.
type job struct {
	files  []suitefile.File // of the suites, in their order
	suites []quality.Suite
	engine quality.Engine
	local  map[string]expr.Source // the rows of tables, by name
	now    time.Time
	close  func()
}

// notes tell what is worth telling of local rows, beside what is wrong with them.
func (j *job) notes(w io.Writer) {
	for _, table := range sortedKeys(j.local) {
		if s, ok := j.local[table].(interface{ Notes() []string }); ok {
			for _, note := range s.Notes() {
				fmt.Fprintf(w, "note: %s\n", note)
			}
		}
	}
}

// request is what a command has been asked to run, read once: what is claimed is
// the same however often the rows are looked at.
type request struct {
	flags     suiteFlags
	files     []suitefile.File
	overrides map[string]string // by table, where its rows are read from instead
	// server is the emulator that the engine is opened on, nil for one of its own.
	server *emulator.Server
	// suite is the one that is run, "" for all. Others can say where its rows are.
	suite string
}

// asked are the suites that are run.
func (r *request) asked() []suitefile.File {
	return slices.DeleteFunc(slices.Clone(r.files), func(f suitefile.File) bool { return r.suite != "" && f.Suite.Name != r.suite })
}

// read reads the suites, for no longer than the time-out.
func (f suiteFlags) read(ctx context.Context, args []string) (*request, error) {
	ctx, stop := f.limit(ctx)
	defer stop()
	files, err := loadSuites(ctx, args, f.vars.values)
	if err != nil && ctx.Err() != nil {
		return nil, evaluationError{err}
	}
	if err != nil {
		return nil, err
	}
	if files, err = only(files, f.only); err != nil {
		return nil, err
	}
	for i := range files {
		files[i].Dialect.AsOfOpen = files[i].Dialect.AsOfOpen || f.asOfOpen
	}
	overrides, err := parseData(f.data)
	return &request{flags: f, files: files, overrides: overrides}, err
}

// prepare reads the suites and opens the engine, which goes on until it is closed.
func (p Process) prepare(ctx context.Context, f suiteFlags, args []string) (*job, error) {
	r, err := f.read(ctx, args)
	if err != nil {
		return nil, err
	}
	return p.open(ctx, r)
}

// open finds the rows and opens the engine on them.
func (p Process) open(ctx context.Context, r *request) (*job, error) {
	asked := r.asked()
	sources, err := sourcesOfSome(r.files, asked, r.overrides, r.flags.input, p.progress())
	if err != nil {
		return nil, err
	}
	j := &job{files: asked, local: sources, now: r.flags.now.or(p.Now, time.UTC), close: func() {}}
	for _, s := range sources {
		if c, ok := s.(io.Closer); ok {
			j.onClose(func() { c.Close() })
		}
	}
	for _, s := range asked {
		suite := r.flags.rows.over(r.flags.days.over(s.Suite))
		suite.MaxSegments = cmp.Or(r.flags.segments, suite.MaxSegments)
		j.suites = append(j.suites, suite)
	}
	switch r.flags.engine {
	case bigqueryEngine:
		err = p.openBigQuery(ctx, j, r.flags)
	case emulatorEngine:
		err = openEmulator(ctx, j, sources, r.server)
	default:
		openRows(j, sources)
	}
	if err != nil {
		j.close()
		return nil, err
	}
	return j, nil
}

// onClose adds to what is given back, the last thing first.
func (j *job) onClose(do func()) {
	before := j.close
	j.close = func() {
		do()
		before()
	}
}
