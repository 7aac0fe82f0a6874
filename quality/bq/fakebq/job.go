package fakebq

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	bq "google.golang.org/api/bigquery/v2"
)

// job is a query that was accepted, or a load.
type job struct {
	number    int
	id        string
	location  string
	query     Query
	load      *Load // nil of a query
	answer    Answer
	polls     int // that are still in vain
	asked     int // how often about its result
	cancelled bool
}

// done reports whether the job has ended, well or not.
func (j *job) done() bool { return j.cancelled || j.polls == 0 }

// poll is done for one who asks: it lets the job get on.
func (j *job) poll() bool {
	if j.done() {
		return true
	}
	if j.polls != Never {
		j.polls--
	}
	return false
}

// failure is what a job ended with, or nil.
func (j *job) failure() *Error {
	switch {
	case j.cancelled:
		return stopped()
	case !j.done():
		return nil
	}
	limit, needed := j.query.MaximumBytesBilled, j.answer.billed()
	if limit > 0 && needed > limit {
		return bytesBilledLimit(limit, needed)
	}
	return j.answer.Fail
}

func (j *job) reference() *bq.JobReference {
	return &bq.JobReference{ProjectId: Project, JobId: j.id, Location: j.location}
}

// resource renders the job in answer to a request.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/Job
func (j *job) resource(op Op, done bool) *bq.Job {
	r := j.honest(done)
	if j.answer.Job != nil {
		j.answer.Job(op, r)
	}
	return r
}

func (j *job) honest(done bool) *bq.Job {
	r := &bq.Job{
		Kind:         "bigquery#job",
		Id:           Project + ":" + j.location + "." + j.id,
		JobReference: j.reference(),
		Configuration: &bq.JobConfiguration{
			JobType: "QUERY", Labels: j.query.Labels, DryRun: j.query.DryRun,
			Query: &bq.JobConfigurationQuery{Query: j.query.SQL, MaximumBytesBilled: j.query.MaximumBytesBilled},
		},
		Status: &bq.JobStatus{State: "RUNNING"},
		Statistics: &bq.JobStatistics{
			TotalBytesProcessed: j.answer.Bytes,
			Query: &bq.JobStatistics2{
				StatementType: cmp.Or(j.answer.Type, "SELECT"), CacheHit: j.answer.Cached, TotalBytesProcessed: j.answer.Bytes,
				Schema: &bq.TableSchema{Fields: j.answer.Columns},
			},
		},
	}
	if j.load != nil {
		r.Configuration = &bq.JobConfiguration{JobType: "LOAD", Load: &bq.JobConfigurationLoad{}}
		r.Statistics = &bq.JobStatistics{Load: &bq.JobStatistics3{}}
	}
	if !done {
		return r
	}
	r.Status.State = "DONE"
	if f := j.failure(); f != nil {
		r.Status.ErrorResult = f.proto()
		r.Status.Errors = []*bq.ErrorProto{f.proto()}
	} else if !j.query.DryRun && j.load == nil {
		r.Statistics.Query.TotalBytesBilled = j.answer.billed()
	}
	return r
}

// start asks the test what a query answers and makes a job of it. A dry run is
// a job that nobody can ask for.
func (s *Server) start(id string, q Query) (*job, *Error) {
	if q.Location == "" {
		q.Location = s.locationOf(q.SQL)
	}
	if refusal := s.needsFilter(q.SQL); refusal != nil {
		return nil, refusal
	}
	answer := s.answer(q)
	if answer.Refuse != nil {
		return nil, answer.Refuse
	}
	j := &job{number: len(s.jobs), id: id, location: q.Location, query: q, answer: answer, polls: answer.Polls}
	if q.DryRun {
		// It runs nothing, so it neither takes time, nor fails, nor costs.
		j.polls, j.answer.Fail, j.query.MaximumBytesBilled = 0, nil, 0
		return j, nil
	}
	if j.id == "" {
		j.id = fmt.Sprintf("job_%d", j.number+1)
	}
	s.jobs[j.id] = j
	return j, nil
}

// answer is the test's, but for the clock, which reads no table.
func (s *Server) answer(q Query) Answer {
	if q.SQL == "SELECT CURRENT_TIMESTAMP()" {
		return Answer{Columns: Columns("now TIMESTAMP"), Rows: [][]any{{s.Now()}}}
	}
	out := s.Answer(q)
	if dataset, id, ok := strings.Cut(out.Creates, "."); ok && !q.DryRun {
		s.tables[out.Creates] = &bq.Table{Kind: "bigquery#table", Type: "TABLE", TableReference: &bq.TableReference{ProjectId: Project, DatasetId: dataset, TableId: id}}
	}
	return out
}

// insertJob is https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/insert.
func (s *Server) insertJob(_ *http.Request, body []byte) (any, *Error) {
	sent, err := parseJob(body)
	if err != nil {
		return nil, invalid(err)
	}
	var id string
	if sent.JobReference != nil {
		id = sent.JobReference.JobId
	}
	if s.jobs[id] != nil {
		return nil, duplicate(id)
	}
	j, refusal := s.start(id, *queryOfJob(sent))
	if refusal != nil {
		return nil, refusal
	}
	return j.resource(JobsInsert, j.done()), nil
}

// getJob is https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/get.
func (s *Server) getJob(r *http.Request, _ []byte) (any, *Error) {
	j, refusal := s.find(r)
	if refusal != nil {
		return nil, refusal
	}
	return j.resource(JobsGet, j.poll()), nil
}

// cancelJob is https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/cancel.
// A job that is done stays as it is.
func (s *Server) cancelJob(r *http.Request, _ []byte) (any, *Error) {
	j, refusal := s.find(r)
	if refusal != nil {
		return nil, refusal
	}
	if !j.done() {
		j.cancelled = true
	}
	return &bq.JobCancelResponse{Kind: "bigquery#jobCancelResponse", Job: j.resource(JobsCancel, j.done())}, nil
}

// find looks a job up. As in BigQuery, it is found only in its location.
// https://cloud.google.com/bigquery/docs/locations#specify_locations
func (s *Server) find(r *http.Request) (*job, *Error) {
	id, location := r.PathValue("job"), r.URL.Query().Get("location")
	if location == "" {
		location = defaultLocation
	}
	j := s.jobs[id]
	if j == nil || j.location != location {
		return nil, NotFound(fmt.Sprintf("Job %s:%s.%s", Project, location, id))
	}
	return j, nil
}

var errNoQuery = errors.New("the fake runs queries only: configuration.query is missing")

func parseJob(body []byte) (*bq.Job, error) {
	var j bq.Job
	if err := json.Unmarshal(body, &j); err != nil {
		return nil, err
	}
	if j.Configuration == nil || j.Configuration.Query == nil {
		return nil, errNoQuery
	}
	return &j, nil
}

func invalid(err error) *Error {
	return &Error{http.StatusBadRequest, "invalid", err.Error(), ""}
}
