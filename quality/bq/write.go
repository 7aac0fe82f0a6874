package bq

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// A Script is statements that write and are run as one job. Checks and plans have none:
// what a suite says only reads.
type Script struct {
	// Name is what errors call it: the windows of nba.player_games.
	Name string
	// Query is the statements. The last is a SELECT, whose rows are the script's.
	Query quality.Query
	// Reads is the SELECT whose rows are written. A dry run of a script does not say how
	// much it reads, one of this does.
	// https://cloud.google.com/bigquery/docs/multi-statement-queries
	Reads quality.Query
	// Tables are those that it reads and writes, whose metadata say where it runs.
	Tables []string
}

// Renderer writes queries over tables as the engine names them.
func (e *Engine) Renderer() googlesql.Renderer { return e.renderer }

// Estimate is how many bytes a script reads, by a dry run, which is free and runs
// nothing. The error is also that they are more than the cap allows.
func (e *Engine) Estimate(ctx context.Context, s Script) (int64, error) {
	if e.options.Dialect.NoDryRun {
		return 0, fmt.Errorf("%s: the %s runs what it is to estimate: leave the estimate out", s.Name, e.Name())
	}
	bytes, err := e.dryRun(ctx, s.Name, s.Reads, e.locationOf(s.Tables))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", s.Name, quality.Ended(ctx, err))
	}
	if most := e.options.MaxBytesBilled; most > 0 && bytes > most {
		return bytes, fmt.Errorf("%s would read %s bytes, and no more than %s may be billed: narrow the dates, or raise the cap", s.Name, quality.Grouped(bytes), quality.Grouped(most))
	}
	return bytes, nil
}

// Execute runs a script, unless a dry run says that it would be billed for more than the
// cap, and returns the rows of its last statement. It is started once, also where the
// answer to that is lost; when the context ends it is cancelled, and what a transaction
// of it has done is undone.
// https://cloud.google.com/bigquery/docs/transactions#transaction_scope
func (e *Engine) Execute(ctx context.Context, s Script) ([][]any, error) {
	if !e.options.Dialect.NoDryRun {
		if _, err := e.Estimate(ctx, s); err != nil {
			return nil, err
		}
	}
	out, err := e.runAs(ctx, "SCRIPT", s.Name, s.Query, e.locationOf(s.Tables), limits{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, quality.Ended(ctx, err))
	}
	return out.rows, nil
}
