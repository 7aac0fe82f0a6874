package emulator

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const (
	startTimeout = time.Minute      // a loaded machine takes a few seconds
	stopTimeout  = 10 * time.Second // ends by itself at once; then it is killed
)

// process is an emulator that this process started. The pipe that is its
// standard input is its life line: the kernel closes it when we die.
type process struct {
	lifeline io.Closer
	exited   chan struct{} // closed when it has ended
	reason   error         // why it ended; read after exited
	kill     func() error
	endpoint string
	stopping sync.Once
}

// startProcess runs the program and returns when it answers at its endpoint.
func startProcess(ctx context.Context, path string) (*process, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()

	cmd := exec.Command(path, "-project", Project)
	stderr := &tail{max: 4 << 10}
	cmd.Stderr = stderr
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the emulator: %w", err)
	}

	p := &process{lifeline: lifeline, exited: make(chan struct{}), kill: cmd.Process.Kill}
	line := make(chan string, 1)
	go func() {
		r := bufio.NewReader(stdout)
		first, _ := r.ReadString('\n')
		line <- first
		_, _ = io.Copy(io.Discard, r) // Wait must not close it before its end
		err := cmd.Wait()
		p.reason = fmt.Errorf("the emulator %s has ended: %w%s", path, orClean(err), stderr)
		close(p.exited)
	}()

	select {
	case first := <-line:
		p.endpoint = strings.TrimSpace(first)
		if strings.HasPrefix(p.endpoint, "http://") {
			return p, nil
		}
		_ = p.stop()
		if p.endpoint == "" {
			return nil, fmt.Errorf("it did not start: %w", p.reason)
		}
		return nil, fmt.Errorf("%s printed %q instead of its endpoint: it is not %s", path, p.endpoint, program)
	case <-ctx.Done():
		_ = p.stop()
		return nil, fmt.Errorf("%s printed no endpoint in time: %w%s", path, context.Cause(ctx), stderr)
	}
}

// stop closes the life line and waits for the end.
func (p *process) stop() error {
	var err error
	p.stopping.Do(func() {
		_ = p.lifeline.Close()
		timer := time.NewTimer(stopTimeout)
		defer timer.Stop()
		select {
		case <-p.exited:
		case <-timer.C:
			err = fmt.Errorf("the emulator did not end within %s and was killed", stopTimeout)
			_ = p.kill()
			<-p.exited
		}
	})
	return err
}

// orClean names an end without an error, which is unexpected all the same
// while we hold the life line.
func orClean(err error) error {
	if err == nil {
		return errors.New("exit status 0")
	}
	return err
}

// tail keeps the last bytes written to it: what a program said before it
// died. It is safe for concurrent use.
type tail struct {
	max int
	mu  sync.Mutex
	buf []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, b...)
	if over := len(t.buf) - t.max; over > 0 {
		t.buf = t.buf[over:]
	}
	return len(b), nil
}

// String returns what was said as the end of an error text, or "".
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	said := bytes.TrimSpace(t.buf)
	if len(said) == 0 {
		return ""
	}
	return "\n\t" + string(said)
}
