package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// check answers a request for a verdict.
func (s *Server) check(w http.ResponseWriter, r *http.Request) {
	ctx, done := context.WithTimeoutCause(r.Context(), s.config.Timeout, fmt.Errorf("there was no verdict within %s", s.config.Timeout))
	defer done()
	ask, err := readAsk(w, r)
	if err == nil {
		err = s.servable(ask)
	}
	var found *quality.Report
	if err == nil {
		found, err = s.run(ctx, ask)
	}
	s.answer(w, found, err)
}

// servable refuses what asking again does not mend.
func (s *Server) servable(ask Ask) error {
	if !slices.Contains(s.config.Suites, ask.Suite) {
		return fmt.Errorf("suite %q is not served: there are %s", ask.Suite, strings.Join(s.config.Suites, ", "))
	}
	return nil
}

// run runs a suite once there is room. Work that goes on though its context has ended
// is left behind, and keeps its room until it ends.
func (s *Server) run(ctx context.Context, ask Ask) (*quality.Report, error) {
	if s.stopping.Load() {
		return nil, errStopped
	}
	select {
	case s.admitted <- struct{}{}:
	default:
		return nil, fmt.Errorf("busy: %d suites run and %d requests wait already", s.config.Running, s.config.Waiting)
	}
	select {
	case s.running <- struct{}{}:
	case <-ctx.Done():
		<-s.admitted
		return nil, fmt.Errorf("it was waiting for its turn: %w", context.Cause(ctx))
	}
	type result struct {
		report *quality.Report
		err    error
	}
	ran := make(chan result, 1)
	go func() {
		defer func() { <-s.running; <-s.admitted }()
		var out result
		panicked := quality.Guard("the run failed by a fault of its own", func() error {
			out.report, out.err = s.config.Run(ctx, ask)
			return nil
		})
		if panicked != nil {
			out = result{nil, panicked}
		}
		ran <- out
	}()
	after, stop := ending.Afterwards(ctx, abandonTimeout)
	defer stop()
	select {
	case out := <-ran:
		if out.report == nil && ctx.Err() != nil {
			out.err = quality.Ended(ctx, out.err)
		}
		return out.report, out.err
	case <-after.Done():
		return nil, quality.Ended(ctx, nil)
	}
}

// answer writes a report, or one without suites that says why there is none.
func (s *Server) answer(w http.ResponseWriter, found *quality.Report, err error) {
	reason := ""
	if err == nil && found == nil {
		err = errors.New("the run came to nothing")
	}
	if found == nil {
		found = s.unknown()
	}
	if err != nil {
		reason = strings.Join(strings.Fields(err.Error()), " ")
		found.Verdict = max(found.Verdict, quality.Unknown)
	}
	var text bytes.Buffer
	if failed := quality.Guard("writing it down panicked", func() error { return report.JSONBecause(&text, found, reason) }); failed != nil {
		text.Reset()
		found, reason = s.unknown(), "the report cannot be written: "+failed.Error()
		_ = report.JSONBecause(&text, found, reason)
	}
	if seen, ok := w.(*recorder); ok {
		seen.verdict, seen.reason = found.Verdict.String(), reason
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTimeout))
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(text.Len())) // a part of it is told from the whole
	header.Set("Cache-Control", "no-store")
	_, _ = w.Write(text.Bytes())
}

func (s *Server) unknown() *quality.Report {
	return &quality.Report{At: s.config.Now(), Version: s.config.Version, Verdict: quality.Unknown}
}
