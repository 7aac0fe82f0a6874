package emulator

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/option"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

// Project is the project that the emulator serves.
const Project = "test"

// callTimeout bounds every call of this package whose context has no deadline:
// BigQuery's client repeats some requests for as long as it is let.
const callTimeout = 2 * time.Minute

// Server is a running emulator. It is safe for concurrent use, but it answers
// one request at a time: tests gain nothing by many goroutines.
type Server struct {
	endpoint string
	proc     *sidecar.Process // nil for one that was running before us
}

// Start finds an emulator and starts it, or connects to the URL named in the
// environment. When there is none the error wraps [ErrNotInstalled] and holds
// the command that builds it. Close ends it; the end of this process does too.
func Start(ctx context.Context) (*Server, error) {
	machine, err := sidecar.ThisMachine()
	if err != nil {
		return nil, err
	}
	loc, err := locate(machine)
	if err != nil {
		return nil, err
	}
	return open(ctx, loc)
}

func open(ctx context.Context, loc location) (*Server, error) {
	if loc.endpoint != "" {
		if err := ping(ctx, loc.endpoint); err != nil {
			return nil, fmt.Errorf("%s=%s: %w", EnvEmulator, loc.endpoint, err)
		}
		return &Server{endpoint: loc.endpoint}, nil
	}
	proc, endpoint, err := startProcess(ctx, loc.path)
	if err != nil {
		return nil, err
	}
	return &Server{endpoint: endpoint, proc: proc}, nil
}

// ping asks for the datasets of [Project], which every emulator that can be
// used answers.
func ping(ctx context.Context, endpoint string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet,
		endpoint+"/bigquery/v2/projects/"+Project+"/datasets", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the emulator does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(res.Body, 1<<10))
		return fmt.Errorf("the emulator does not serve project %q: %s %s", Project, res.Status, said)
	}
	return nil
}

// Endpoint returns the server's URL, such as http://127.0.0.1:34567.
func (s *Server) Endpoint() string { return s.endpoint }

// ClientOptions returns what a Google API client needs to talk to the
// emulator: its endpoint, and no credentials.
func (s *Server) ClientOptions() []option.ClientOption {
	return []option.ClientOption{option.WithEndpoint(s.endpoint), option.WithoutAuthentication()}
}

// Client returns a BigQuery client of [Project]. The caller closes it.
//
// Give every call a deadline: a request that the client takes for passing
// trouble is repeated until then.
func (s *Server) Client(ctx context.Context) (*bigquery.Client, error) {
	client, err := bigquery.NewClient(ctx, Project, s.ClientOptions()...)
	if err != nil {
		return nil, fmt.Errorf("connect to the emulator at %s: %w", s.endpoint, err)
	}
	return client, nil
}

// Close ends the emulator if this process started it.
func (s *Server) Close() error {
	if s.proc == nil {
		return nil
	}
	return s.proc.Stop()
}

// within is Context for one call, with a deadline where ctx has none.
func (s *Server) within(ctx context.Context) (context.Context, context.CancelFunc) {
	stop := func() {}
	if _, has := ctx.Deadline(); !has {
		ctx, stop = context.WithTimeout(ctx, callTimeout)
	}
	ctx, cancel := s.Context(ctx)
	return ctx, func() { cancel(); stop() }
}

// Context returns a context that ends with the emulator: a client would wait for
// it to come back. Its cause says why the emulator ended.
func (s *Server) Context(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.proc == nil {
		return ctx, func() {}
	}
	call, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-s.proc.Exited():
			cancel(s.proc.Err())
		case <-call.Done():
		}
	}()
	return call, func() { cancel(nil) }
}

// explain adds to the error of a call why its context ended, if it did.
func explain(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && cause != ctx.Err() {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}
