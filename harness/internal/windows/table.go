package windows

import (
	"context"
	"fmt"
	"iter"
	"os"

	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// A table is a file of rows.
type table struct {
	path   string // of the file, or the pattern that names several
	name   string // in messages: the path, or standard input
	source files.Source
	schema expr.Schema
	origin os.FileInfo // of the file that standard input was; nil elsewhere
}

// rows reads the columns.
func (t *table) rows(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range t.source.Scan(ctx, columns) {
			if err == nil {
				err = unreadable(b)
			}
			if err != nil {
				yield(nil, spool.Named(err, t.path, t.name))
				return
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

// unreadable is the error of a column with a cell that is no value.
func unreadable(b *expr.Batch) error {
	for i := range b.Columns {
		if err := b.Columns[i].Err; err != nil {
			return err
		}
	}
	return nil
}

// cells are those of one row.
type cells struct {
	batch *expr.Batch
	row   int
}

// each reads all columns of every row.
func (t *table) each(ctx context.Context, do func(cells) error) error {
	columns := make([]string, len(t.schema))
	for i, f := range t.schema {
		columns[i] = f.Name
	}
	for b, err := range t.rows(ctx, columns) {
		if err != nil {
			return err
		}
		for i := range b.Rows {
			if err := do(cells{b, i}); err != nil {
				return err
			}
		}
	}
	return nil
}

// at says where a row is.
func (t *table) at(p place) string {
	name := p.file
	if t.name != t.path && p.file == t.path { // standard input
		name = t.name
	}
	if formatOf(t.path) == parquetFormat {
		return fmt.Sprintf("%s, row %d", name, p.line)
	}
	return fmt.Sprintf("%s:%d", name, p.line)
}

// same reports whether two tables have a file in common.
func (t *table) same(other *table) bool {
	for _, a := range t.infos() {
		for _, b := range other.infos() {
			if os.SameFile(a, b) {
				return true
			}
		}
	}
	return false
}

func (t *table) infos() []os.FileInfo {
	if t.origin != nil {
		return []os.FileInfo{t.origin}
	}
	var out []os.FileInfo
	for _, path := range t.source.Paths() {
		if info, err := os.Stat(path); err == nil {
			out = append(out, info)
		}
	}
	return out
}
