package main

import (
	"os"
	"path/filepath"
	"strings"
)

const (
	folderPrefix = "intact-emulator-"
	// lockName is the file by which a folder is known as ours. It is locked for as
	// long as the process lives that made it, however that ends.
	lockName = "intact-emulator.lock"
)

// makeFolder makes the folder that the data live in, in the one for temporary
// files, where it first removes those of processes that were killed. The data need
// a folder because SQLite keeps more than the one file that the emulator's own
// temporary storage removes.
func makeFolder() (dir string, remove func(), err error) {
	sweep(os.TempDir())
	dir, err = os.MkdirTemp("", folderPrefix)
	if err != nil {
		return "", nil, err
	}
	release, err := lock(dir)
	if err != nil {
		os.RemoveAll(dir)
		return "", nil, err
	}
	return dir, func() {
		os.RemoveAll(dir)
		release()
	}, nil
}

// lock makes the lock of a folder. It gets its name once it is locked: a sweeper
// never sees it otherwise while its process lives.
func lock(dir string) (release func(), err error) {
	unnamed := filepath.Join(dir, lockName+".new")
	f, err := os.OpenFile(unnamed, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := tryLock(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, os.Rename(unnamed, filepath.Join(dir, lockName))
}

// sweep removes the folders whose processes have ended. What is not surely one of
// ours, or still somebody's, stays.
func sweep(temp string) {
	entries, _ := os.ReadDir(temp)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), folderPrefix) {
			continue
		}
		dir := filepath.Join(temp, e.Name())
		f, err := openOwn(filepath.Join(dir, lockName))
		if err != nil {
			continue
		}
		if tryLock(f) == nil {
			os.RemoveAll(dir)
		}
		f.Close()
	}
}
