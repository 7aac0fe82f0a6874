package claim

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Files is a log in a folder, which several machines may share: a folder for each name,
// a file for each version. A version is written beside and linked to its name, so that it
// is whole or not there; the file system must know hard links. Its clock is the one that
// dates its files.
type Files struct {
	dir string
	// keep is how many of the newest versions stay, and keepFor how long the others do
	// at the least: a listing that is read meanwhile still finds what is newest.
	keep    int64
	keepFor time.Duration
}

// NewFiles is the log in a folder, which is made when it is needed.
func NewFiles(dir string) *Files { return &Files{dir, 16, time.Hour} }

const (
	extension = ".json"
	unlinked  = ".new-"
)

func (f *Files) Put(ctx context.Context, name string, version int64, state []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if length := len(fileName(name)); length > longestFileName {
		return fmt.Errorf("a folder for the claims on %s would need a name of %d characters, and no more than %d fit", name, length, longestFileName)
	}
	dir := filepath.Join(f.dir, fileName(name))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if version == 1 {
		if err := syncFolder(f.dir); err != nil {
			return err
		}
	}
	whole, err := write(dir, state, (*os.File).Sync)
	if err != nil {
		return err
	}
	defer os.Remove(whole)
	if err := os.Link(whole, versionFile(dir, version)); errors.Is(err, fs.ErrExist) {
		return fs.ErrExist
	} else if err != nil {
		return fmt.Errorf("claims in files need a file system with hard links: %w", err)
	}
	f.forget(dir, version)
	return syncFolder(dir)
}

// write writes a file of its own, does something with it and returns its path.
func write(dir string, text []byte, then func(*os.File) error) (path string, err error) {
	file, err := os.CreateTemp(dir, unlinked)
	if err != nil {
		return "", err
	}
	defer func() {
		err = errors.Join(err, file.Close())
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	if err := file.Chmod(0o644); err != nil { // others on the machine claim too
		return "", err
	}
	if _, err := file.Write(text); err != nil {
		return "", err
	}
	return file.Name(), then(file)
}

func (f *Files) Newest(ctx context.Context, name string) (int64, []byte, error) {
	dir := filepath.Join(f.dir, fileName(name))
	for {
		if err := ctx.Err(); err != nil {
			return 0, nil, err
		}
		versions, err := versionsIn(dir)
		if len(versions) == 0 || err != nil {
			return 0, nil, err
		}
		version := versions[len(versions)-1]
		state, err := os.ReadFile(versionFile(dir, version))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was forgotten since, so there is a newer one
		}
		return version, state, err
	}
}

func (f *Files) Names(context.Context) ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: nothing was claimed there, or the folder is another", err)
	} else if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if name, err := nameOf(e.Name()); err == nil && e.IsDir() {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Now is the time that a file gets which is written now.
func (f *Files) Now(context.Context) (time.Time, error) {
	if err := os.MkdirAll(f.dir, 0o777); err != nil {
		return time.Time{}, err
	}
	var now time.Time
	path, err := write(f.dir, []byte("now"), func(file *os.File) error {
		info, err := file.Stat()
		if err == nil {
			now = info.ModTime()
		}
		return err
	})
	if err == nil {
		_ = os.Remove(path)
	}
	return now, err
}

// forget removes old versions, and what writers left who were killed. That it fails is
// no matter: the next one tries again.
func (f *Files) forget(dir string, newest int64) {
	if newest%f.keep != 0 {
		return
	}
	now, err := os.Stat(versionFile(dir, newest)) // by the clock that dates the files
	if err != nil {
		return
	}
	for _, dir := range []string{dir, f.dir} {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			version, ok := versionOf(e.Name())
			if ok && version > newest-f.keep || !ok && !strings.HasPrefix(e.Name(), unlinked) {
				continue
			}
			if info, err := e.Info(); err == nil && now.ModTime().Sub(info.ModTime()) > f.keepFor {
				_ = os.Remove(filepath.Join(dir, e.Name()))
			}
		}
	}
}

func versionFile(dir string, version int64) string {
	return filepath.Join(dir, fmt.Sprintf("%019d%s", version, extension))
}

func versionOf(file string) (int64, bool) {
	digits, ok := strings.CutSuffix(file, extension)
	version, err := strconv.ParseInt(digits, 10, 64)
	return version, ok && err == nil && version > 0
}

// versionsIn are the versions in a folder, in order.
func versionsIn(dir string) ([]int64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []int64
	for _, e := range entries {
		if version, ok := versionOf(e.Name()); ok {
			out = append(out, version)
		}
	}
	slices.Sort(out)
	return out, nil
}

// syncFolder has what is in a folder outlast a loss of power.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
