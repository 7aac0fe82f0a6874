package fakebq

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	bq "google.golang.org/api/bigquery/v2"
)

// Load is rows that a job has loaded.
type Load struct {
	Table string // dataset.table
	JobID string
	Lines []byte
}

// Loads are those of the jobs that did not fail.
func (s *Server) Loads() []Load {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Load
	for _, j := range s.jobs {
		if j.load != nil && j.failure() == nil {
			out = append(out, *j.load)
		}
	}
	return out
}

// uploadJob is jobs.insert with the rows to be loaded behind it.
// https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart
func (s *Server) uploadJob(r *http.Request, body []byte) (any, *Error) {
	sent, lines, err := parseUpload(r, body)
	if err != nil {
		return nil, invalid(err)
	}
	to := sent.Configuration.Load.DestinationTable
	id, table := sent.JobReference.JobId, to.DatasetId+"."+to.TableId
	switch {
	case s.jobs[id] != nil:
		return nil, duplicate(id)
	case s.tables[table] == nil:
		return nil, NotFound(fmt.Sprintf("Table %s:%s", Project, table))
	}
	j := &job{number: len(s.jobs), id: id, location: sent.JobReference.Location, load: &Load{table, id, lines}}
	if j.location == "" {
		j.location = defaultLocation
	}
	if s.FailLoad != nil {
		j.answer.Fail = s.FailLoad(*j.load)
	}
	s.jobs[id] = j
	return j.resource(JobsUpload, true), nil
}

func parseUpload(r *http.Request, body []byte) (*bq.Job, []byte, error) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, nil, err
	}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	var texts [][]byte
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, nil, err
		}
		texts = append(texts, text)
	}
	var job bq.Job
	if len(texts) != 2 {
		return nil, nil, fmt.Errorf("an upload has a job and its rows, and this one %d parts", len(texts))
	}
	if err := json.Unmarshal(texts[0], &job); err != nil {
		return nil, nil, err
	}
	if job.Configuration == nil || job.Configuration.Load == nil || job.JobReference == nil {
		return nil, nil, errors.New("the fake loads into a table, by a job that has an id")
	}
	return &job, texts[1], nil
}
