package bq_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
)

// The last that the service said is known even where it says nothing more.
func TestATimeOutTellsWhatTheServiceSaidLast(t *testing.T) {
	for name, op := range map[string]fakebq.Op{
		"the metadata of table nba.games":        fakebq.TablesGet,
		"the start of the query over nba.games":  fakebq.JobsInsert,
		"the result of the query over nba.games": fakebq.JobsGetQueryResults,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := fake()
				srv.Inject(fakebq.Fault{Op: op, Error: fakebq.Unavailable(), Times: 20})
				srv.Inject(fakebq.Fault{Op: op, Hang: true, Times: fakebq.Always})
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
				defer cancel()
				_, err := quality.Run(ctx, engineOf(t, srv, bq.Options{}), now, someRows())
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.ErrorContains(t, err, "Please retry the request, backendError")
				assert.ErrorContains(t, err, "waiting for "+name)
			})
		})
	}
}

// waits runs a suite and takes down what is told meanwhile.
func waits(t *testing.T, srv *fakebq.Server) (told []bq.Waiting) {
	t.Helper()
	engine := engineOf(t, srv, bq.Options{Waiting: func(w bq.Waiting) { told = append(told, w) }})
	report, err := quality.Run(t.Context(), engine, now, someRows())
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict)
	return told
}

func TestWhatIsWaitedForIsTold(t *testing.T) {
	t.Run("while the service fails", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := fake()
			srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Error: fakebq.Unavailable(), Times: 20})
			told := waits(t, srv)
			require.NotEmpty(t, told)
			assert.Equal(t, "the start of the query over nba.games", told[0].For)
			assert.Equal(t, 3*time.Second, told[0].Long)
			assert.ErrorContains(t, told[0].Last, "Please retry")
			for i, w := range told[1:] {
				assert.Greater(t, w.Long, 2*told[i].Long, "more and more seldom")
			}
		})
	})
	t.Run("while a job runs", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := fake()
			srv.Answer = func(fakebq.Query) fakebq.Answer { a := seven(); a.Polls = 60; return a }
			told := waits(t, srv)
			require.NotEmpty(t, told)
			assert.Equal(t, bq.Waiting{For: "the result of the query over nba.games", Long: 21 * time.Second}, told[0])
		})
	})
	t.Run("but not while it is soon there", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := fake()
			srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Error: fakebq.Unavailable()})
			assert.Empty(t, waits(t, srv))
		})
	})
}

// A long result is read on from the page that it was given up at.
func TestAResultThatTakesLongIsReadOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		srv.Answer = func(fakebq.Query) fakebq.Answer { return seasons() }
		engine := engineOf(t, srv, bq.Options{})
		plan := planned(t, engine, bySeason())
		srv.Inject(fakebq.Fault{Op: fakebq.JobsGetQueryResults, Hang: true, Skip: 2}) // the second page
		report, err := judged(t.Context(), engine, plan)
		require.NoError(t, err)
		assert.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
		var pages []string
		for _, r := range srv.Requests() {
			if r.Op == fakebq.JobsGetQueryResults && r.Params.Get("maxResults") != "0" {
				pages = append(pages, r.Params.Get("pageToken"))
			}
		}
		assert.Equal(t, []string{"", "2", "2"}, pages)
	})
}
