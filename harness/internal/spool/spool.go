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
	origin os.FileInfo // what the pipe is, where it is a file
}

// Remove takes the file away.
func (f File) Remove() error { return os.RemoveAll(f.dir) }

// Copy copies the input to a temporary file, which the caller removes. Its name tells
// the format, and that it is gzipped where it is.
func Copy(ctx context.Context, in io.Reader, name, format string) (s File, err error) {
	s.Name, s.origin = name, originOf(in)
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
