package reference

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

//go:embed bridge.js
var bridgeScript string

const startTimeout = time.Minute // a loaded machine takes a few seconds

// bridge is the child process that passes calls on to the server. It is safe
// for concurrent use.
type bridge struct {
	proc *sidecar.Process

	mu      sync.Mutex
	last    int64
	waiting map[int64]chan answer // by call, until it is answered
	ended   error                 // set when no answer will come any more
}

type call struct {
	ID        int64  `json:"id"`
	Method    string `json:"method"`
	Request   any    `json:"request"`
	TimeoutMS int64  `json:"timeoutMs,omitempty"`
}

type answer struct {
	ID       int64           `json:"id"`
	Response json.RawMessage `json:"response"`
	Error    *Error          `json:"error"`
}

// startBridge starts node on the embedded script, which it takes as an
// argument: standard input is for calls, and no file is left behind.
func startBridge(ctx context.Context, node, folder string) (*bridge, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	proc, err := sidecar.Start(exec.Command(node, "-e", bridgeScript, folder))
	if err != nil {
		return nil, err
	}
	line, err := proc.FirstLine(ctx)
	if err != nil {
		return nil, fmt.Errorf("the reference implementation did not start: %w", err)
	}
	if line != `{"ready":true}` {
		_ = proc.Stop()
		return nil, fmt.Errorf("the reference implementation did not start: it printed %q", line)
	}
	b := &bridge{proc: proc, waiting: map[int64]chan answer{}}
	go b.receive(proc.Stdout)
	return b, nil
}

// receive hands every answer to the call that waits for it.
func (b *bridge) receive(from *bufio.Reader) {
	in := json.NewDecoder(from)
	for {
		var a answer
		if err := in.Decode(&a); err != nil {
			if !errors.Is(err, io.EOF) {
				err = fmt.Errorf("the bridge to the reference implementation said what is no answer: %w", err)
				_ = b.proc.Stop()
			} else {
				err = b.proc.Err()
			}
			b.end(err)
			return
		}
		b.mu.Lock()
		if c, ok := b.waiting[a.ID]; ok { // else the caller has given up
			delete(b.waiting, a.ID)
			c <- a
		}
		b.mu.Unlock()
	}
}

// end fails all calls that wait and all to come.
func (b *bridge) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = err
	for id, c := range b.waiting {
		delete(b.waiting, id)
		close(c)
	}
}

// call makes one call and decodes its answer.
func (b *bridge) call(ctx context.Context, method string, request, response any) error {
	c := call{Method: method, Request: request}
	if deadline, ok := ctx.Deadline(); ok {
		c.TimeoutMS = max(1, time.Until(deadline).Milliseconds())
	}
	answered, err := b.send(&c)
	if err != nil {
		return err
	}
	select {
	case a, ok := <-answered:
		switch {
		case !ok:
			return b.ended
		case a.Error != nil:
			return a.Error
		}
		if err := json.Unmarshal(a.Response, response); err != nil {
			return fmt.Errorf("the reference implementation's answer to %s: %w", method, err)
		}
		return nil
	case <-ctx.Done():
		b.mu.Lock()
		delete(b.waiting, c.ID)
		b.mu.Unlock()
		return context.Cause(ctx)
	}
}

func (b *bridge) send(c *call) (<-chan answer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended != nil {
		return nil, b.ended
	}
	b.last++
	c.ID = b.last
	line, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("call %s of the reference implementation: %w", c.Method, err)
	}
	answered := make(chan answer, 1)
	b.waiting[c.ID] = answered
	if _, err := b.proc.Stdin.Write(append(line, '\n')); err != nil {
		delete(b.waiting, c.ID)
		return nil, fmt.Errorf("call %s of the reference implementation: %w", c.Method, err)
	}
	return answered, nil
}
