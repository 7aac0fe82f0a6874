//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// tryLock locks a file until it is closed, if nobody else has. The kernel unlocks
// those of a process that has ended.
func tryLock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// openOwn opens a file that this user made, in a folder that he made. Neither is a
// link.
func openOwn(name string) (*os.File, error) {
	for _, path := range []string{filepath.Dir(name), name} {
		info, err := os.Lstat(path)
		if err != nil {
			return nil, err
		}
		stat, ok := info.Sys().(*syscall.Stat_t)
		if !ok || int(stat.Uid) != os.Getuid() || !info.IsDir() && !info.Mode().IsRegular() {
			return nil, errors.New("it is somebody else's")
		}
	}
	return os.OpenFile(name, os.O_RDWR|syscall.O_NOFOLLOW, 0)
}
