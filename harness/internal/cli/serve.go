package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/serve"
	"github.com/intactdata/intact/quality"
)

// serveFlags are what serve can be told.
type serveFlags struct {
	suiteFlags
	history   string
	listen    string
	tokenEnv  string
	tokenFile string
	running   int
	waiting   int
	grace     time.Duration
}

func (p Process) serve() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve SUITE...",
		Short: "Answer requests for the verdict of suites over HTTP",
		Long: `Serve answers over HTTP what check would: POST /check/NAME runs the suite of that name
and answers the report that check -o json writes. Suites are read once, at the start;
rows are read anew for each request. The body may say which days are looked at, in the
place of --from, --to and --date: {"from": "today-14d", "to": "yesterday"} or
{"date": "2026-01-02"}, and variables of suites, {"vars": {"season": "2025-26"}}, with
which the suites are read anew; nothing else is taken from a request.

The status is always 200, and the verdict in the body says what may go on: unknown,
with the reason, where a suite is not served, the body cannot be read, the answer took
longer than --timeout, more than --waiting requests wait, or the server stops. What is
no request for a verdict has another status: 404 for another path, 405 for another
method, 401 without the token. GET /healthz answers ok.

It listens on this machine alone. To be reached from others it needs a token, named by
the variable or the file that holds it, which each request shows as
Authorization: Bearer TOKEN; put what speaks TLS before it.

A signal (SIGTERM, SIGINT) stops it: nothing more is accepted, what was asked goes on
for --grace, and what has no verdict by then is answered with unknown. It exits 0. A
line of each request goes to standard error.`,
		Example: `  intact serve suites --listen 127.0.0.1:8080
  curl -sX POST localhost:8080/check/player_game_summary -d '{"date": "yesterday"}' | jq -e '.verdict | IN("pass", "waived", "warn")'
  intact serve suites --project my-project --listen :8080 --token-file /run/secrets/intact`,
		Args: needsSuite("serve"),
		RunE: func(cmd *cobra.Command, args []string) error { return p.runServe(cmd.Context(), f, args) },
	}
	f.suiteFlags.add(cmd)
	flags := cmd.Flags()
	addHistory(flags, &f.history, "append what each run comes to, to")
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8080", "the `HOST:PORT` to listen on; port 0 takes a free one")
	flags.StringVar(&f.tokenEnv, "token-env", "", "the environment `VARIABLE` that holds the token which requests must show")
	flags.StringVar(&f.tokenFile, "token-file", "", "the `FILE` that holds it")
	flags.IntVar(&f.running, "running", 4, "how many suites run at once, each in up to 1 GiB of memory where rows are local")
	flags.IntVar(&f.waiting, "waiting", 64, "how many requests may wait for that")
	flags.DurationVar(&f.grace, "grace", 30*time.Second, "how long what was asked goes on once a signal has come")
	return cmd
}

func (f *serveFlags) check() error {
	switch {
	case f.running < 1:
		return fmt.Errorf("--running %d: at least one suite runs at once", f.running)
	case f.waiting < 0:
		return fmt.Errorf("--waiting %d: a number of requests is 0 or more", f.waiting)
	case f.grace < 0:
		return fmt.Errorf("--grace %s: a time is 0 or more", f.grace)
	case f.tokenEnv != "" && f.tokenFile != "":
		return errors.New("--token-env and --token-file both hold the token: leave one of them out")
	}
	return errors.Join(f.suiteFlags.check(), checkHistory(f.history))
}

func (p Process) runServe(ctx context.Context, f serveFlags, args []string) error {
	if err := f.check(); err != nil {
		return err
	}
	if p.Stop != nil { // a client that hangs up is a reader that goes away, and no reason to stop
		before := ctx
		var done context.CancelFunc
		ctx, done = p.Stop()
		defer done()
		if before.Err() != nil {
			return interruptedError{context.Cause(before)}
		}
	}
	token, err := p.token(f)
	if err != nil {
		return err
	}
	r, err := f.read(ctx, args)
	if err != nil {
		return err
	}
	s, err := p.serving(ctx, r, args, f.history)
	if err != nil {
		return err
	}
	defer s.close()
	listener, err := listen(ctx, f.listen, token)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(s.process.Stderr, nil))
	server := serve.New(serve.Config{
		Suites: sortedKeys(s.requests), Run: s.run, Token: token, Running: f.running, Waiting: f.waiting,
		Timeout: f.timeout, Grace: f.grace, Log: log, Now: p.Now, Version: p.Version,
	})
	log.Info("serving", "address", "http://"+listener.Addr().String(), "suites", len(s.requests))
	if err := server.Serve(ctx, listener); err != nil {
		return evaluationError{err}
	}
	log.Info("stopped")
	return nil
}

