package serve

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/intactdata/intact/quality"
)

// Config says what is served, and within which limits. All of it is needed but Token
// and Version.
type Config struct {
	// Suites are the names that are served.
	Suites []string
	// Run runs a suite. A report beside an error is one whose verdict is worse for it.
	// It is called by several goroutines at once.
	Run func(context.Context, Ask) (*quality.Report, error)
	// Token has to be shown by who asks; "" asks for none.
	Token string
	// Running is how many suites run at once, and Waiting how many requests may wait
	// for that.
	Running, Waiting int
	// Timeout is how long a request may take in all, and Grace how long what was asked
	// goes on once the server stops.
	Timeout, Grace time.Duration
	Log            *slog.Logger
	Now            func() time.Time
	Version        string
}

// Server answers requests. It is safe for concurrent use.
type Server struct {
	config   Config
	running  chan struct{}
	admitted chan struct{} // those that run, and those that wait
	stopping atomic.Bool
	base     context.Context // of all requests
	end      context.CancelCauseFunc
}

// New makes a server.
func New(c Config) *Server {
	s := &Server{config: c, running: make(chan struct{}, c.Running), admitted: make(chan struct{}, c.Running+c.Waiting)}
	s.base, s.end = context.WithCancelCause(context.Background())
	return s
}

var errStopped = errors.New("the server was stopped before there was a verdict")

// The limits of a connection: who sends or takes too slowly, or too much, keeps nobody
// else from being served.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second // of an answer
	idleTimeout   = 60 * time.Second
	maxHeader     = 16 << 10
	maxBody       = 16 << 10
	// abandonTimeout is how long work may go on once its context has ended before it
	// is left behind.
	abandonTimeout = 1500 * time.Millisecond
	// lastAnswers is how long the answers may take of what was cut off by a stop.
	lastAnswers = 3 * time.Second
)

// Serve answers until the context ends, and then stops: nothing more is accepted, what
// was asked goes on for the grace, and what is left is then answered as stopped. The
// listener is closed. The error is that of a listener that failed.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), BaseContext: func(net.Listener) context.Context { return s.base },
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(s.config.Log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	defer s.end(errStopped)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	if s.shutDown(server, s.config.Grace) == nil {
		return nil
	}
	s.end(errStopped)
	if s.shutDown(server, lastAnswers) != nil {
		_ = server.Close() // who does not even take the answer is not waited for
	}
	return nil
}

func (s *Server) shutDown(server *http.Server, within time.Duration) error {
	ctx, done := context.WithTimeout(context.Background(), within)
	defer done()
	return server.Shutdown(ctx)
}

// Handler answers requests, and writes a line of each to the log.
func (s *Server) Handler() http.Handler {
	verdicts := http.NewServeMux()
	verdicts.HandleFunc("POST /check/{name...}", s.check)
	guarded := s.guarded(verdicts)
	all := http.NewServeMux()
	all.HandleFunc("GET /healthz", s.health)
	all.Handle("/", guarded)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.config.Now()
		seen := &recorder{ResponseWriter: w}
		defer func() {
			s.config.Log.Info("request", "method", r.Method, "path", r.URL.Path, "status", cmp.Or(seen.status, http.StatusOK),
				"verdict", seen.verdict, "reason", seen.reason, "took", s.config.Now().Sub(began).Round(time.Millisecond), "from", r.RemoteAddr)
		}()
		all.ServeHTTP(seen, r)
	})
}

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	if s.stopping.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// recorder knows what was answered.
type recorder struct {
	http.ResponseWriter
	status          int
	verdict, reason string
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
