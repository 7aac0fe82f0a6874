// Package command runs a program in our place: it has our standard streams, gets
// the signals that we get, and how it ends is told exactly, so that whoever
// started us need not know that there is somebody in between.
package command

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"time"
)

// End is how a program ended.
type End struct {
	// Code is its exit code; 128 and the signal's number where a signal ended it,
	// as shells say it.
	Code int
	// Signal is the name of that signal, such as SIGTERM, "" for none.
	Signal string
}

// The exit codes of a program that cannot be started, as of env, nohup and
// timeout.
const (
	CannotRun = 126 // it is there, and cannot be run
	NotFound  = 127
)

// StartCode is the exit code for an error of [exec.LookPath] or [Signals.Run].
func StartCode(err error) int {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return NotFound
	}
	return CannotRun
}

// Signals are those that end a process, kept for a program that is not started
// yet: one that comes in the moment of its start is passed on to it.
type Signals struct {
	got  chan os.Signal
	drop func() bool
	once sync.Once
}

// Listen begins to keep signals. When ctx ends before Run is called they are let
// go, and another one does what it does without us.
func Listen(ctx context.Context) *Signals {
	s := &Signals{got: make(chan os.Signal, 16)}
	signal.Notify(s.got, heeded(ending)...)
	s.drop = context.AfterFunc(ctx, s.Stop)
	return s
}

// Stop lets the signals go. It can be called more than once.
func (s *Signals) Stop() { s.once.Do(func() { signal.Stop(s.got) }) }

// A Stop ends a program before its time: once After is closed it gets SIGTERM, and
// SIGKILL when it is still there so much later. The zero Stop ends none.
type Stop struct {
	After <-chan struct{}
	Grace time.Duration
}

// Run starts a program whose fields but SysProcAttr are set, and waits for its
// end. Signals are passed on to it and do not end us, the second as the first. It
// is given a process group of its own, all of which gets them; but where we are
// in the foreground of a terminal it shares ours, and what the keyboard sends
// reaches it without us. On Linux and FreeBSD it is killed when we are.
//
// The error says that it was not started; it wraps the context's where that ended
// before.
func (s *Signals) Run(ctx context.Context, cmd *exec.Cmd, stop Stop) (End, error) {
	if !s.drop() {
		return End{}, context.Cause(ctx)
	}
	defer s.Stop()
	signal.Notify(s.got, heeded(further)...)

	// The kernel takes the end of the thread that started a program for our end.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	shared := foreground()
	place(cmd, shared)
	if err := cmd.Start(); err != nil {
		return End{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var over <-chan time.Time
	for {
		select {
		case got := <-s.got:
			pass(cmd.Process, got, shared)
		case <-stop.After:
			stop.After = nil
			terminate(cmd.Process, shared)
			timer := time.NewTimer(stop.Grace)
			defer timer.Stop()
			over = timer.C
		case <-over:
			kill(cmd.Process, shared)
		case err := <-ended:
			if cmd.ProcessState == nil {
				return End{}, err
			}
			return endOf(cmd.ProcessState), nil
		}
	}
}

// heeded are the signals that are not ignored: nohup keeps a process from being
// hung up.
func heeded(signals []os.Signal) []os.Signal {
	var out []os.Signal
	for _, s := range signals {
		if !signal.Ignored(s) {
			out = append(out, s)
		}
	}
	return out
}
