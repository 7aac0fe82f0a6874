package bq_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
)

// The tests of this file wait only inside a bubble of synctest, whose clock
// jumps.

func TestPassingFaultsEndInTheRightAnswer(t *testing.T) {
	for name, fault := range map[string]fakebq.Fault{
		"429 on insert":      {Op: fakebq.JobsInsert, Error: fakebq.TooManyRequests(), Times: 2},
		"500 on insert":      {Op: fakebq.JobsInsert, Error: fakebq.InternalError(), Times: 2},
		"503 on insert":      {Op: fakebq.JobsInsert, Error: fakebq.Unavailable(), Times: 2},
		"500 on the results": {Op: fakebq.JobsGetQueryResults, Error: fakebq.InternalError(), Times: 2},
		"503 on the results": {Op: fakebq.JobsGetQueryResults, Error: fakebq.Unavailable(), Times: 2},
		"insert is cut":      {Op: fakebq.JobsInsert, Cut: true},
		"results are cut":    {Op: fakebq.JobsGetQueryResults, Cut: true},
		"a page is cut":      {Op: fakebq.JobsGetQueryResults, Cut: true, Skip: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := fake()
				engine := engineOf(t, srv, bq.Options{})
				plan := planned(t, engine, someRows())
				srv.Inject(fault)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				report, err := judged(ctx, engine, plan)
				require.NoError(t, err)
				assert.Equal(t, quality.Pass, report.Verdict)
				assert.Equal(t, int64(7), report.Suites[0].Checks[0].Findings[0].Observed.Numerator)
				assert.Len(t, srv.Ran(), 1, "the query ran once")
			})
		})
	}
}

// What a job read is told by another request than its rows, which outlive it.
func TestRowsThatAreHereAreNotLostForTheirBytes(t *testing.T) {
	for name, fault := range map[string]fakebq.Fault{
		"unavailable": {Error: fakebq.Unavailable()},
		"cut":         {Cut: true},
		"hangs":       {Hang: true},
		"no rights":   {Error: fakebq.AccessDenied("Job")},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := fake()
				engine := engineOf(t, srv, bq.Options{})
				plan := planned(t, engine, someRows())
				fault.Op, fault.Times = fakebq.JobsGet, fakebq.Always
				srv.Inject(fault)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				report, err := judged(ctx, engine, plan)
				require.NoError(t, err)
				assert.Equal(t, quality.Pass, report.Verdict)
				assert.Nil(t, report.Suites[0].BytesScanned, "unknown")
			})
		})
	}
}

func TestLastingFaultsEndWithTheDeadline(t *testing.T) {
	for name, tc := range map[string]struct {
		fault fakebq.Fault
		says  string
	}{
		"429":             {fakebq.Fault{Error: fakebq.TooManyRequests()}, "Too many requests"},
		"500":             {fakebq.Fault{Error: fakebq.InternalError()}, "internal error"},
		"503":             {fakebq.Fault{Error: fakebq.Unavailable()}, "Please retry"},
		"cut":             {fakebq.Fault{Cut: true}, "unexpected EOF"},
		"results are cut": {fakebq.Fault{Op: fakebq.JobsGetQueryResults, Cut: true}, "unexpected EOF"},
		"hang":            {fakebq.Fault{Hang: true}, "nothing was heard of the start of the query over nba.games"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := fake()
				engine := engineOf(t, srv, bq.Options{})
				plan := planned(t, engine, someRows())
				tc.fault.Times = fakebq.Always
				srv.Inject(tc.fault)
				why := errors.New("an answer is owed within a minute")
				ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, why)
				defer cancel()
				began := time.Now()
				_, err := judged(ctx, engine, plan)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.ErrorIs(t, err, why)
				assert.ErrorContains(t, err, tc.says)
				assert.Less(t, time.Since(began), 62*time.Second, "the deadline, and what cancelling may take")
			})
		})
	}
}

