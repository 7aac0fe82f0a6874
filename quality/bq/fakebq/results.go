package fakebq

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	bq "google.golang.org/api/bigquery/v2"
)

// query is https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query:
// a job and its first page in one request. One that is repeated with the same
// requestId gets the same job.
func (s *Server) query(_ *http.Request, body []byte) (any, *Error) {
	sent, err := parseQuery(body)
	if err != nil {
		return nil, invalid(err)
	}
	j := s.byID[sent.RequestId]
	if j == nil {
		var refusal *Error
		if j, refusal = s.start("", *queryOfRequest(sent)); refusal != nil {
			return nil, refusal
		}
		if sent.RequestId != "" && !sent.DryRun {
			s.byID[sent.RequestId] = j
		}
	}
	if f := j.failure(); f != nil {
		return nil, f
	}
	reply := &bq.QueryResponse{
		Kind:                "bigquery#queryResponse",
		JobComplete:         j.done(),
		TotalBytesProcessed: j.answer.Bytes,
		CacheHit:            j.answer.Cached,
	}
	if !sent.DryRun {
		reply.JobReference = j.reference()
	}
	if !j.done() {
		return reply, nil
	}
	reply.Schema = &bq.TableSchema{Fields: j.answer.Columns}
	if !sent.DryRun {
		p, refusal := j.page(url.Values{})
		if refusal != nil {
			return nil, refusal
		}
		reply.Rows, reply.PageToken, reply.TotalRows = p.rows, p.token, j.answer.total()
	}
	return reply, nil
}

// getQueryResults is
// https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults.
// It does not wait for timeoutMs but answers at once that the job is not done.
func (s *Server) getQueryResults(r *http.Request, _ []byte) (any, *Error) {
	j, refusal := s.find(r)
	if refusal != nil {
		return nil, refusal
	}
	reply := &bq.GetQueryResultsResponse{Kind: "bigquery#getQueryResultsResponse", JobReference: j.reference()}
	if !j.poll() {
		return reply, nil
	}
	if f := j.failure(); f != nil {
		return nil, f
	}
	p, refusal := j.page(r.URL.Query())
	if refusal != nil {
		return nil, refusal
	}
	reply.JobComplete = true
	reply.Schema = &bq.TableSchema{Fields: j.answer.Columns}
	reply.TotalBytesProcessed = j.answer.Bytes
	reply.CacheHit = j.answer.Cached
	reply.Rows, reply.PageToken, reply.TotalRows = p.rows, p.token, j.answer.total()
	if j.answer.Page != nil {
		j.answer.Page(j.asked, reply)
	}
	j.asked++
	return reply, nil
}

// page is a part of a job's rows and where the next one starts.
type page struct {
	rows  []*bq.TableRow
	token string
}

// page reads startIndex or pageToken, and maxResults, of which 0 asks for no
// rows. A page token is the number of its first row.
func (j *job) page(params url.Values) (page, *Error) {
	total := len(j.answer.Rows)
	first, size := 0, total
	for name, to := range map[string]*int{"startIndex": &first, "pageToken": &first, "maxResults": &size} {
		if text := params.Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 {
				return page{}, invalid(fmt.Errorf("invalid value %q for %s", text, name))
			}
			*to = n
		}
	}
	if j.answer.PageSize > 0 {
		size = min(size, j.answer.PageSize)
	}
	first = min(first, total)
	last := min(first+size, total)
	p := page{rows: rowsOf(j.answer.Rows[first:last])}
	if last < total && size > 0 {
		p.token = strconv.Itoa(last)
	}
	return p, nil
}

func parseQuery(body []byte) (*bq.QueryRequest, error) {
	var q bq.QueryRequest
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, err
	}
	if q.Query == "" {
		return nil, errNoQuery
	}
	return &q, nil
}
