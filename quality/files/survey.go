package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/intactdata/intact/quality"
)

// survey is what a first reading of the files tells: the columns and their types.
type survey struct {
	schema   quality.Schema
	declared []bool // of each column
	err      error
}

// survey reads the files once, however many ask.
func (t *Text) survey(ctx context.Context) (*survey, error) {
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if t.surveyed == nil {
		s := &survey{}
		s.err = s.read(ctx, t)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx) // which says nothing about the files
		}
		t.surveyed = s
	}
	return t.surveyed, t.surveyed.err
}

func (s *survey) read(ctx context.Context, t *Text) error {
	var names []string
	var shapes []shape
	for _, f := range t.files {
		r, err := t.open(ctx, f, names)
		if err != nil {
			return err
		}
		shapes, err = look(r, shapes)
		r.Close()
		if err != nil {
			return err
		}
		names = r.columns()
	}
	for i, name := range names {
		s.schema = append(s.schema, quality.Field{Name: name, Type: shapes[i].columnType()})
	}
	return s.declare(t.types)
}

// look adds the shapes of a file's cells to those of its columns.
func look(r *rowReader, shapes []shape) ([]shape, error) {
	for {
		err := r.next()
		for len(shapes) < len(r.columns()) {
			shapes = append(shapes, 0)
		}
		if err == io.EOF {
			return shapes, nil
		}
		if err != nil {
			return nil, err
		}
		cells := r.cells()
		for i := range shapes {
			c := cells[r.place(i)]
			if c.kind == null || c.kind == plain && shapes[i]&words != 0 {
				continue // it can add nothing
			}
			shapes[i] |= c.shape()
		}
	}
}

// declare lets the declared types win.
func (s *survey) declare(types map[string]quality.Type) error {
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