func TestWhatBigQueryRefusesIsUnknown(t *testing.T) {
	for name, tc := range map[string]struct {
		answer fakebq.Answer
		says   string
	}{
		"quota":              {fakebq.Answer{Refuse: fakebq.QuotaExceeded()}, "quota is used up"},
		"rights":             {fakebq.Answer{Refuse: fakebq.AccessDenied("Table fake:nba.games")}, "Access Denied"},
		"table is gone":      {fakebq.Answer{Refuse: fakebq.NotFound("Table fake:nba.games")}, "Not found"},
		"statement":          {fakebq.Answer{Refuse: fakebq.InvalidQuery("Syntax error")}, "Syntax error"},
		"fails as it runs":   {fakebq.Answer{Fail: fakebq.InvalidQuery("division by zero")}, "division by zero"},
		"too much":           {fakebq.Answer{Fail: fakebq.ResourcesExceeded()}, "Resources exceeded"},
		"no rows":            {fakebq.Answer{Columns: fakebq.Columns("n INTEGER")}, "has 0 rows, not 1"},
		"a NULL count":       {fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{nil}}}, "where a count was expected"},
		"a column too many":  {fakebq.Answer{Columns: fakebq.Columns("n INTEGER", "m INTEGER"), Rows: [][]any{{1, 2}}}, "has 2 columns"},
		"text for a count":   {fakebq.Answer{Columns: fakebq.Columns("n STRING"), Rows: [][]any{{"7"}}}, "where a count was expected"},
		"a result cut short": {fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{7}}, Lost: 1}, "the result has 2 rows, but only 1 arrived"},
		"a count below zero": {fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{-1}}}, "where a count was expected"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := fake()
				srv.Answer = func(fakebq.Query) fakebq.Answer { return tc.answer }
				engine := engineOf(t, srv, bq.Options{})
				report, err := judged(t.Context(), engine, planned(t, engine, someRows()))
				require.NoError(t, err)
				assert.NotEqual(t, quality.Pass, report.Verdict)
				assert.Contains(t, report.Suites[0].Checks[0].Reason, tc.says)
			})
		})
	}
}

// Taking a statement apart would go around the cap.
func TestTheCapOnBytesHoldsForTheWholeStatement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		engine := engineOf(t, srv, bq.Options{MaxBytesBilled: 15 << 20})
		suite := someRows()
		suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Complete{Columns: []string{"points"}}})
		report, err := judged(t.Context(), engine, planned(t, engine, suite))
		require.NoError(t, err)
		for _, c := range report.Suites[0].Checks {
			assert.Equal(t, quality.Unknown, c.Verdict)
			assert.Contains(t, c.Reason, "raise the cap")
		}
		assert.Len(t, srv.Queries(), 1)
	})
}

// A result of segments has as many rows as there are: what did not arrive would
// be missed by nobody.
func TestSegmentsThatDoNotArriveAreUnknown(t *testing.T) {
	srv := fake()
	srv.Answer = func(fakebq.Query) fakebq.Answer {
		return fakebq.Answer{Columns: fakebq.Columns("s0 STRING", "n INTEGER"), Rows: [][]any{{"A", 7}, {"B", 7}}, PageSize: 1, Lost: 1}
	}
	engine := engineOf(t, srv, bq.Options{})
	suite := someRows()
	suite.Rules[0].By = []string{"season"}
	report, err := judged(t.Context(), engine, planned(t, engine, suite))
	require.NoError(t, err)
	assert.Equal(t, quality.Unknown, report.Verdict)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, "the result has 3 rows, but only 2 arrived")
}

func TestSlowJobsAreWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		srv.Answer = func(fakebq.Query) fakebq.Answer { a := seven(); a.Polls = 20; return a }
		engine := engineOf(t, srv, bq.Options{})
		report, err := judged(t.Context(), engine, planned(t, engine, someRows()))
		require.NoError(t, err)
		assert.Equal(t, quality.Pass, report.Verdict)
	})
}

