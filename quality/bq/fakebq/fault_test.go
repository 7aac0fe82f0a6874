package fakebq_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/option"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

func TestPassingTroubleIsRepeated(t *testing.T) {
	for name, trouble := range map[string]*fakebq.Error{
		"429":        fakebq.TooManyRequests(),
		"rate limit": fakebq.RateLimitExceeded(),
		"500":        fakebq.InternalError(),
		"503":        fakebq.Unavailable(),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := seven()
				srv.Inject(fakebq.Fault{Op: fakebq.JobsQuery, Error: trouble, Times: 2})
				rows, err := read(t.Context(), clientOf(t, srv).Query("SELECT n"))
				require.NoError(t, err)
				assert.Equal(t, [][]bigquery.Value{{int64(7)}}, rows)
				assert.Equal(t, 3, srv.Count(fakebq.JobsQuery))
				assert.Len(t, srv.Ran(), 1)
				var faulted []bool
				for _, r := range srv.Requests() {
					faulted = append(faulted, r.Faulted)
				}
				assert.Equal(t, []bool{true, true, false}, faulted)
			})
		})
	}
}

func TestLastingTroubleEndsWithTheDeadline(t *testing.T) {
	for name, fault := range map[string]fakebq.Fault{
		"503":  {Error: fakebq.Unavailable(), Times: fakebq.Always},
		"cut":  {Cut: true, Times: fakebq.Always},
		"hang": {Hang: true, Times: fakebq.Always},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := seven()
				srv.Inject(fault)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				began := time.Now()
				_, err := read(ctx, clientOf(t, srv).Query("SELECT n"))
				assert.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Equal(t, time.Minute, time.Since(began))
			})
		})
	}
}

func TestRefusalsAreNotRepeated(t *testing.T) {
	for want, refusal := range map[string]*fakebq.Error{
		"400 invalidQuery":      fakebq.InvalidQuery("Unrecognized name: usage_rat at [1:8]"),
		"404 notFound":          fakebq.NotFound("Table fake:d.t"),
		"403 accessDenied":      fakebq.AccessDenied("Table fake:d.t"),
		"403 quotaExceeded":     fakebq.QuotaExceeded(),
		"400 resourcesExceeded": fakebq.ResourcesExceeded(),
	} {
		t.Run(want, func(t *testing.T) {
			srv := answering(fakebq.Answer{Refuse: refusal})
			client := clientOf(t, srv)
			_, err := read(t.Context(), client.Query("SELECT n"))
			assert.Equal(t, want, codeAndReason(err))
			assert.ErrorContains(t, err, refusal.Message)
			assert.Equal(t, want, codeAndReason(wait(t.Context(), client.Query("SELECT n"))))
			dry := client.Query("SELECT n")
			dry.DryRun = true
			_, err = dry.Run(t.Context())
			assert.Equal(t, want, codeAndReason(err))
			assert.Len(t, srv.Requests(), 3)
			assert.Empty(t, srv.Ran())
		})
	}
}

func TestJobsFailWhenTheyWouldBeDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := answering(fakebq.Answer{Polls: 2, Fail: fakebq.ResourcesExceeded()})
		client := clientOf(t, srv)
		_, err := read(t.Context(), client.Query("SELECT n"))
		assert.Equal(t, "400 resourcesExceeded", codeAndReason(err))
		assert.Equal(t, "400 resourcesExceeded", codeAndReason(wait(t.Context(), client.Query("SELECT n"))))

		job, err := client.Query("SELECT n").Run(t.Context())
		require.NoError(t, err, "the job was accepted")
		for range 2 {
			status, err := job.Status(t.Context())
			require.NoError(t, err)
			assert.NoError(t, status.Err(), "it runs still")
		}
		status, err := job.Status(t.Context())
		require.NoError(t, err)
		assert.ErrorContains(t, status.Err(), "resourcesExceeded")
	})
}

// The client reads a cut answer again; the query must not run again.
func TestCutAnswersAreReadAgain(t *testing.T) {
	for name, fault := range map[string]fakebq.Fault{
		"the answer": {Op: fakebq.JobsQuery, Cut: true},
		"a page":     {Op: fakebq.JobsGetQueryResults, Cut: true, Skip: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := answering(fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{1}, {2}, {3}}, PageSize: 1})
				srv.Inject(fault)
				rows, err := read(t.Context(), clientOf(t, srv).Query("SELECT n"))
				require.NoError(t, err)
				assert.Equal(t, [][]bigquery.Value{{int64(1)}, {int64(2)}, {int64(3)}}, rows)
				assert.Len(t, srv.Ran(), 1)
				assert.Len(t, srv.Requests(), 4, "three pages, one of them twice")
			})
		})
	}
}

func TestFaultsHappenInOrderAndWhereTheyBelong(t *testing.T) {
	srv := seven()
	srv.Inject(fakebq.Fault{Op: fakebq.TablesGet, Error: fakebq.AccessDenied("Table fake:d.t")})
	srv.Inject(fakebq.Fault{Error: fakebq.QuotaExceeded()})
	srv.Inject(fakebq.Fault{Op: fakebq.JobsQuery, Error: fakebq.InvalidQuery("first after")})
	client := clientOf(t, srv)
	_, err := read(t.Context(), client.Query("SELECT n"))
	assert.Equal(t, "403 quotaExceeded", codeAndReason(err))
	_, err = read(t.Context(), client.Query("SELECT n"))
	assert.Equal(t, "400 invalidQuery", codeAndReason(err))
	_, err = client.Dataset("d").Table("t").Metadata(t.Context())
	assert.Equal(t, "403 accessDenied", codeAndReason(err))
	_, err = read(t.Context(), client.Query("SELECT n"))
	assert.NoError(t, err)
}

// The same fake behind a socket, where a cut is a connection that breaks.
func TestServedByHTTP(t *testing.T) {
	srv := answering(fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{1}, {2}}, PageSize: 1})
	web := httptest.NewServer(srv)
	defer web.Close()
	client, err := bigquery.NewClient(t.Context(), fakebq.Project,
		option.WithEndpoint(web.URL), option.WithoutAuthentication())
	require.NoError(t, err)
	defer client.Close()
	rows, err := read(t.Context(), client.Query("SELECT n"))
	require.NoError(t, err)
	assert.Equal(t, [][]bigquery.Value{{int64(1)}, {int64(2)}}, rows)

	srv.Inject(fakebq.Fault{Op: fakebq.DatasetsGet, Cut: true})
	srv.AddDataset("d", "EU")
	res, err := http.Get(web.URL + "/projects/fake/datasets/d")
	require.NoError(t, err)
	defer res.Body.Close()
	body := make([]byte, res.ContentLength)
	n, err := res.Body.Read(body)
	for err == nil {
		var more int
		more, err = res.Body.Read(body[n:])
		n += more
	}
	assert.ErrorContains(t, err, "unexpected EOF")
	assert.Equal(t, int(res.ContentLength)/2, n)
}

func TestWhatTheFakeDoesNotKnowIsNamed(t *testing.T) {
	srv := fakebq.New()
	client := clientOf(t, srv)
	err := client.Dataset("d").Create(t.Context(), nil)
	assert.ErrorContains(t, err, "the fake does not know POST /projects/fake/datasets")
	_, err = client.Dataset("d").Table("t").CopierFrom(client.Dataset("d").Table("u")).Run(t.Context())
	assert.ErrorContains(t, err, "the fake runs queries only")
}
