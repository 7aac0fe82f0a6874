package files

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// survey is what a first reading of the files tells: the columns and their types.
type survey struct {
	schema   expr.Schema
	declared []bool // of each column
	err      error
}

// firstReading surveys files once, however many ask.
type firstReading struct {
	turn chan struct{} // holds one token while the files are surveyed
	done *survey
}

func newFirstReading() firstReading { return firstReading{turn: make(chan struct{}, 1)} }

func (f *firstReading) survey(ctx context.Context, read func(context.Context, *survey) error) (*survey, error) {
	select {
	case f.turn <- struct{}{}:
		defer func() { <-f.turn }()
	case <-ctx.Done():
		return nil, quality.Ended(ctx, nil)
	}
	if f.done == nil {
		s := &survey{}
		s.err = read(ctx, s)
		if ctx.Err() != nil {
			return nil, quality.Ended(ctx, nil) // s.err says nothing about the files
		}
		f.done = s
	}
	return f.done, f.done.err
}

func (f *firstReading) schema(ctx context.Context, read func(context.Context, *survey) error) (expr.Schema, error) {
	s, err := f.survey(ctx, read)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.schema), nil
}

func (s *survey) names() []string {
	out := make([]string, len(s.schema))
	for i, f := range s.schema {
		out[i] = f.Name
	}
	return out
}

// declare lets the declared types win.
func (s *survey) declare(types map[string]expr.Type) error {
	s.declared = make([]bool, len(s.schema))
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(types)) {
		at, err := s.find(name)
		if err != nil {
			errs = append(errs, fmt.Errorf("declared %s: %w", types[name], err))
			continue
		}
		s.schema[at].Type, s.declared[at] = types[name], true
	}
	return errors.Join(errs...)
}

// find gives the place of the one column of a name.
func (s *survey) find(name string) (int, error) {
	if name == "" {
		return 0, errors.New("a column without a name cannot be asked for: give it one in the header")
	}
	f, err := s.schema.Field(name)
	if err != nil {
		return 0, err
	}
	return slices.Index(s.schema, f), nil
}
