package fakebq

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"cloud.google.com/go/bigquery"
	bq "google.golang.org/api/bigquery/v2"
	"google.golang.org/api/option"
)

// Project is the project of the fake.
const Project = "fake"

// defaultLocation is where a job runs that names no location and no table that
// has one.
const defaultLocation = "US"

// Op is a method of the API that the fake knows.
type Op string

// https://cloud.google.com/bigquery/docs/reference/rest/v2
const (
	JobsInsert          Op = "jobs.insert"
	JobsQuery           Op = "jobs.query"
	JobsGet             Op = "jobs.get"
	JobsGetQueryResults Op = "jobs.getQueryResults"
	JobsCancel          Op = "jobs.cancel"
	DatasetsGet         Op = "datasets.get"
	TablesGet           Op = "tables.get"
	TablesList          Op = "tables.list"
	TablesInsert        Op = "tables.insert"
	TablesPatch         Op = "tables.patch"
	TablesDelete        Op = "tables.delete"
	JobsUpload          Op = "jobs.insert of an upload"
)

// Server is the fake. Set its fields before the first request; its methods
// are safe for concurrent use.
type Server struct {
	// Answer says what a query answers. It is called once for every job and
	// every dry run, one at a time, and must not call the server's methods.
	Answer func(Query) Answer
	// Now is the service's clock, which the one statement reads that the fake
	// answers by itself: SELECT CURRENT_TIMESTAMP().
	Now func() time.Time
	// FailLoad says what a job that loads rows fails with; nil lets all succeed.
	FailLoad func(Load) *Error

	mux      *http.ServeMux
	mu       sync.Mutex
	jobs     map[string]*job
	byID     map[string]*job // jobs.query by its request's id
	datasets map[string]*bq.Dataset
	tables   map[string]*bq.Table
	faults   []*Fault
	record   []Request
}

// New returns a fake without datasets, whose queries answer no rows.
func New() *Server {
	s := &Server{
		Answer:   func(Query) Answer { return Answer{} },
		Now:      time.Now,
		mux:      http.NewServeMux(),
		jobs:     map[string]*job{},
		byID:     map[string]*job{},
		datasets: map[string]*bq.Dataset{},
		tables:   map[string]*bq.Table{},
	}
	for pattern, route := range map[string]struct {
		op     Op
		handle func(*http.Request, []byte) (any, *Error)
	}{
		"POST /projects/{project}/jobs":                                {JobsInsert, s.insertJob},
		"POST /projects/{project}/queries":                             {JobsQuery, s.query},
		"GET /projects/{project}/jobs/{job}":                           {JobsGet, s.getJob},
		"GET /projects/{project}/queries/{job}":                        {JobsGetQueryResults, s.getQueryResults},
		"POST /projects/{project}/jobs/{job}/cancel":                   {JobsCancel, s.cancelJob},
		"GET /projects/{project}/datasets/{dataset}":                   {DatasetsGet, s.getDataset},
		"GET /projects/{project}/datasets/{dataset}/tables/{table}":    {TablesGet, s.getTable},
		"GET /projects/{project}/datasets/{dataset}/tables":            {TablesList, s.listTables},
		"POST /projects/{project}/datasets/{dataset}/tables":           {TablesInsert, s.insertTable},
		"PATCH /projects/{project}/datasets/{dataset}/tables/{table}":  {TablesPatch, s.patchTable},
		"DELETE /projects/{project}/datasets/{dataset}/tables/{table}": {TablesDelete, s.deleteTable},
		"POST /upload/bigquery/v2/projects/{project}/jobs":             {JobsUpload, s.uploadJob},
	} {
		s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, route.op, route.handle) })
	}
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		unknown := &Error{http.StatusNotImplemented, "notImplemented",
			fmt.Sprintf("the fake does not know %s %s", r.Method, r.URL.Path), ""}
		s.serve(w, r, "", func(*http.Request, []byte) (any, *Error) { return nil, unknown })
	})
	return s
}

// ServeHTTP serves the API below / and below /bigquery/v2/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, "/bigquery/v2/"); ok {
		r = r.Clone(r.Context())
		r.URL.Path = "/" + rest
	}
	s.mux.ServeHTTP(w, r)
}

// serve records the request, lets a fault happen or handles it, and answers.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, op Op, handle func(*http.Request, []byte) (any, *Error)) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client has gone
	}
	s.mu.Lock()
	fault := s.nextFault(op)
	s.record = append(s.record, newRequest(r, op, body, fault != nil))
	if fault != nil && fault.Error != nil {
		s.mu.Unlock()
		writeError(w, fault.Error)
		return
	}
	if fault != nil && (fault.Hang || fault.Late > 0) {
		s.mu.Unlock()
		<-r.Context().Done()
		if fault.Late > 0 {
			time.AfterFunc(fault.Late, func() { s.locked(handle, r, body) })
		}
		panic(http.ErrAbortHandler)
	}
	s.mu.Unlock()
	if fault != nil && fault.Panic != "" {
		panic(fault.Panic)
	}
	reply, refusal := s.locked(handle, r, body)
	if refusal != nil {
		writeError(w, refusal)
		return
	}
	answer, err := json.Marshal(reply)
	if err != nil {
		panic(fmt.Sprintf("fakebq: %T cannot be sent: %v", reply, err))
	}
	if fault != nil && fault.Cut {
		cut(w, answer)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answer)
}

func (s *Server) locked(handle func(*http.Request, []byte) (any, *Error), r *http.Request, body []byte) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	return handle(r, body)
}

// Client returns a client of the fake without sockets and credentials.
func (s *Server) Client(ctx context.Context) (*bigquery.Client, error) {
	return bigquery.NewClient(ctx, Project,
		option.WithEndpoint("http://fakebq/bigquery/v2/"),
		option.WithHTTPClient(&http.Client{Transport: s}))
}
