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
	of     *os.File    // the pipe, where it can tell of itself
	origin os.FileInfo // what it was before it was read
}

// Remove takes the file away.
func (f File) Remove() error { return os.RemoveAll(f.dir) }

// Copy copies the input to a temporary file, which the caller removes. Its name tells
// the format, and that it is gzipped where it is.
func Copy(ctx context.Context, in io.Reader, name, format string) (s File, err error) {
	s.Name = name
	if f, ok := in.(*os.File); ok {
		s.of = f
		s.origin, _ = f.Stat()
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
