//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// abandoned makes a folder as a process leaves it that was killed.
func abandoned(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", folderPrefix)
	if err != nil {
		t.Fatal(err)
	}
	release, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	release() // as the kernel does
	return dir
}

func exists(t *testing.T, path string) bool {
	t.Helper()
	_, err := os.Lstat(path)
	return err == nil
}

func TestFoldersOfProcessesThatHaveEndedAreSwept(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	alive, remove, err := makeFolder()
	if err != nil {
		t.Fatal(err)
	}
	dead := abandoned(t)
	second, removeSecond, err := makeFolder()
	if err != nil {
		t.Fatal(err)
	}
	if exists(t, dead) {
		t.Error("the folder of a process that has ended is still there")
	}
	if !exists(t, alive) || !exists(t, second) {
		t.Error("the folder of a process that lives was swept")
	}
	remove()
	removeSecond()
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestWhatIsNotSurelyOursStays(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	outside := filepath.Join(t.TempDir(), "outside")
	unlocked := filepath.Join(temp, folderPrefix+"being-made")
	linked := filepath.Join(temp, folderPrefix+"link")
	lockIsLink := filepath.Join(temp, folderPrefix+"lock-is-a-link")
	otherName := filepath.Join(temp, "notes")
	for _, dir := range []string{outside, unlocked, lockIsLink, otherName} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{outside, otherName} {
		if err := os.WriteFile(filepath.Join(dir, lockName), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, linked); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, lockName), filepath.Join(lockIsLink, lockName)); err != nil {
		t.Fatal(err)
	}
	sweep(temp)
	for _, path := range []string{outside, unlocked, linked, lockIsLink, otherName, filepath.Join(outside, lockName)} {
		if !exists(t, path) {
			t.Errorf("%s was swept", path)
		}
	}
}
