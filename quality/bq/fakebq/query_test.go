package fakebq_test

import (
	"math"
	"math/big"
	"testing"
	"testing/synctest"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

func TestRowsArriveAsTheTestWroteThem(t *testing.T) {
	day := civil.Date{Year: 2024, Month: time.February, Day: 29}
	clock := civil.Time{Hour: 4, Minute: 5, Second: 6, Nanosecond: 123456000}
	columns := fakebq.Columns("i INTEGER", "f FLOAT", "b BOOLEAN", "s STRING", "r BYTES", "d DATE", "c TIME",
		"dt DATETIME", "ts TIMESTAMP", "n NUMERIC", "bn BIGNUMERIC", "xs INTEGER REPEATED", "inf FLOAT")
	row := []any{int64(math.MinInt64), 1.0 / 3, true, "x'\n", []byte{0, 255}, day, clock,
		civil.DateTime{Date: day, Time: clock}, time.Date(2024, 2, 29, 4, 5, 6, 123456000, time.UTC),
		big.NewRat(-1123456789, 1e9), big.NewRat(100, 1), []any{int64(1), int64(2)}, math.Inf(-1)}
	null := make([]any, len(row))
	srv := answering(fakebq.Answer{Columns: columns, Rows: [][]any{row, null}})

	got, err := read(t.Context(), clientOf(t, srv).Query("SELECT *"))
	require.NoError(t, err)
	want := [][]bigquery.Value{make([]bigquery.Value, len(row)), make([]bigquery.Value, len(row))}
	for i, v := range row {
		want[0][i] = v
	}
	want[0][11] = []bigquery.Value{int64(1), int64(2)}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })); diff != "" {
		t.Errorf("-written +read:\n%s", diff)
	}
}

func TestRecordsArriveAsTheTestWroteThem(t *testing.T) {
	column := fakebq.Columns("games RECORD REPEATED")
	column[0].Fields = fakebq.Columns("team STRING", "points INTEGER")
	srv := answering(fakebq.Answer{Columns: column,
		Rows: [][]any{{[]any{fakebq.Record{"BOS", 7}, fakebq.Record{"LAL", nil}}}}})
	got, err := read(t.Context(), clientOf(t, srv).Query("SELECT *"))
	require.NoError(t, err)
	assert.Equal(t, [][]bigquery.Value{{[]bigquery.Value{
		[]bigquery.Value{"BOS", int64(7)}, []bigquery.Value{"LAL", nil},
	}}}, got)
}

func TestRequestsTellWhatTheClientAsked(t *testing.T) {
	srv := seven()
	client := clientOf(t, srv)
	configure := func() *bigquery.Query {
		q := client.Query("SELECT @day")
		q.Parameters = []bigquery.QueryParameter{{Name: "day", Value: civil.Date{Year: 2024, Month: time.May, Day: 1}}}
		q.Labels = map[string]string{"tool": "intact"}
		q.Location = "EU"
		q.MaxBytesBilled = 1 << 30
		q.DisableQueryCache = true
		return q
	}
	_, err := read(t.Context(), configure())
	require.NoError(t, err)
	require.NoError(t, wait(t.Context(), configure()))

	queries := srv.Queries()
	require.Len(t, queries, 2, "one by jobs.query, one by jobs.insert")
	for _, q := range queries {
		assert.Equal(t, "SELECT @day", q.SQL)
		assert.Equal(t, map[string]string{"tool": "intact"}, q.Labels)
		assert.Equal(t, "EU", q.Location)
		assert.Equal(t, int64(1<<30), q.MaximumBytesBilled)
		assert.False(t, q.UseQueryCache)
		assert.False(t, q.DryRun)
		require.Len(t, q.Parameters, 1)
		assert.Equal(t, "day", q.Parameters[0].Name)
		assert.Equal(t, "DATE", q.Parameters[0].ParameterType.Type)
		assert.Equal(t, "2024-05-01", q.Parameters[0].ParameterValue.Value)
	}
	requests := srv.Requests()
	assert.Equal(t, "POST", requests[0].Method)
	assert.Equal(t, "/projects/fake/queries", requests[0].Path)
	assert.Equal(t, fakebq.JobsInsert, requests[1].Op)
	assert.Equal(t, []string{"SELECT @day", "SELECT @day"}, srv.Ran())
}

func TestPagesAreReadToTheEnd(t *testing.T) {
	a := fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), PageSize: 10}
	for n := range 25 {
		a.Rows = append(a.Rows, []any{n})
	}
	srv := answering(a)
	rows, err := read(t.Context(), clientOf(t, srv).Query("SELECT n"))
	require.NoError(t, err)
	require.Len(t, rows, 25)
	for n, row := range rows {
		assert.Equal(t, []bigquery.Value{int64(n)}, row)
	}
	assert.Equal(t, 1, srv.Count(fakebq.JobsQuery))
	assert.Equal(t, 2, srv.Count(fakebq.JobsGetQueryResults))
}

func TestDryRunTellsBytesAndRunsNothing(t *testing.T) {
	srv := answering(fakebq.Answer{Bytes: 123456789, Polls: fakebq.Never, Fail: fakebq.ResourcesExceeded()})
	q := clientOf(t, srv).Query("SELECT n")
	q.DryRun = true
	q.MaxBytesBilled = 1
	job, err := q.Run(t.Context())
	require.NoError(t, err)
	status := job.LastStatus()
	require.NoError(t, status.Err())
	assert.True(t, status.Done())
	assert.Equal(t, int64(123456789), status.Statistics.TotalBytesProcessed)
	assert.Empty(t, srv.Ran())
	assert.True(t, srv.Queries()[0].DryRun)
}

