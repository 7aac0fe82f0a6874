package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/history"
	"github.com/intactdata/intact/quality/suitefile"
)

// historyFlags say where runs are kept.
type historyFlags struct {
	history string
	runID   string
}

// inBigQuery begins the name of a history that is a table.
const inBigQuery = "bq:"

// add adds the flags, given what is kept.
func (f *historyFlags) add(flags *pflag.FlagSet, what string) {
	addHistory(flags, &f.history, "append what "+what+" comes to, to")
	flags.StringVar(&f.runID, "run-id", "", "the run's `ID` in the history, where it is there once however often it is run (default: one of its own)")
}

func addHistory(flags *pflag.FlagSet, into *string, doc string) {
	flags.StringVar(into, "history", "", doc+" an NDJSON `FILE` or a table in BigQuery, as bq:[project.]dataset.table")
}

func (f *historyFlags) check() error {
	switch {
	case f.history == "" && f.runID != "":
		return errors.New("--run-id names the run in a history: add --history, or leave it out")
	case f.runID != "":
		if err := history.CheckRunID(f.runID); err != nil {
			return fmt.Errorf("--run-id %q: %w", f.runID, err)
		}
	}
	return checkHistory(f.history)
}

func checkHistory(name string) error {
	if table, ok := strings.CutPrefix(name, inBigQuery); ok && table == "" {
		return errors.New("--history bq: names no table: write bq:dataset.table")
	}
	return nil
}

// keep keeps what suites came to.
type keep func(context.Context, []suitefile.File, judged) error

// keeping is how runs are kept; nothing is kept where no history is named.
func (p Process) keeping(f historyFlags, s suiteFlags) keep {
	return func(ctx context.Context, files []suitefile.File, of judged) error {
		if f.history == "" {
			return nil
		}
		run := history.Run{ID: f.runID, Report: of.report, Terms: of.terms, Digests: map[string]string{}, Variables: map[string]map[string]string{}}
		if run.ID == "" {
			run.ID = rand.Text()
		}
		for _, file := range files {
			run.Digests[file.Suite.Name] = file.Digest
			run.Variables[file.Suite.Name] = file.Variables
		}
		store, done, err := p.openHistory(ctx, f.history, tablesFlags{bigqueryFlags: s.bigqueryFlags, engine: s.engine})
		if err == nil {
			defer done()
			var added bool
			if added, err = store.Append(ctx, run.Records()); err == nil && !added {
				fmt.Fprintf(p.Stderr, "note: run %s is in %s already, and stays as it is there\n", run.ID, f.history)
			}
		}
		if err != nil {
			return fmt.Errorf("the run could not be appended: %w", err)
		}
		return nil
	}
}

// keepLast keeps the last look of a wait, if that saw anything.
func (p Process) keepLast(ctx context.Context, f historyFlags, r *request, w wait) error {
	if w.last.report == nil {
		return nil
	}
	return p.keeping(f, r.flags)(ctx, r.files, judged{w.last.report, w.last.terms})
}

// openHistory opens the store that is named so.
func (p Process) openHistory(ctx context.Context, name string, f tablesFlags) (history.Store, func(), error) {
	table, ok := strings.CutPrefix(name, inBigQuery)
	if !ok {
		return history.File(name), func() {}, nil
	}
	engine, done, err := p.tablesEngine(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	return history.Table{Engine: engine, Name: table}, done, nil
}
