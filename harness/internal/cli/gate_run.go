package cli

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"

	"github.com/intactdata/intact/harness/internal/command"
)

// gate is a run of gate, with the status that is kept of it.
type gate struct {
	process Process
	flags   gateFlags
	set     func(flag string) bool
	argv    []string

	mu     sync.Mutex // a wait that was left behind may still look
	status status
}

// run passes the gate and keeps its status, from before the first look.
func (g *gate) run(ctx context.Context, suites []string) error {
	g.status = status{Command: notStarted, Gate: gateWaiting}
	if err := g.keep(nil); err != nil {
		return err
	}
	err := g.pass(ctx, suites)
	failed := g.keep(func(s *status) {
		code, _ := codeOf(err)
		s.Exit = &code
		if s.Command == started {
			return
		}
		s.Message = err.Error()
		switch {
		case errors.As(err, new(closedError)):
			s.Gate = gateClosed
		case ctx.Err() != nil:
			s.Gate = gateInterrupted
		default:
			s.Gate = gateError
		}
	})
	if failed != nil {
		g.process.tell(failed)
	}
	return err
}

// pass waits for the suites and runs the command; nil is its exit code 0.
func (g *gate) pass(ctx context.Context, suites []string) error {
	if err := g.flags.check(g.set); err != nil {
		return err
	}
	if _, err := exec.LookPath(g.argv[0]); err != nil {
		return g.cannotStart(err)
	}
	signals := command.Listen(ctx)
	defer signals.Stop()
	err := g.process.until(ctx, func(p Process) error { return g.wait(ctx, p, suites) })
	if ctx.Err() != nil {
		return g.interrupted(ctx)
	}
	if err != nil {
		return err
	}
	return g.start(ctx, signals)
}

// wait waits for the suites to pass; the error says why they do not.
func (g *gate) wait(ctx context.Context, p Process, suites []string) error {
	r, err := g.flags.read(ctx, suites)
	if err != nil {
		return err
	}
	looked := func(w wait) {
		if err := g.keep(func(s *status) {
			if s.Looks, s.Verdict = w.looks, ""; w.last.report != nil {
				s.Verdict = w.last.report.Verdict.String()
			}
		}); err != nil {
			p.tell(err)
		}
	}
	l := &looker{process: p, request: r, strict: g.flags.strict}
	w, err := p.await(ctx, l, g.flags.waitFlags, &trend{out: p.Stderr, strict: g.flags.strict}, looked)
	if err != nil {
		return err
	}
	looked(w)
	_ = p.brief(p.Stderr, w, g.flags.strict) // a full log changes no verdict
	if err := p.keepLast(ctx, g.flags.historyFlags, r, w); err != nil {
		return exitError{worse(w.last.code, exitUnknown), fmt.Errorf("%w: %s was not started", err, g.argv[0])}
	}
	if err := p.fileLast(w, g.flags.waitFlags); err != nil {
		return fmt.Errorf("%s was not started: %w", g.argv[0], err)
	}
	if !w.opened {
		return fmt.Errorf("%w: %s was not started", w.closed(g.flags.closedExit), g.argv[0])
	}
	fmt.Fprintf(p.Stderr, "open after %s: %s starts\n", w.inWords(), g.argv[0])
	return nil
}

// start runs the command.
func (g *gate) start(ctx context.Context, signals *command.Signals) error {
	// Kept before the command starts: who reads that nothing was started may start
	// it again.
	if err := g.keep(func(s *status) { s.Command, s.Gate = started, gateOpen }); err != nil {
		g.status.Command = notStarted
		return evaluationError{fmt.Errorf("%s was not started: %w", g.argv[0], err)}
	}
	cmd := exec.Command(g.argv[0], g.argv[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = g.process.Stdin, g.process.Stdout, g.process.Stderr
	end, err := signals.Run(ctx, cmd, command.Stop{})
	if err != nil {
		g.status.Command = notStarted
		if ctx.Err() != nil {
			return g.interrupted(ctx)
		}
		return g.cannotStart(err)
	}
	if end.Signal != "" {
		g.status.Signal = &end.Signal
	}
	if end.Code == exitPass {
		return nil
	}
	return exitError{code: end.Code}
}

func (g *gate) cannotStart(err error) error {
	return exitError{command.StartCode(err), fmt.Errorf("%s cannot be started: %w", g.argv[0], err)}
}

func (g *gate) interrupted(ctx context.Context) error {
	return interruptedError{fmt.Errorf("interrupted: %s was not started: %w", g.argv[0], context.Cause(ctx))}
}

// keep changes the status and writes it.
func (g *gate) keep(change func(*status)) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if change != nil {
		change(&g.status)
	}
	g.status.Time = g.process.Now().UTC()
	return statusFile(g.flags.status).write(g.status)
}
