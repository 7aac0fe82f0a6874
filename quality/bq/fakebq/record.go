package fakebq

import (
	"net/http"
	"net/url"
	"slices"

	bq "google.golang.org/api/bigquery/v2"
)

// Request is one request that came in, whatever became of it.
type Request struct {
	Op      Op // empty for one that the fake does not know
	Method  string
	Path    string // without /bigquery/v2
	Params  url.Values
	Body    []byte
	Faulted bool   // a fault happened to it
	Query   *Query // of jobs.insert and jobs.query
}

// Query is what a client asks to be run.
type Query struct {
	SQL                string
	Parameters         []*bq.QueryParameter
	Labels             map[string]string
	Location           string
	DryRun             bool
	MaximumBytesBilled int64
	UseQueryCache      bool
	Priority           string
	DefaultDataset     *bq.DatasetReference
}

func newRequest(r *http.Request, op Op, body []byte, faulted bool) Request {
	req := Request{Op: op, Method: r.Method, Path: r.URL.Path, Params: r.URL.Query(), Body: body, Faulted: faulted}
	switch op {
	case JobsInsert:
		if j, err := parseJob(body); err == nil {
			req.Query = queryOfJob(j)
		}
	case JobsQuery:
		if q, err := parseQuery(body); err == nil {
			req.Query = queryOfRequest(q)
		}
	}
	return req
}

func queryOfJob(j *bq.Job) *Query {
	c := j.Configuration
	q := &Query{
		SQL: c.Query.Query, Parameters: c.Query.QueryParameters, Labels: c.Labels,
		DryRun: c.DryRun, MaximumBytesBilled: c.Query.MaximumBytesBilled,
		UseQueryCache: c.Query.UseQueryCache == nil || *c.Query.UseQueryCache,
		Priority:      c.Query.Priority, DefaultDataset: c.Query.DefaultDataset,
	}
	if j.JobReference != nil {
		q.Location = j.JobReference.Location
	}
	return q
}

func queryOfRequest(r *bq.QueryRequest) *Query {
	return &Query{
		SQL: r.Query, Parameters: r.QueryParameters, Labels: r.Labels, Location: r.Location,
		DryRun: r.DryRun, MaximumBytesBilled: r.MaximumBytesBilled,
		UseQueryCache:  r.UseQueryCache == nil || *r.UseQueryCache,
		DefaultDataset: r.DefaultDataset,
	}
}

// Requests returns every request so far, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.record)
}

// Queries returns what was asked to be run so far, dry runs included, oldest
// first. A request that was repeated is there twice.
func (s *Server) Queries() []Query {
	var queries []Query
	for _, r := range s.Requests() {
		if r.Query != nil {
			queries = append(queries, *r.Query)
		}
	}
	return queries
}

// Count returns how many requests of a method came in.
func (s *Server) Count(op Op) int {
	n := 0
	for _, r := range s.Requests() {
		if r.Op == op {
			n++
		}
	}
	return n
}

// Ran returns the statements of the jobs that were created, without dry runs
// and requests that were refused or lost.
func (s *Server) Ran() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sql := make([]string, len(s.jobs))
	for _, j := range s.jobs {
		sql[j.number] = j.query.SQL
	}
	return sql
}

// Cancelled returns the statements of the jobs that were cancelled before
// they were done.
func (s *Server) Cancelled() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sql []string
	for _, j := range s.jobs {
		if j.cancelled {
			sql = append(sql, j.query.SQL)
		}
	}
	slices.Sort(sql)
	return sql
}