func TestCapOnBilledBytes(t *testing.T) {
	const mib = 1 << 20
	for name, tc := range map[string]struct {
		bytes, limit int64
		cached, over bool
	}{
		"no cap":                   {bytes: 1 << 40},
		"far below":                {bytes: 20 * mib, limit: 100 * mib},
		"at the cap":               {bytes: 20 * mib, limit: 20 * mib},
		"one byte over":            {bytes: 20*mib + 1, limit: 20 * mib, over: true},
		"10 MiB are always billed": {bytes: 1, limit: 10*mib - 1, over: true},
		"nothing read":             {bytes: 0, limit: 1},
		"cached":                   {bytes: 1 << 40, limit: 1, cached: true},
	} {
		t.Run(name, func(t *testing.T) {
			srv := answering(fakebq.Answer{Bytes: tc.bytes, Cached: tc.cached})
			client := clientOf(t, srv)
			q := client.Query("SELECT n")
			q.MaxBytesBilled = tc.limit
			_, queried := read(t.Context(), q)
			ran := wait(t.Context(), q)
			if !tc.over {
				assert.NoError(t, queried)
				assert.NoError(t, ran)
				return
			}
			assert.Equal(t, "400 bytesBilledLimitExceeded", codeAndReason(queried))
			assert.ErrorContains(t, ran, "bytesBilledLimitExceeded")
			assert.ErrorContains(t, ran, "or higher required")
		})
	}
}

func TestSlowJobsAreWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := answering(fakebq.Answer{Polls: 3})
		client := clientOf(t, srv)
		rows, err := read(t.Context(), client.Query("SELECT n")) // by jobs.query
		require.NoError(t, err)
		assert.Equal(t, [][]bigquery.Value{{int64(7)}}, rows)
		assert.Greater(t, srv.Count(fakebq.JobsGetQueryResults), 3)

		job, err := client.Query("SELECT n").Run(t.Context()) // by jobs.insert
		require.NoError(t, err)
		assert.False(t, job.LastStatus().Done())
		it, err := job.Read(t.Context())
		require.NoError(t, err)
		rows, err = all(it)
		require.NoError(t, err)
		assert.Equal(t, [][]bigquery.Value{{int64(7)}}, rows)
	})
}

func TestStateOfAJobByPolls(t *testing.T) {
	srv := answering(fakebq.Answer{Polls: 2})
	job, err := clientOf(t, srv).Query("SELECT n").Run(t.Context())
	require.NoError(t, err)
	for _, done := range []bool{false, false, true, true} {
		status, err := job.Status(t.Context())
		require.NoError(t, err)
		assert.Equal(t, done, status.Done())
	}
}

func TestCancelledJobEndsStopped(t *testing.T) {
	srv := answering(fakebq.Answer{Polls: fakebq.Never})
	client := clientOf(t, srv)
	job, err := client.Query("SELECT slow").Run(t.Context())
	require.NoError(t, err)
	require.NoError(t, job.Cancel(t.Context()))
	status, err := job.Status(t.Context())
	require.NoError(t, err)
	assert.True(t, status.Done())
	assert.ErrorContains(t, status.Err(), "stopped")
	_, err = job.Read(t.Context())
	assert.Equal(t, "400 stopped", codeAndReason(err))
	assert.Equal(t, []string{"SELECT slow"}, srv.Cancelled())
}

func TestJobThatIsDoneCannotBeCancelled(t *testing.T) {
	srv := seven()
	job, err := clientOf(t, srv).Query("SELECT n").Run(t.Context())
	require.NoError(t, err)
	require.NoError(t, job.Cancel(t.Context()))
	assert.Empty(t, srv.Cancelled())
	_, err = job.Read(t.Context())
	assert.NoError(t, err)
}

func TestJobIsFoundInItsLocationOnly(t *testing.T) {
	srv := seven()
	client := clientOf(t, srv)
	q := client.Query("SELECT n")
	q.JobID, q.Location = "mine", "EU"
	_, err := q.Run(t.Context())
	require.NoError(t, err)
	_, err = client.JobFromIDLocation(t.Context(), "mine", "EU")
	assert.NoError(t, err)
	_, err = client.JobFromID(t.Context(), "mine")
	assert.Equal(t, "404 notFound", codeAndReason(err))
}

func TestJobIDIsTakenOnce(t *testing.T) {
	srv := seven()
	q := clientOf(t, srv).Query("SELECT n")
	q.JobID = "mine"
	_, err := q.Run(t.Context())
	require.NoError(t, err)
	_, err = q.Run(t.Context())
	assert.Equal(t, "409 duplicate", codeAndReason(err))
	assert.Len(t, srv.Ran(), 1)
}

func TestTheClockIsTheServices(t *testing.T) {
	srv := seven()
	at := time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)
	srv.Now = func() time.Time { return at }
	rows, err := read(t.Context(), clientOf(t, srv).Query("SELECT CURRENT_TIMESTAMP()"))
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{{at}}, rows)
}
