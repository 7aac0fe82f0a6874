package files

import (
	"context"
	"io"
	"iter"
	"maps"

	"github.com/intactdata/intact/quality/expr"
)

// Text is a relation of text files. It is safe for concurrent use if the
// progress function is.
type Text struct {
	files    []file
	types    map[string]expr.Type
	progress func(Progress)
	firstReading
}

func newText(found []file, opts Options) *Text {
	return &Text{found, maps.Clone(opts.Types), opts.Progress, newFirstReading()}
}

// Schema reads the files once to the end for their types, the first time that it
// is called.
func (t *Text) Schema(ctx context.Context) (expr.Schema, error) {
	return t.schema(ctx, t.read)
}

// read takes the types from all the cells of all the files.
func (t *Text) read(ctx context.Context, s *survey) error {
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
		s.schema = append(s.schema, expr.Field{Name: name, Type: shapes[i].columnType()})
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

// Scan reads the rows.
func (t *Text) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range t.scan(ctx, columns, false) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&b.Batch, nil) {
				return
			}
		}
	}
}
