package windows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

// sources are the files of a run, each opened once for all that is read of it.
type sources struct {
	dialect  dialect.Dialect
	progress func(files.Progress)
	opened   map[string]files.Source
	// stdin is standard input where it is read, and origin what it was before that; nil
	// where it cannot tell.
	stdin  *os.File
	origin os.FileInfo
}

// reads notes that rows come from standard input.
func (s *sources) reads(in io.Reader) {
	if f, ok := in.(*os.File); ok {
		s.stdin = f
		s.origin, _ = f.Stat()
	}
}

func (s *sources) open(path string, types map[string]expr.Type, times map[string]dialect.Time) (files.Source, error) {
	key := fmt.Sprintf("%s %v %v", path, types, times)
	if source, ok := s.opened[key]; ok {
		return source, nil
	}
	paths, err := files.Expand(path)
	if err != nil {
		return nil, err
	}
	written := s.dialect
	written.Times = times
	source, err := files.Open(paths, files.Options{Types: types, Dialect: written, Progress: s.progress})
	if err == nil {
		s.opened[key] = source
	}
	return source, err
}

// settle reads all files as far as it must for their types to be no guess. What is
// wrong with one, its schema says next.
func (s *sources) settle(ctx context.Context) {
	for _, source := range s.opened {
		_ = source.Settle(ctx)
	}
}

// unchanged is the error of a file that is not as it was when it was opened.
func (s *sources) unchanged() error {
	for _, source := range s.opened {
		if err := source.Unchanged(); err != nil {
			return err
		}
	}
	if s.origin == nil || !s.origin.Mode().IsRegular() || s.dialect.AsOfOpen {
		return nil
	}
	if now, err := s.stdin.Stat(); err != nil || now.Size() != s.origin.Size() || !now.ModTime().Equal(s.origin.ModTime()) {
		return errors.New("standard input: the file has changed since it was opened: let it be finished first, or read what was there at first (as_of_open)")
	}
	return nil
}

func (s *sources) close() {
	for _, source := range s.opened {
		source.Close()
	}
}
