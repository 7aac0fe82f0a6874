//go:build unix

package onfile

import (
	"os"
	"syscall"
)

// tryLock takes the lock of a file unless somebody holds it. It goes with the file's
// descriptor, however that is closed.
func tryLock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

func syncDir(d *os.File) error { return d.Sync() }
