package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// windowTables computes windows over tables where the tables are.
func (p Process) windowTables(ctx context.Context, f windowFlags, settings windows.Settings, args []string) error {
	switch {
	case len(args) == 0:
		return errors.New("the windows are of a table: name it in the place of FILE, as [project.]dataset.table")
	case f.input != "" || f.output != "":
		return errors.New("--input and --output are of files, and these are the windows of a table: leave them out")
	case f.strict && (f.sql || f.dryRun):
		return errors.New("--strict judges windows, and none is computed: leave it out")
	}
	engine, done, err := p.tablesEngine(ctx, f.tablesFlags)
	if err != nil {
		return err
	}
	defer done()
	now := f.now.or(p.Now, cmp.Or(settings.Spec.Zone, time.UTC))
	names := settings.TableNames(args[0])
	tables, err := engine.Tables(ctx, names...)
	if err != nil {
		return evaluationError{quality.Ended(ctx, err)}
	}
	q, err := queryOver(args[0], tables, settings, f.now, now)
	if err != nil {
		return err
	}
	q.From, q.To = f.days.days(now, cmp.Or(q.Zone, time.UTC))
	statement, err := q.Select(engine.Renderer())
	if err != nil {
		return err
	}
	script := bq.Script{Name: "the windows of " + args[0], Reads: statement.Query, Tables: names}
	if f.into != "" {
		if script.Query, err = p.scriptInto(ctx, f, engine, q, statement.Schema); err != nil {
			return err
		}
		script.Tables = append(script.Tables, f.into)
	}
	switch {
	case f.sql:
		return p.printWindows(engine, q, script)
	case f.dryRun:
		bytes, err := engine.Estimate(ctx, script)
		if err != nil {
			return evaluationError{err}
		}
		return p.tellWindows(q, statement, &bytes, f.rate)
	}
	rows, err := engine.Execute(ctx, script)
	if err != nil {
		return evaluationError{err}
	}
	return p.tellTally(q, rows, f.strict)
}

// tablesEngine opens what the tables are in, and says how it is closed.
func (p Process) tablesEngine(ctx context.Context, f tablesFlags) (*bq.Engine, func(), error) {
	client, options, done, err := p.tablesClient(ctx, f.engine, f.bigqueryFlags)
	if err != nil {
		return nil, nil, err
	}
	engine, err := bq.New(client, options)
	return engine, done, err
}

// tablesClient opens what the tables are in, the emulator or BigQuery.
func (p Process) tablesClient(ctx context.Context, engine string, f bigqueryFlags) (*bigquery.Client, bq.Options, func(), error) {
	if engine != emulatorEngine {
		client, err := f.open(ctx, p)
		return client, f.options(p), func() { client.Close() }, err
	}
	server, err := emulator.Start(ctx)
	if err != nil {
		return nil, bq.Options{}, nil, evaluationError{err}
	}
	client, err := server.Client(ctx)
	if err != nil {
		shutDown(ctx, server)
		return nil, bq.Options{}, nil, evaluationError{err}
	}
	return client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), Parallel: 1}, func() { client.Close(); shutDown(ctx, server) }, nil
}

// queryOver is the windows over tables, of which all must be there. Keys are due
// against a clock that was given, else against that of the statement.
func queryOver(rows string, tables []quality.TableInfo, settings windows.Settings, given nowFlag, now time.Time) (*rollingsql.Query, error) {
	schemas := map[string]expr.Schema{}
	for _, t := range tables {
		if t.Err != nil {
			return nil, evaluationError{t.Err}
		}
		schemas[t.Name] = t.Schema
	}
	if !given.given {
		now = time.Time{}
	}
	return settings.Query(rows, schemas, now)
}

// scriptInto writes the answers into the table of --into.
func (p Process) scriptInto(ctx context.Context, f windowFlags, engine *bq.Engine, q *rollingsql.Query, answers expr.Schema) (quality.Query, error) {
	tables, err := engine.Tables(ctx, f.into)
	if err != nil {
		return quality.Query{}, evaluationError{quality.Ended(ctx, err)}
	}
	into := windows.Into{Table: tables[0], Replace: f.replace}
	if err := into.Table.Err; err != nil {
		var api *googleapi.Error
		if !errors.As(err, &api) || api.Code != http.StatusNotFound {
			return quality.Query{}, evaluationError{fmt.Errorf("--into: %w", err)}
		}
		if into.Absent = f.create; !f.create {
			return quality.Query{}, evaluationError{fmt.Errorf("--into: there is no table %s: add --create to make it, partitioned by the month of %s", f.into, q.Rows.At)}
		}
	}
	return into.Script(engine.Renderer(), q, answers)
}

// printWindows prints the statement, or the script that writes its answers.
func (p Process) printWindows(engine *bq.Engine, q *rollingsql.Query, script bq.Script) error {
	text := script.Query.Text
	if text == "" {
		var err error
		if text, err = q.Literal(engine.Renderer()); err != nil {
			return err
		}
	}
	return written(fmt.Fprintln(p.Stdout, text))
}

func written(_ int, err error) error {
	if err != nil {
		return evaluationError{fmt.Errorf("the output could not be written: %w", err)}
	}
	return nil
}

// tellWindows tells what a statement takes.
func (p Process) tellWindows(q *rollingsql.Query, s *rollingsql.Statement, bytes *int64, rate float64) error {
	plan := report.WindowPlan{Of: q.Rows.Table, Windows: len(q.Specs), Reads: q.Reads(), Query: s.Query, Bytes: bytes}
	return written(0, report.Windows(p.Stdout, plan, rate))
}

// tellTally tells what became of the answers that were written, and judges them.
func (p Process) tellTally(q *rollingsql.Query, rows [][]any, strict bool) error {
	tally, err := windows.Tally(q, rows)
	if err != nil {
		return evaluationError{err}
	}
	if err := written(fmt.Fprint(p.Stdout, tally)); err != nil {
		return err
	}
	switch {
	case tally.Rows == 0:
		return evaluationError{errors.New("there is no point to compute windows as of")}
	case strict && tally.Fault():
		return verdictError{exitFail}
	case tally.Unjudged != "":
		return verdictError{exitUnknown} // the summary says why
	}
	return nil
}
