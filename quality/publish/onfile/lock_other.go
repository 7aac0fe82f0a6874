//go:build !unix

package onfile

import "os"

// tryLock: there are no locks that go with a process here, so that only one publisher may
// be at work.
func tryLock(*os.File) bool { return true }

func syncDir(*os.File) error { return nil }
