package windows

import (
	"context"
	"fmt"
	"iter"
	"os"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files"
)

// A table is a file of rows.
type table struct {
	path   string
	name   string // in messages: the path, or standard input
	text   *files.Text
	schema quality.Schema
}

// openTable opens a file and reads it once for its types.
func openTable(ctx context.Context, path, name string, types map[string]quality.Type) (*table, error) {
	text, err := files.OpenText([]string{path}, files.Options{Types: types})
	if err != nil {
		return nil, named(err, path, name)
	}
	t := &table{path: path, name: name, text: text}
	if t.schema, err = text.Schema(ctx); err != nil {
		return nil, named(err, path, name)
	}
	return t, nil
}

// rows reads the columns, with the line that each row begins at.
func (t *table) rows(ctx context.Context, columns []string) iter.Seq2[*files.TextBatch, error] {
	return func(yield func(*files.TextBatch, error) bool) {
		for b, err := range t.text.Rows(ctx, columns) {
			if err != nil {
				yield(nil, named(err, t.path, t.name))
				return
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

// at says where a row is.
func (t *table) at(line int64) string { return fmt.Sprintf("%s:%d", t.name, line) }

// field finds a column; setting is what asks for it.
func (t *table) field(setting, column string) (quality.Field, error) {
	f, err := t.schema.Field(column)
	if err != nil {
		return f, fmt.Errorf("--%s: %s: %w", setting, t.name, err)
	}
	return f, nil
}

// same reports whether two tables are one file.
func (t *table) same(other *table) bool {
	a, errA := os.Stat(t.path)
	b, errB := os.Stat(other.path)
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// A selection is the columns of a table that are read.
type selection struct {
	table   *table
	columns []string
}

// add returns the place of a column in the batches.
func (s *selection) add(setting, column string) (int, quality.Type, error) {
	f, err := s.table.field(setting, column)
	if err != nil {
		return 0, "", err
	}
	return s.place(f.Name), f.Type, nil
}

func (s *selection) place(name string) int {
	if i := slices.Index(s.columns, name); i >= 0 {
		return i
	}
	s.columns = append(s.columns, name)
	return len(s.columns) - 1
}

// predicate prepares an expression over the batches.
func (s *selection) predicate(setting string, e quality.Expr) (quality.Expr, error) {
	bound, err := e.BindPredicate(s.table.schema)
	if err != nil {
		return quality.Expr{}, fmt.Errorf("--%s: %s: %w", setting, s.table.name, err)
	}
	for _, c := range bound.Columns() {
		s.place(c)
	}
	return bound, nil
}
