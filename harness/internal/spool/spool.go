// Package spool keeps what comes from a pipe as a file: rows are read more than once.
package spool

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/intactdata/intact/harness/internal/ending"
)

// File is a pipe's content.
type File struct {
	Path   string
	Name   string // of the pipe
	dir    string
	pipe   *os.File    // where it is a file
	origin os.FileInfo // what that was before it was read; nil where it cannot tell
}

// Remove takes the file away.
func (f File) Remove() error { return os.RemoveAll(f.dir) }

// Unchanged is the error of a pipe that is a file, and no longer as it was: what is
// written may go to its end.
func (f File) Unchanged() error {
	if f.origin == nil || !f.origin.Mode().IsRegular() {
		return nil
	}
	if now, err := f.pipe.Stat(); err != nil || now.Size() != f.origin.Size() || !now.ModTime().Equal(f.origin.ModTime()) {
		return fmt.Errorf("%s: the file has changed since it was opened: let it be finished first, or read what was there at first (as_of_open)", f.Name)
	}
	return nil
}

// Copy copies the input to a temporary file, which the caller removes. Its name tells
// the format, and that it is gzipped where it is.
func Copy(ctx context.Context, in io.Reader, name, format string) (s File, err error) {
	s.Name = name
	if s.pipe, _ = in.(*os.File); s.pipe != nil {
		s.origin, _ = s.pipe.Stat()
	}
	buffered := bufio.NewReader(ending.Reader(ctx, in))
	base := "input." + format
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		base += ".gz"
	}
	if s.dir, err = os.MkdirTemp("", "intact-"); err != nil {
		return s, fmt.Errorf("%s cannot be kept: %w", name, err)
	}
	s.Path = filepath.Join(s.dir, base)
	if err = copyTo(s.Path, buffered); err != nil {
		_ = s.Remove()
		return s, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

func copyTo(path string, in io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, in)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
