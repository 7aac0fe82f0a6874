package windows

import (
	"context"
	"fmt"
	"iter"
	"os"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// A table is a file of rows.
type table struct {
	path   string
	name   string // in messages: the path, or standard input
	source expr.Source
	schema expr.Schema
	origin os.FileInfo // of the file that standard input was; nil elsewhere
}

// A batch is some rows of a table, and where they are: the lines of a text, the
// numbers of the rows of a Parquet file.
type batch struct {
	*expr.Batch
	lines []int64
}

// rows reads the columns.
func (t *table) rows(ctx context.Context, columns []string) iter.Seq2[batch, error] {
	return func(yield func(batch, error) bool) {
		for b, err := range t.scan(ctx, columns) {
			if err == nil {
				err = unreadable(b.Batch)
			}
			if err != nil {
				yield(batch{}, named(err, t.path, t.name))
				return
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

func (t *table) scan(ctx context.Context, columns []string) iter.Seq2[batch, error] {
	return func(yield func(batch, error) bool) {
		if text, ok := t.source.(*files.Text); ok {
			for b, err := range text.Rows(ctx, columns) {
				if err != nil {
					yield(batch{}, err)
					return
				}
				if !yield(batch{&b.Batch, b.Lines}, nil) {
					return
				}
			}
			return
		}
		var numbers []int64
		row := int64(0)
		for b, err := range t.source.Scan(ctx, columns) {
			if err != nil {
				yield(batch{}, err)
				return
			}
			numbers = numbers[:0]
			for range b.Rows {
				row++
				numbers = append(numbers, row)
			}
			if !yield(batch{b, numbers}, nil) {
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
			if err := do(cells{b.Batch, i}); err != nil {
				return err
			}
		}
	}
	return nil
}

// at says where a row is.
func (t *table) at(line int64) string {
	if formatOf(t.path) == parquetFormat {
		return fmt.Sprintf("%s, row %d", t.name, line)
	}
	return fmt.Sprintf("%s:%d", t.name, line)
}

// same reports whether two tables are one file.
func (t *table) same(other *table) bool {
	a, b := t.file(), other.file()
	return a != nil && b != nil && os.SameFile(a, b)
}

func (t *table) file() os.FileInfo {
	if t.origin != nil {
		return t.origin
	}
	info, err := os.Stat(t.path)
	if err != nil {
		return nil
	}
	return info
}
