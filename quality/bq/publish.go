package bq

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/quality/publish"
)

// Into is a table that rows are published into. It is a [publish.Target].
//
// Rows are loaded into a staging table beside it, which expires by itself. They are swapped
// in by one job of several statements in a transaction: what a reader of the table sees is
// the rows before its commit or those behind it, and never a part. A reader of several
// statements sees one state in all of them only in a transaction of its own, or FOR
// SYSTEM_TIME AS OF one instant.
// https://cloud.google.com/bigquery/docs/transactions#transaction_isolation
//
// The fence is a table of the same dataset. Every publication mutates a row of it, so that
// of two at the same time one is cancelled as a conflict, and tried again: it then sees the
// other's token.
// https://cloud.google.com/bigquery/docs/transactions#transaction_concurrency
//
// The emulator runs one request at a time and rolls all of it back that fails, so that it
// shows neither conflicts nor readers between statements; it expires no table, and knows no
// quota, streaming buffer or required partition filter. Those are documented by BigQuery, and
// here answered by a fake.
//
// Rows that were streamed in cannot be deleted for up to 90 minutes: the transaction then
// fails, and leaves the table as it was.
// https://cloud.google.com/bigquery/docs/data-manipulation-language#limitations
type Into struct {
	// Engine is that of the table.
	Engine *Engine
	// Table is [project.]dataset.table.
	Table string
	// Expire is how long staging tables are kept that a crash left. Defaults to a day.
	Expire time.Duration
	// Now is the clock that they expire by.
	Now func() time.Time
}

// FenceTable is what the fence of a dataset's tables is called.
const FenceTable = "intact_fence"

// fenceColumns are those of the fence, with their types. A row with a run is a publication;
// one without is a token that has been seen for some days.
const fenceColumns = "table_name STRING, from_day DATE, to_day DATE, token INT64, run_id STRING, attempt STRING, row_count INT64, turn INT64"

// Look reads the table's metadata.
func (t *Into) Look(ctx context.Context) (quality.TableInfo, error) {
	if t.Engine == nil || t.Now == nil {
		return quality.TableInfo{}, errors.New("a table that is published into has an engine and a clock: set Into.Engine and Into.Now")
	}
	infos, err := t.Engine.Tables(ctx, t.Table)
	if err != nil {
		return quality.TableInfo{}, err
	}
	info := infos[0]
	if info.Err != nil {
		return info, info.Err
	}
	for _, f := range info.Schema {
		if strings.HasPrefix(f.Name, "_PARTITION") {
			return info, fmt.Errorf("%s is partitioned by the time of ingestion, which rows that are published would change: partition it by its date column", t.Table)
		}
	}
	return info, nil
}

// names are the table, and its fence.
func (t *Into) names() (table, fence googlesql.TableName, err error) {
	table, err = t.Engine.renderer.Table(t.Table)
	fence = table
	fence.Table = FenceTable
	return table, fence, err
}

// Done asks the fence for the run.
func (t *Into) Done(ctx context.Context, w publish.Write) (bool, error) {
	attempt, turn, err := t.published(ctx, w)
	if missing(err) {
		return false, nil
	}
	if err != nil || attempt == "" {
		return false, err
	}
	table, fence, err := t.names()
	if err != nil {
		return false, err
	}
	text := googlesql.NewText()
	q, err := text.Query("SELECT run_id FROM "+fence.SQL(),
		"WHERE table_name = "+text.Value(dotted(table))+" AND run_id NOT IN ('', "+text.Value(w.Run)+") AND turn > "+text.Value(turn)+
			" AND from_day <= "+text.Value(w.To)+" AND to_day >= "+text.Value(w.From),
		"ORDER BY turn LIMIT 1")
	if err != nil {
		return false, err
	}
	rows, err := t.ask(ctx, "what has been published since", q)
	if err != nil {
		return false, err
	}
	if len(rows) > 0 {
		return false, w.Replaced(fmt.Sprint(rows[0][0]))
	}
	return true, nil
}

// attemptOf names an attempt, and the rows that it is of.
func attemptOf(w publish.Write) string { return w.Rows + "_" + strings.ToLower(rand.Text()) }

// published is which attempt of a run was swapped in, "" for none, and in which turn.
func (t *Into) published(ctx context.Context, w publish.Write) (string, int64, error) {
	table, fence, err := t.names()
	if err != nil {
		return "", 0, err
	}
	text := googlesql.NewText()
	q, err := text.Query("SELECT attempt, turn, from_day, to_day FROM "+fence.SQL(),
		"WHERE table_name = "+text.Value(dotted(table))+" AND run_id = "+text.Value(w.Run))
	if err != nil {
		return "", 0, err
	}
	rows, err := t.ask(ctx, "whether the run has been published", q)
	if err != nil || len(rows) == 0 {
		return "", 0, err
	}
	if len(rows[0]) != 4 {
		return "", 0, fmt.Errorf("the fence of %s answered %v", t.Table, rows[0])
	}
	attempt, _ := rows[0][0].(string)
	turn, _ := rows[0][1].(int64)
	from, _ := dateOf(rows[0][2])
	to, _ := dateOf(rows[0][3])
	digest, _, _ := strings.Cut(attempt, "_")
	if !strings.Contains(attempt, "_") {
		digest = ""
	}
	return cmp.Or(attempt, "an earlier one"), turn, w.Spent(digest, from, to)
}

// overtaken is the error of a token that is lower than one that has been seen.
func (t *Into) overtaken(ctx context.Context, w publish.Write) (seen bool, err error) {
	table, fence, err := t.names()
	if err != nil {
		return false, err
	}
	text := googlesql.NewText()
	q, err := text.Query("SELECT token, from_day, to_day FROM "+fence.SQL(),
		"WHERE table_name = "+text.Value(dotted(table))+" AND from_day <= "+text.Value(w.To)+" AND to_day >= "+text.Value(w.From),
		"ORDER BY token DESC LIMIT 1")
	if err != nil {
		return false, err
	}
	rows, err := t.ask(ctx, "the tokens that have been seen", q)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	if len(rows[0]) != 3 {
		return false, fmt.Errorf("the fence of %s answered %v", t.Table, rows[0])
	}
	out := &publish.OvertakenError{Table: t.Table, Token: w.Token}
	var ok [3]bool
	out.Seen, ok[0] = rows[0][0].(int64)
	out.From, ok[1] = dateOf(rows[0][1])
	out.To, ok[2] = dateOf(rows[0][2])
	switch {
	case ok != [3]bool{true, true, true}:
		return false, fmt.Errorf("the fence of %s answered %v", t.Table, rows[0])
	case out.Seen > w.Token:
		return true, out
	}
	covers := !out.From.After(w.From) && !out.To.Before(w.To)
	return covers && out.Seen == w.Token, nil
}

func (t *Into) ask(ctx context.Context, what string, q quality.Query) ([][]any, error) {
	out, err := t.Engine.run(ctx, what, q, t.location(), limits{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, quality.Ended(ctx, err))
	}
	return out.rows, nil
}

// do runs a statement that writes, which BigQuery calls so.
func (t *Into) do(ctx context.Context, kind, what string, q quality.Query) ([][]any, error) {
	out, err := t.Engine.runAs(ctx, kind, what, q, t.location(), limits{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, quality.Ended(ctx, err))
	}
	return out.rows, nil
}

func (t *Into) location() string { return t.Engine.locationOf([]string{t.Table}) }

// missing reports whether a table is not there. The emulator says it in words alone.
func missing(err error) bool {
	return err != nil && (reason(err) == "notFound" || absent(err) || strings.Contains(err.Error(), "Table not found"))
}
