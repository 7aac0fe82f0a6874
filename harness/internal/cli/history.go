package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/history"
	"github.com/intactdata/intact/harness/report"
)

// pastFlags are what history can be told.
type pastFlags struct {
	bigqueryFlags
	engine  string
	history string
	output  string
	last    int
	all     bool
	timeout time.Duration
}

func (p Process) history() *cobra.Command {
	var f pastFlags
	cmd := &cobra.Command{
		Use:   "history [SUITE] CHECK",
		Short: "Show what a check came to over time",
		Long: `History shows what a check came to in the runs that check --history has kept: the
figure of each segment over time, what it was last, and where the verdict changed.
CHECK is the check's id, of any suite where none is named.

The history is an NDJSON file, or a table in BigQuery. Both have a row for each
finding of each run, and suites can read them like any other table: the JSON Schema
of a row is printed by intact schema history.`,
		Example: `  intact history 'complete:usage_rate by season' --history history.ndjson
  INTACT_HISTORY=bq:ops.history intact history player_game_summary rows --project my-project`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return errors.New("history needs a check, and may be given its suite before that: intact history SUITE CHECK --history FILE")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			ctx, stop := context.WithTimeoutCause(cmd.Context(), f.timeout, fmt.Errorf("there was no answer within %s (--timeout)", f.timeout))
			defer stop()
			return p.until(ctx, func(p Process) error { return p.runHistory(ctx, f, args) })
		},
	}
	flags := cmd.Flags()
	addHistory(flags, &f.history, "read")
	flags.StringVarP(&f.output, "output", "o", "table", "how it is written: table or json")
	flags.IntVarP(&f.last, "last", "n", 60, "show so many runs, the newest; 0 for all")
	flags.BoolVar(&f.all, "all", false, "tell every verdict that changed, also where they are many")
	flags.StringVar(&f.engine, "engine", "", "where a table is: emulator or bigquery (default bigquery)")
	f.bigqueryFlags.add(flags)
	flags.DurationVar(&f.timeout, "timeout", time.Hour, "give up after so long")
	return cmd
}

func (f *pastFlags) check() error {
	switch {
	case f.history == "":
		return errors.New("history reads what check --history has kept: add --history FILE, or --history bq:dataset.table, or set INTACT_HISTORY to it")
	case f.output != "table" && f.output != "json":
		return fmt.Errorf("--output %q is not known: it is table or json", f.output)
	case f.last < 0:
		return fmt.Errorf("--last %d: a number of runs is 1 or more, or 0 for all", f.last)
	case f.engine != "" && !slices.Contains([]string{emulatorEngine, bigqueryEngine}, f.engine):
		return fmt.Errorf("--engine %q is not known: it is emulator or bigquery", f.engine)
	case f.timeout <= 0:
		return fmt.Errorf("--timeout %s: a time is more than 0", f.timeout)
	}
	return errors.Join(checkHistory(f.history), f.bigqueryFlags.check())
}

func (p Process) runHistory(ctx context.Context, f pastFlags, args []string) error {
	store, done, err := p.openHistory(ctx, f.history, tablesFlags{bigqueryFlags: f.bigqueryFlags, engine: f.engine})
	if err != nil {
		return err
	}
	defer done()
	suite, check := "", args[len(args)-1]
	if len(args) == 2 {
		suite = args[0]
	}
	findings, skipped, err := store.Findings(ctx, suite, check)
	if err != nil {
		return evaluationError{err}
	}
	for _, s := range skipped {
		fmt.Fprintf(p.Stderr, "note: %s: %s\n", f.history, s)
	}
	if len(findings) == 0 {
		return p.noHistory(ctx, store, f.history, suite, check)
	}
	series := history.SeriesOf(findings)
	if f.last > 0 {
		series = history.Newest(series, f.last)
	}
	return written(0, writeHistory(p.Stdout, series, f, report.Options{Color: p.Terminal, All: f.all}))
}

func writeHistory(w io.Writer, series []history.Series, f pastFlags, o report.Options) error {
	if f.output == "json" {
		return report.HistoryJSON(w, series)
	}
	return report.HistoryTable(w, series, o)
}

// noHistory says which checks a history has, the nearest first.
func (p Process) noHistory(ctx context.Context, store history.Store, name, suite, check string) error {
	all, err := store.Checks(ctx)
	if err != nil {
		return evaluationError{err}
	}
	if len(all) == 0 {
		return evaluationError{fmt.Errorf("history %s has no run yet: check --history appends one", name)}
	}
	var ids, told []string
	for _, c := range all {
		ids = append(ids, c.ID)
		told = append(told, fmt.Sprintf("\n  %s %s", quoted(c.Suite), quoted(c.ID)))
	}
	of := ""
	if suite != "" {
		of = fmt.Sprintf(" of suite %q", suite)
	}
	hint := ""
	if near := nearest(check, ids); len(near) > 0 {
		hint = fmt.Sprintf(" (did you mean %q?)", near[0])
	}
	return fmt.Errorf("history %s has no check %q%s%s: it has%s", name, check, of, hint, strings.Join(told, ""))
}

// quoted is a name as it is given on a command line.
func quoted(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
