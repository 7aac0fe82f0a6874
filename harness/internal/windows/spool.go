package windows

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/intactdata/intact/harness/internal/ending"
)

// spooled is standard input as a file: rows are read more than once.
type spooled struct{ dir, path string }

func (s spooled) remove() { os.RemoveAll(s.dir) }

// spool copies the input to a temporary file, which the caller removes.
func spool(ctx context.Context, in io.Reader, format string) (s spooled, err error) {
	buffered := bufio.NewReader(ending.Reader(ctx, in))
	name := "input." + format
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		name += ".gz"
	}
	if s.dir, err = os.MkdirTemp("", "intact-window-"); err != nil {
		return s, fmt.Errorf("standard input cannot be kept: %w", err)
	}
	s.path = filepath.Join(s.dir, name)
	if err = copyTo(s.path, buffered); err != nil {
		s.remove()
		return s, fmt.Errorf("standard input: %w", err)
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

// named says standard input where an error names the file that it was kept in.
func named(err error, path, name string) error {
	if path == name {
		return err
	}
	return namedError{err, strings.ReplaceAll(err.Error(), path, name)}
}

type namedError struct {
	error
	text string
}

func (e namedError) Error() string { return e.text }
func (e namedError) Unwrap() error { return e.error }
