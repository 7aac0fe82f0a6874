package bq_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
)

var script = bq.Script{
	Name:   "the form of players",
	Query:  quality.Query{Text: "INSERT INTO nba.form SELECT 7;\nSELECT 7"},
	Reads:  quality.Query{Text: "SELECT 7"},
	Tables: []string{"nba.games", "nba.form"},
}

// writes answers a script, and its dry run with so many bytes.
func writes(bytes int64) *fakebq.Server {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		answer := seven()
		if answer.Bytes = bytes; !q.DryRun {
			answer.Type = "SCRIPT"
		}
		return answer
	}
	return srv
}

func TestAScriptIsRunOnceItsDryRunIsWithinTheCap(t *testing.T) {
	srv := writes(20 << 20)
	rows, err := engineOf(t, srv, bq.Options{MaxBytesBilled: 20 << 20}).Execute(t.Context(), script)
	require.NoError(t, err)
	require.Equal(t, [][]any{{int64(7)}}, rows)
	require.Equal(t, []string{script.Query.Text}, srv.Ran())

	srv = writes(20<<20 + 1)
	_, err = engineOf(t, srv, bq.Options{MaxBytesBilled: 20 << 20}).Execute(t.Context(), script)
	require.ErrorContains(t, err, "the form of players would read 20,971,521 bytes, and no more than 20,971,520 may be billed")
	require.Empty(t, srv.Ran())
}

// What it is to read is asked of a SELECT: a dry run that calls it something else is none.
func TestAScriptIsEstimatedByASelect(t *testing.T) {
	srv := writes(0)
	srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Type: "INSERT"} }
	_, err := engineOf(t, srv, bq.Options{}).Execute(t.Context(), script)
	require.ErrorContains(t, err, `BigQuery calls the statement "INSERT"`)
	require.Empty(t, srv.Ran())
}

// An answer that is lost does not write twice, and a job that is not over when the
// context ends is cancelled.
func TestAScriptIsStartedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := writes(0)
		srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Skip: 1, Cut: true}) // the dry run is the first
		rows, err := engineOf(t, srv, bq.Options{}).Execute(t.Context(), script)
		require.NoError(t, err)
		require.Equal(t, [][]any{{int64(7)}}, rows)
		require.Len(t, srv.Ran(), 1)
	})
	synctest.Test(t, func(t *testing.T) {
		srv := writes(0)
		slow := srv.Answer
		srv.Answer = func(q fakebq.Query) fakebq.Answer {
			answer := slow(q)
			if !q.DryRun {
				answer.Polls = fakebq.Never
			}
			return answer
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		_, err := engineOf(t, srv, bq.Options{}).Execute(ctx, script)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, []string{script.Query.Text}, srv.Cancelled())
	})
}
