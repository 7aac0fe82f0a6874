package sidecar

import (
	"bytes"
	"sync"
)

// tailSize is how much is kept of what a program says before it dies.
const tailSize = 4 << 10

// Tail keeps the last bytes written to it. It is safe for concurrent use.
type Tail struct {
	mu  sync.Mutex
	buf []byte
}

func (t *Tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, b...)
	if over := len(t.buf) - tailSize; over > 0 {
		t.buf = t.buf[over:]
	}
	return len(b), nil
}

// String returns the bytes as the end of an error text, or "" for none.
func (t *Tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	said := bytes.TrimSpace(t.buf)
	if len(said) == 0 {
		return ""
	}
	return "\n\t" + string(said)
}
