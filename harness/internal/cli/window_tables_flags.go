package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/pflag"
)

// tablesFlags are what window can be told where rows are those of tables.
type tablesFlags struct {
	bigqueryFlags
	engine  string
	into    string
	replace bool
	create  bool
	days    dayFlags
	sql     bool
	dryRun  bool
	rate    float64
	timeout time.Duration
}

func (f *tablesFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.engine, "engine", "", "what computes: rows, of files, or of tables bigquery or emulator (default bigquery with --project or --sql, else rows)")
	flags.StringVar(&f.into, "into", "", "the `TABLE` that the answers are written into")
	flags.BoolVar(&f.replace, "replace", false, "write the days --from to --to of the table anew, and leave no point of theirs that is none any more")
	flags.BoolVar(&f.create, "create", false, "make the table if it is not there")
	f.days.add(flags, "that the points of tables %s with", "--zone, else in UTC")
	flags.BoolVar(&f.sql, "sql", false, "print the statement that computes the windows in BigQuery, or writes them with --into, and run nothing")
	flags.BoolVar(&f.dryRun, "dry-run", false, "tell what the statement would read and cost, and run nothing")
	flags.Float64Var(&f.rate, "rate", onDemandRate, "the `PRICE` of a TiB read, of --dry-run")
	f.bigqueryFlags.add(flags)
	flags.DurationVar(&f.timeout, "timeout", 0, "give up after so long (default: never)")
}

// check refuses what contradicts itself.
func (f *tablesFlags) check() error {
	if err := errors.Join(f.bigqueryFlags.check(), f.days.check(), checkRate(f.rate)); err != nil {
		return err
	}
	if f.engine == "" && (f.project != "" || f.sql) {
		f.engine = bigqueryEngine
	}
	switch {
	case f.engine != "" && !slices.Contains([]string{rowsEngine, emulatorEngine, bigqueryEngine}, f.engine):
		return fmt.Errorf("--engine %q is not known: it is rows, bigquery or emulator", f.engine)
	case f.timeout < 0:
		return fmt.Errorf("--timeout %s: a time is more than 0", f.timeout)
	case !f.ofTables() && (f.into != "" || f.sql || f.dryRun || f.jobs() || f.given()):
		return errors.New("--into, --sql, --dry-run, --from, --to, --date, --location, --max-bytes and --label are about tables: add --engine bigquery, or leave them out")
	case f.engine == emulatorEngine && (f.jobs() || f.dryRun || f.project != ""):
		return errors.New("--project, --location, --max-bytes, --label and --dry-run are for BigQuery: the emulator knows no costs")
	case f.sql && f.dryRun:
		return errors.New("--sql prints the statement and --dry-run what it costs: leave one of them out")
	case f.ofTables() && f.into == "" && !f.sql && !f.dryRun:
		return errors.New("the windows of tables are written into one: name it with --into, or print the statement with --sql")
	case f.into == "" && (f.replace || f.create):
		return errors.New("--replace and --create are about the table of --into: name it, or leave them out")
	case f.replace && !(f.days.of(f.days.from).given && f.days.of(f.days.to).given):
		return errors.New("--replace writes some days anew: say which, with --from and --to or --date")
	}
	return nil
}

// ofTables reports whether the windows are those of tables.
func (f *tablesFlags) ofTables() bool {
	return f.engine == bigqueryEngine || f.engine == emulatorEngine
}

// given reports whether days were.
func (f *tablesFlags) given() bool { return f.days.from.given || f.days.to.given || f.days.date.given }

// limit returns a context that lasts no longer than the time-out.
func (f *tablesFlags) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if f.timeout == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, f.timeout, fmt.Errorf("there was no answer within %s (--timeout)", f.timeout))
}