// listen listens, and where others than this machine can reach it only with a token.
func listen(ctx context.Context, address, token string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("--listen %q is no HOST:PORT: %w", address, err)
	}
	if token == "" && !serve.Loopback(host) {
		return nil, fmt.Errorf("--listen %s can be reached from other machines: say with --token-env or --token-file what requests must show, or listen on 127.0.0.1", address)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, evaluationError{fmt.Errorf("--listen %s: %w", address, err)}
	}
	if at, ok := listener.Addr().(*net.TCPAddr); token == "" && (!ok || !at.IP.IsLoopback()) { // whatever localhost is here
		return nil, errors.Join(fmt.Errorf("--listen %s is %s, which other machines can reach: add a token", address, listener.Addr()), listener.Close())
	}
	return listener, nil
}

// serving runs what is asked for.
type serving struct {
	process  Process
	requests map[string]*request // by the name of the suite
	server   *emulator.Server    // nil without one
	args     []string            // the suites
	history  string
}

// serving gives each suite a request of its own.
func (p Process) serving(ctx context.Context, r *request, args []string, history string) (*serving, error) {
	p.Stdout, p.Stderr, p.ErrTerminal = nil, &oneAtATime{out: p.Stderr}, false
	out := &serving{process: p, requests: map[string]*request{}, args: args, history: history}
	if r.flags.engine == emulatorEngine {
		var err error
		if out.server, err = emulator.Start(ctx); err != nil {
			return nil, evaluationError{err}
		}
	}
	for _, file := range r.files {
		one := *r
		one.suite, one.server = file.Suite.Name, out.server
		out.requests[file.Suite.Name] = &one
	}
	return out, nil
}

func (s *serving) close() {
	if s.server != nil {
		shutDown(context.Background(), s.server)
	}
}

// run runs a suite, and keeps what it comes to. A run that is not kept blocks.
func (s *serving) run(ctx context.Context, ask serve.Ask) (*quality.Report, error) {
	r, err := s.request(ctx, ask)
	if err != nil {
		return nil, err
	}
	j, err := s.process.open(ctx, r)
	if err != nil {
		return nil, err
	}
	defer j.close()
	of, err := s.process.judge(ctx, j)
	if err != nil {
		return nil, err
	}
	return of.report, s.process.keeping(historyFlags{history: s.history}, r.flags)(ctx, j.files, of)
}

// request is that of the suite, with the days and the variables that are asked for.
func (s *serving) request(ctx context.Context, ask serve.Ask) (*request, error) {
	out := *s.requests[ask.Suite]
	days, err := daysOf(ask)
	if err != nil {
		return nil, err
	}
	if days != (dayFlags{}) {
		out.flags.days = days
	}
	if len(ask.Vars) == 0 {
		return &out, nil
	}
	values := map[string]string{}
	maps.Copy(values, out.flags.vars.values)
	maps.Copy(values, ask.Vars)
	out.flags.vars.values = values
	read, err := out.flags.read(ctx, s.args)
	if err != nil {
		return nil, err
	}
	if out.files = read.files; len(out.asked()) == 0 {
		return nil, fmt.Errorf("with these variables there is no suite %q", ask.Suite)
	}
	return &out, nil
}

// daysOf reads the days of a request as the flags of the command are read.
func daysOf(ask serve.Ask) (dayFlags, error) {
	var out dayFlags
	for _, d := range []struct {
		name, text string
		into       *dayFlag
	}{{"from", ask.From, &out.from}, {"to", ask.To, &out.to}, {"date", ask.Date, &out.date}} {
		if d.text == "" {
			continue
		}
		if err := d.into.set(d.text); err != nil {
			return out, fmt.Errorf("%s: %w", d.name, err)
		}
	}
	if out.date.given && (out.from.given || out.to.given) {
		return out, errors.New("date is the first day and the last: leave out from and to")
	}
	return out, nil
}
