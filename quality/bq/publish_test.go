package bq_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/rows"
)

// warehouse is a fake that answers as BigQuery does to what publishing asks.
type warehouse struct {
	*fakebq.Server
	attempt string          // that was swapped in
	seen    []any           // the highest token, with its days
	scripts []fakebq.Answer // what becomes of each transaction, in turn; then they are committed
	staged  string          // the table
}

var (
	madeTable = regexp.MustCompile("^CREATE TABLE `fake`\\.`nba`\\.`(intact_staging_\\w+)`")
	attempted = regexp.MustCompile(`attempt = ['"](\w+)['"]`)
)

func newWarehouse() *warehouse {
	w := &warehouse{Server: fake()}
	w.AddDataset("nba", "EU")
	w.AddTable("nba", "games", bqapi.Table{Location: "EU", Schema: &bqapi.TableSchema{Fields: fakebq.Columns("game_date DATE", "team STRING")}})
	w.AddTable("nba", bq.FenceTable, bqapi.Table{Location: "EU"})
	w.Answer = w.answer
	return w
}

func (w *warehouse) answer(q fakebq.Query) fakebq.Answer {
	switch {
	case strings.HasPrefix(q.SQL, "SELECT attempt"):
		out := fakebq.Answer{Columns: fakebq.Columns("attempt STRING", "turn INTEGER", "from_day DATE", "to_day DATE")}
		if w.attempt != "" {
			out.Rows = [][]any{{w.attempt, 1, "2026-01-04", "2026-01-04"}}
		}
		return out
	case strings.HasPrefix(q.SQL, "SELECT token"):
		out := fakebq.Answer{Columns: fakebq.Columns("token INTEGER", "from_day DATE", "to_day DATE")}
		if w.seen != nil {
			out.Rows = [][]any{w.seen}
		}
		return out
	case strings.HasPrefix(q.SQL, "INSERT INTO"):
		return fakebq.Answer{Type: "INSERT"}
	case madeTable.MatchString(q.SQL):
		w.staged = "nba." + madeTable.FindStringSubmatch(q.SQL)[1]
		return fakebq.Answer{Type: "CREATE_TABLE", Creates: w.staged}
	case strings.HasPrefix(q.SQL, "BEGIN TRANSACTION"):
		if len(w.scripts) > 0 {
			out := w.scripts[0]
			w.scripts = w.scripts[1:]
			return out
		}
		w.attempt = attempted.FindStringSubmatch(q.SQL)[1]
		return fakebq.Answer{Type: "SCRIPT", Columns: fakebq.Columns("f0_ INTEGER"), Rows: [][]any{{1}}}
	}
	return fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{2}}}
}

// swap stages two rows of 4 January and swaps them in.
func (w *warehouse) swap(ctx context.Context, t *testing.T, token int64) error {
	t.Helper()
	type game struct {
		Day  civil.Date `bigquery:"game_date"`
		Team string     `bigquery:"team"`
	}
	day := civil.Date{Year: 2026, Month: 1, Day: 4}
	source, err := rows.Of([]game{{day, "BOS"}, {day, "LAL"}})
	require.NoError(t, err)
	into := &bq.Into{Engine: engineOf(t, w.Server, bq.Options{}), Table: "nba.games", Now: time.Now}
	info, err := into.Look(ctx)
	require.NoError(t, err)
	days, err := expr.Col("game_date").Eq(day).BindPredicate(info.Schema)
	require.NoError(t, err)
	staged, err := into.Stage(ctx, publish.Write{Table: "nba.games", Date: "game_date", Days: days, From: day, To: day, Run: "r1", Token: token}, source)
	if err != nil {
		return err
	}
	return errors.Join(staged.Swap(ctx), staged.Discard(ctx))
}

// transactions is how many were begun.
func (w *warehouse) transactions() (n int) {
	for _, sql := range w.Ran() {
		if strings.HasPrefix(sql, "BEGIN TRANSACTION") {
			n++
		}
	}
	return n
}

func TestAPublicationIsJobsOfBigQuery(t *testing.T) {
	w := newWarehouse()
	require.NoError(t, w.swap(t.Context(), t, 1))
	loads := w.Loads()
	require.Len(t, loads, 1)
	assert.Equal(t, `{"game_date":"2026-01-04","team":"BOS"}`+"\n"+`{"game_date":"2026-01-04","team":"LAL"}`+"\n", string(loads[0].Lines))
	assert.Equal(t, w.staged, loads[0].Table)
	assert.False(t, w.HasTable(w.staged), "it is removed")
	assert.Equal(t, 1, w.transactions())
}

// A transaction whose answer is lost is found again and not run twice; one that another
// publication was in the way of is tried again; and one that cannot be had fails.
func TestTransactionsOfWhichMoreIsHeard(t *testing.T) {
	conflict := fakebq.InvalidQuery("Transaction is aborted due to concurrent update against table fake:nba.games.")
	for name, c := range map[string]struct {
		scripts []fakebq.Answer
		cut     bool
		times   int
		says    string
	}{
		"the answer is lost":  {cut: true, times: 1},
		"one conflict":        {scripts: []fakebq.Answer{{Type: "SCRIPT", Fail: conflict}}, times: 2},
		"nothing but them":    {scripts: slicesOf(fakebq.Answer{Type: "SCRIPT", Fail: conflict}, 20), times: 6, says: "aborted due to concurrent update"},
		"rows just streamed":  {scripts: []fakebq.Answer{{Type: "SCRIPT", Fail: fakebq.InvalidQuery("would affect rows in the streaming buffer")}}, times: 1, says: "streaming buffer"},
		"it was no script":    {scripts: []fakebq.Answer{{Type: "SELECT", Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{1}}}}, times: 1, says: "it was no SCRIPT: SELECT"},
		"committed, unheeded": {scripts: []fakebq.Answer{{Type: "SCRIPT", Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{1}}}}, times: 1, says: "the fence knows nothing of it"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWarehouse()
				w.scripts = c.scripts
				if c.cut {
					w.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Skip: 3, Cut: true}) // after a query, an INSERT and a CREATE TABLE
				}
				err := w.swap(t.Context(), t, 1)
				if c.says == "" {
					require.NoError(t, err)
				} else {
					require.ErrorContains(t, err, c.says)
				}
				assert.Equal(t, c.times, w.transactions())
				assert.False(t, w.HasTable(w.staged))
			})
		})
	}
}

func slicesOf(a fakebq.Answer, n int) []fakebq.Answer {
	out := make([]fakebq.Answer, n)
	for i := range out {
		out[i] = a
	}
	return out
}

// A transaction that is not over when nobody waits any more is cancelled, and the fence
// knows that it was.
func TestATransactionThatNobodyWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWarehouse()
		w.scripts = []fakebq.Answer{{Type: "SCRIPT", Polls: fakebq.Never}}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		err := w.swap(ctx, t, 1)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Len(t, w.Cancelled(), 1)
		assert.Empty(t, w.attempt)
	})
}

// A token that was overtaken stages nothing.
func TestALowerTokenStagesNothing(t *testing.T) {
	w := newWarehouse()
	day := civil.Date{Year: 2026, Month: 1, Day: 4}
	w.seen = []any{int64(7), day, day}
	err := w.swap(t.Context(), t, 6)
	overtaken := new(publish.OvertakenError)
	require.ErrorAs(t, err, &overtaken)
	assert.EqualValues(t, 7, overtaken.Seen)
	assert.Empty(t, w.staged)
}
