package bq

import "sync"

// lastFailure is the last failure of several things at once. One that says nothing
// but that the context ended does not push out one that says more.
type lastFailure struct {
	mu  sync.Mutex
	err error
}

func (l *lastFailure) take(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil && (l.err == nil || !cutShort(err)) {
		l.err = err
	}
}
