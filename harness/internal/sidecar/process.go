package sidecar

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/intactdata/intact/harness/internal/ending"
)

const (
	// stopTimeout is what a program is given to end by itself; then it is killed.
	stopTimeout = 10 * time.Second
	// abandonTimeout is the same where nobody waits for the program any more.
	abandonTimeout = 250 * time.Millisecond
	// stderrTimeout is how long standard error is read of a program that has ended:
	// a child of its own may hold it.
	stderrTimeout = 250 * time.Millisecond
)

// Process is a program that this process has started. Its standard input is
// its life line: the program ends when that does, and the kernel closes our
// end of the pipe when we die. It is safe for concurrent use, but for Stdin
// and Stdout.
type Process struct {
	Stdin  io.WriteCloser
	Stdout *bufio.Reader

	name   string
	kill   func() error
	stderr Tail
	exited chan struct{}
	err    error // why it ended; read after exited
}

// Start starts the command, whose standard streams must be unset.
func Start(cmd *exec.Cmd) (*Process, error) {
	p := &Process{name: cmd.Path, exited: make(chan struct{})}
	cmd.Stderr = &p.stderr
	cmd.WaitDelay = stderrTimeout

	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	// Not StdoutPipe: Wait would close it before all is read.
	ours, theirs, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	cmd.Stdout = theirs
	err = cmd.Start()
	_ = theirs.Close()
	if err != nil {
		_ = ours.Close()
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	p.Stdin, p.Stdout, p.kill = stdin, bufio.NewReader(ours), cmd.Process.Kill
	go func() {
		err := cmd.Wait()
		if err == nil {
			err = errors.New("exit status 0")
		}
		p.err = fmt.Errorf("%s has ended: %w%s", p.name, err, p.stderr.String())
		close(p.exited)
	}()
	return p, nil
}

// FirstLine returns what the program says first, without the newline. When
// ctx ends before that, so does the program.
func (p *Process) FirstLine(ctx context.Context) (string, error) {
	type result struct {
		line string
		err  error
	}
	said := make(chan result, 1)
	go func() {
		line, err := p.Stdout.ReadString('\n')
		said <- result{strings.TrimSpace(line), err}
	}()
	select {
	case r := <-said:
		if r.err == nil {
			return r.line, nil
		}
		_ = p.Stop()
		return "", p.Err()
	case <-ctx.Done():
		after, stop := ending.Afterwards(ctx, abandonTimeout)
		defer stop()
		_ = p.Shutdown(after)
		return "", fmt.Errorf("%s said nothing in time: %w%s", p.name, context.Cause(ctx), p.stderr.String())
	}
}

// Exited is closed when the program has ended.
func (p *Process) Exited() <-chan struct{} { return p.exited }

// Err waits for the program's end and tells why it ended and what it said
// last on standard error.
func (p *Process) Err() error {
	<-p.exited
	return p.err
}

// Stop closes the life line and waits for the end.
func (p *Process) Stop() error { return p.Shutdown(context.Background()) }

// Shutdown is Stop for a caller who waits no longer than his context lasts: a
// program that has not ended by then is killed.
func (p *Process) Shutdown(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, stopTimeout)
	defer done()
	_ = p.Stdin.Close() // again, where it is closed already
	select {
	case <-p.exited:
		return nil
	case <-ctx.Done():
		_ = p.kill()
		<-p.exited
		return fmt.Errorf("%s did not end in time with its standard input and was killed", p.name)
	}
}
