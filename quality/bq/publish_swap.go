package bq

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/quality/publish"
)

const (
	// mostConflicts is how often a swap is tried again that another one was in the way of.
	mostConflicts = 6
	// firstPause is that before the second try; it doubles.
	firstPause = 500 * time.Millisecond
)

// Swap puts the rows into the table by one transaction, and reads back whose they are: how
// many rows a statement has changed is not told by all that speak BigQuery's API. Where
// the answer is lost the fence knows it, and where another publication is in the way it is
// tried again.
func (s *staging) Swap(ctx context.Context) error {
	attempt := attemptOf(s.w)
	q, err := s.script(attempt)
	if err != nil {
		return err
	}
	pause := firstPause
	for try := 1; ; try++ {
		_, err = s.t.do(ctx, "SCRIPT", "the publishing of rows of "+s.t.Table, q)
		if err == nil || !conflict(err) || try == mostConflicts {
			break
		}
		if !sleep(ctx, pause) {
			break
		}
		pause *= 2
	}
	return s.settle(ctx, attempt, err)
}

// settleWithin is how long the fence is asked what became of a swap whose answer was lost,
// also where nobody waits any more.
const settleWithin = 1500 * time.Millisecond

// settle asks the fence what became of a swap.
func (s *staging) settle(ctx context.Context, attempt string, failed error) error {
	if ctx.Err() != nil {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
		defer stop()
	}
	got, _, err := s.t.published(ctx, s.w)
	switch {
	case err != nil && failed != nil:
		return fmt.Errorf("%w; and whether the rows are in the table is not known, as the fence was not answered either: try the run again (%v)", failed, err)
	case err != nil:
		return err
	case got == attempt:
		return s.counted(ctx)
	case got != "":
		return nil // another try of the run was faster
	}
	if _, err := s.t.overtaken(ctx, s.w); err != nil {
		return err
	}
	if failed == nil {
		failed = errors.New("the transaction was committed and the fence knows nothing of it")
	}
	return failed
}

// script is the transaction. The first statement mutates what every other publication of
// the table mutates as well. The second writes the run down, unless a higher token has been
// seen or the run has been written down before; and only where it did do the others find
// anything to do.
// https://cloud.google.com/bigquery/docs/transactions
func (s *staging) script(attempt string) (quality.Query, error) {
	_, fence, err := s.t.names()
	if err != nil {
		return quality.Query{}, err
	}
	text := googlesql.NewLiteralText() // the emulator takes parameters of an INSERT for others: 5 becomes 432000
	name, run, try := text.Value(dotted(s.table)), text.Value(s.w.Run), text.Value(attempt)
	from, to, token := text.Value(s.w.From), text.Value(s.w.To), text.Value(s.w.Token)
	ours := "(SELECT COUNT(*) FROM " + fence.SQL() + " WHERE table_name = " + name + " AND run_id = " + run + " AND attempt = " + try + ") = 1"
	columns := make([]string, len(s.info.Schema))
	for i, f := range s.info.Schema {
		columns[i] = text.Name(f.Name)
	}
	list := strings.Join(columns, ", ")
	return text.Query(
		"BEGIN TRANSACTION;",
		"UPDATE "+fence.SQL()+" SET turn = turn + 1 WHERE table_name = "+name+" AND run_id = '';",
		"INSERT INTO "+fence.SQL()+" (table_name, from_day, to_day, token, run_id, attempt, row_count, turn)",
		"SELECT "+strings.Join([]string{name, from, to, token, run, try, text.Value(s.rows), "now"}, ", "),
		"FROM (SELECT COUNTIF(token > "+token+" AND from_day <= "+to+" AND to_day >= "+from+") AS higher, COUNTIF(run_id = "+run+") AS there, MAX(IF(run_id = '', turn, 0)) AS now",
		"  FROM "+fence.SQL()+" WHERE table_name = "+name+")",
		"WHERE higher = 0 AND there = 0;",
		"DELETE FROM "+text.Rows(s.table.SQL())+" WHERE "+text.Predicate(s.w.Days)+" AND "+ours+";",
		"INSERT INTO "+s.table.SQL()+" ("+list+")",
		"SELECT "+list+" FROM "+s.stage.SQL()+" WHERE "+ours+";",
		"COMMIT TRANSACTION;",
		"SELECT 1", // a script's result is that of its last statement
	)
}

// counted holds the rows that are there against those that were sent.
func (s *staging) counted(ctx context.Context) error {
	text := googlesql.NewText()
	q, err := text.Query("SELECT COUNT(*) FROM "+text.Rows(s.table.SQL()), "WHERE "+text.Predicate(s.w.Days))
	if err != nil {
		return err
	}
	rows, err := s.t.ask(ctx, "the count of the rows that were written", q)
	switch {
	case err != nil:
		return &publish.UncountedError{Err: err}
	case len(rows) == 1 && len(rows[0]) == 1 && rows[0][0] == s.rows:
		return nil
	}
	return &publish.UncountedError{Err: fmt.Errorf("%s rows were sent, and %v are there", quality.Grouped(s.rows), rows)}
}

// conflict reports whether a transaction was cancelled for another one.
// https://cloud.google.com/bigquery/docs/transactions#transaction_concurrency
func conflict(err error) bool {
	text := err.Error()
	return strings.Contains(text, "Could not serialize access") || strings.Contains(text, "aborted due to concurrent update")
}

func sleep(ctx context.Context, long time.Duration) bool {
	select {
	case <-time.After(long):
		return true
	case <-ctx.Done():
		return false
	}
}
