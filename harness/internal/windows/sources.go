package windows

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

// sources are the files of a run, each opened once for all that is read of it.
type sources struct {
	dialect  dialect.Dialect
	progress func(files.Progress)
	opened   map[string]files.Source
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
	return nil
}

func (s *sources) close() {
	for _, source := range s.opened {
		source.Close()
	}
}
