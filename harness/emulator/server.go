package emulator

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/option"

	"github.com/intactdata/intact/harness/internal/sidecar"
	"github.com/intactdata/intact/quality"
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
	proc     Program // nil for one that was running before us
}

// Program is what runs an emulator that this process has started: a process, or a
// container. It ends with this process, however that ends.
type Program interface {
	// Exited is closed when it has ended, and Err tells why.
	Exited() <-chan struct{}
	Err() error
	// Shutdown ends it: by force where it has not ended by itself with the context.
	Shutdown(context.Context) error
}

// NewServer is the emulator that a program runs, and answers at the URL already.
// Most callers want [Start].
func NewServer(endpoint string, p Program) *Server { return &Server{endpoint, p} }

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
		if err := recognize(ctx, loc.endpoint); err != nil {
			return nil, fmt.Errorf("%s=%s: %w", EnvEmulator, loc.endpoint, err)
		}
		return &Server{endpoint: loc.endpoint}, nil
	}
	proc, endpoint, err := startProcess(ctx, loc.path)
	if err != nil {
		return nil, err
	}
	return NewServer(endpoint, proc), nil
}

// Endpoint returns the server's URL, such as http://127.0.0.1:34567.
func (s *Server) Endpoint() string { return s.endpoint }

// ClientOptions returns what a Google API client needs to talk to the emulator:
// its endpoint, no credentials, and connections that are not waited for once they
// are lost.
func (s *Server) ClientOptions() []option.ClientOption {
	return []option.ClientOption{
		option.WithEndpoint(s.endpoint),
		option.WithoutAuthentication(),
		option.WithHTTPClient(&http.Client{Transport: wire{s, http.DefaultTransport}}),
	}
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
func (s *Server) Close() error { return s.Shutdown(context.Background()) }

// Shutdown is Close for a caller who waits no longer than the context lasts: an
// emulator that has not ended by then is killed.
func (s *Server) Shutdown(ctx context.Context) error {
	if s.proc == nil {
		return nil
	}
	return s.proc.Shutdown(ctx)
}

// call makes one call of the client, with a deadline where ctx has none. A server
// that answers what no emulator would can make the client panic. On BigQuery s is nil.
func (s *Server) call(ctx context.Context, do func(context.Context) error) error {
	if _, has := ctx.Deadline(); !has {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, callTimeout)
		defer stop()
	}
	at := "BigQuery"
	if s != nil {
		at = s.endpoint
	}
	err := quality.Guard(fmt.Sprintf("the answer at %s is none of BigQuery's: its client cannot bear it", at), func() error { return do(ctx) })
	if cause := context.Cause(ctx); err != nil && cause != nil && cause != ctx.Err() {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}
