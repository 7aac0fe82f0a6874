package claim

import (
	"context"
	"time"
)

// A Log keeps versions of states by name, and is all that claims need of a store: that
// of those who put one version together, one succeeds. Its methods are safe for use by
// several goroutines, processes and machines.
//
// A log may forget old versions, but never the newest of a name. So a version that was
// put and forgotten can be put once more, by somebody who was held up for so long; it is
// then below the newest and nobody reads it. A [Manager] does not take the answer of Put
// for its result: it looks at what is newest.
type Log interface {
	// Put keeps a state as a version of a name, the first of which is 1, unless there is
	// one, which errors.Is fs.ErrExist. After any other error it may have been kept, or
	// may yet be.
	Put(ctx context.Context, name string, version int64, state []byte) error
	// Newest is the state with the highest version, 0 where there is none yet.
	Newest(ctx context.Context, name string) (version int64, state []byte, err error)
	// Names are those of which there is a version, in order.
	Names(ctx context.Context) ([]string, error)
}

// A Timed log has a clock of its own, which is then that of its claims.
type Timed interface {
	Now(ctx context.Context) (time.Time, error)
}