func TestEndingTheContextCancelsItsJobs(t *testing.T) {
	for name, fault := range map[string]*fakebq.Fault{
		"while the job runs":      nil,
		"insert was not answered": {Op: fakebq.JobsInsert, Cut: true, Times: fakebq.Always},
		"insert is under way":     {Op: fakebq.JobsInsert, Late: 300 * time.Millisecond},
		"insert comes late":       {Op: fakebq.JobsInsert, Late: 1100 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := fake()
				srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Polls: fakebq.Never} }
				engine := engineOf(t, srv, bq.Options{})
				plan := planned(t, engine, someRows())
				if fault != nil {
					srv.Inject(*fault)
				}
				why := errors.New("the night is over")
				ctx, cancel := context.WithCancelCause(t.Context())
				done := make(chan error)
				go func() {
					_, err := judged(ctx, engine, plan)
					done <- err
				}()
				synctest.Wait()
				cancel(why)
				ended := time.Now()
				err := <-done
				assert.ErrorIs(t, err, context.Canceled)
				assert.ErrorIs(t, err, why)
				assert.Less(t, time.Since(ended), 2*time.Second)
				assert.Len(t, srv.Ran(), 1)
				assert.Len(t, srv.Cancelled(), 1)
			})
		})
	}
}

// A context that has ended begins no job any more, and looks for none.
func TestAnEndedContextBeginsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		engine := engineOf(t, srv, bq.Options{NoSnapshot: true, Parallel: 1})
		plan := planned(t, engine, severalStatements())
		srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Hang: true})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := judged(ctx, engine, plan)
			done <- err
		}()
		synctest.Wait()
		cancel()
		assert.ErrorIs(t, <-done, context.Canceled)
		assert.Equal(t, 1, srv.Count(fakebq.JobsInsert))
		assert.Empty(t, srv.Ran())
	})
}

// A job is found only where it runs, which is where its table is.
func TestAJobOfAnotherRegionIsFoundAgain(t *testing.T) {
	elsewhere := func() *fakebq.Server {
		srv := fake()
		srv.AddTable("nba", "games", bqapi.Table{Location: "europe-west6", Schema: &bqapi.TableSchema{
			Fields: fakebq.Columns("game_date DATE", "season STRING", "points INTEGER"),
		}})
		return srv
	}
	t.Run("and read", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := elsewhere()
			engine := engineOf(t, srv, bq.Options{})
			plan := planned(t, engine, someRows())
			srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Cut: true})
			report, err := judged(t.Context(), engine, plan)
			require.NoError(t, err)
			assert.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
			assert.Len(t, srv.Ran(), 1, "the query ran once")
		})
	})
	t.Run("and cancelled", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := elsewhere()
			srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Polls: fakebq.Never} }
			engine := engineOf(t, srv, bq.Options{})
			plan := planned(t, engine, derivedOnly())
			srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Cut: true, Times: fakebq.Always})
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := judged(ctx, engine, plan)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.Len(t, srv.Cancelled(), 1)
		})
	})
}

// derivedOnly is a suite of one statement, over rows that are derived.
func derivedOnly() quality.Suite {
	s := severalStatements()
	s.Rules = s.Rules[2:]
	return s
}

func TestAtMostParallelStatementsRunAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		engine := engineOf(t, srv, bq.Options{Parallel: 2, NoSnapshot: true})
		suite := someRows()
		for _, key := range []string{"game_date", "season", "points"} {
			suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Unique{Columns: []string{key}}})
		}
		plan := planned(t, engine, suite)
		require.Len(t, plan.Statements, 4)
		srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Hang: true, Times: fakebq.Always})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := judged(ctx, engine, plan)
			done <- err
		}()
		synctest.Wait()
		assert.Equal(t, 2, srv.Count(fakebq.JobsInsert))
		cancel()
		assert.ErrorIs(t, <-done, context.Canceled)
	})
}

// A fault of the metadata makes the checks unknown that need the table.
func TestMetadataThatCannotBeReadIsUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		srv.Inject(fakebq.Fault{Op: fakebq.TablesGet, Error: fakebq.AccessDenied("Table fake:nba.games")})
		engine := engineOf(t, srv, bq.Options{})
		report, err := quality.Run(t.Context(), engine, now, someRows())
		require.NoError(t, err)
		assert.Equal(t, quality.Unknown, report.Verdict)
		assert.Contains(t, report.Suites[0].Checks[0].Reason, "Access Denied")
		assert.Empty(t, srv.Queries())
	})
}
