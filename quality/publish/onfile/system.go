package onfile

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// System is what of the operating system changes files: tests let it fail at each call.
type System interface {
	// Create makes a new file and holds its lock until it is closed.
	Create(dir, pattern string) (File, error)
	Rename(from, to string) error
	SyncDir(dir string) error
	Remove(path string) error
	// Lock waits for the lock of a file, which is made if there is none.
	Lock(ctx context.Context, path string) (unlock func(), err error)
	// Sweep removes a file that Create made, unless somebody holds its lock.
	Sweep(path string)
}

// File is a file that is being written.
type File interface {
	io.WriteCloser
	Name() string
	Chmod(os.FileMode) error
	Sync() error
}

// machine is the operating system.
type machine struct{}

// Machine is the operating system.
func Machine() System { return machine{} }

// Create makes a file that may be read by whom files may be read by, unlike os.CreateTemp.
// Somebody can sweep it before it is locked: then it is another one.
func (machine) Create(dir, pattern string) (File, error) {
	before, after, _ := strings.Cut(pattern, "*")
	for {
		path := filepath.Join(dir, before+rand.Text()+after)
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
		if err != nil {
			return nil, err
		}
		if tryLock(f) && isAt(f, path) {
			return f, nil
		}
		f.Close()
	}
}

func isAt(f *os.File, path string) bool {
	ours, err1 := f.Stat()
	there, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(ours, there)
}

func (machine) Rename(from, to string) error { return os.Rename(from, to) }
func (machine) Remove(path string) error     { return os.Remove(path) }

// SyncDir makes a renaming last. Where directories cannot be synced, it has.
func (machine) SyncDir(dir string) error {
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	defer d.Close()
	return syncDir(d)
}

// askAgain is the pause before a lock is tried for again: its holder makes a few calls.
const askAgain = 5 * time.Millisecond

func (machine) Lock(ctx context.Context, path string) (func(), error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	for !tryLock(f) {
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			f.Close()
			return nil, context.Cause(ctx)
		}
	}
	return func() { f.Close() }, nil
}

func (machine) Sweep(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if tryLock(f) {
		_ = os.Remove(path) // the next one will see to it
	}
}
