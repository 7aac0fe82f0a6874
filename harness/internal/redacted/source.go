// Package redacted keeps cells of some columns out of what is said of rows.
package redacted

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// Source is a source of which some columns are not to be printed: an error that one of
// them has, which may show a cell, is told without it.
func Source(of expr.Source, columns []string) expr.Source {
	if len(columns) == 0 {
		return of
	}
	return redacted{of, columns}
}

type redacted struct {
	expr.Source
	columns []string
}

// Identity is that of the source.
func (r redacted) Identity() ([]string, error) {
	if s, ok := r.Source.(expr.Identified); ok {
		return s.Identity()
	}
	return nil, nil
}

// Schema hides what the errors of columns show.
func (r redacted) Schema(ctx context.Context) (expr.Schema, error) {
	s, err := r.Source.Schema(ctx)
	r.hide(s, "")
	return s, withoutText(err)
}

func (r redacted) hide(s expr.Schema, within string) {
	for i, f := range s {
		name := within + f.Name
		r.hide(f.Fields, name+".")
		if f.Err == nil || !expr.Shows(r.columns, name) {
			continue
		}
		var cells *expr.OddCellsError
		if s[i].Err = hidden(name); errors.As(f.Err, &cells) {
			s[i].Err = &expr.OddCellsError{Odd: cells.Odd, Err: s[i].Err}
		}
	}
}

// withoutText is an error about rows that shows nothing of them.
func withoutText(err error) error {
	var e *files.TextError
	if !errors.As(err, &e) {
		return err
	}
	text := err.Error()
	for in := err; errors.As(in, &e); in = e.Err {
		text = strings.Replace(text, e.Shown, "a text that is not shown, for columns of the table are redacted,", 1)
	}
	return errors.New(text)
}

// Settle makes the schema no guess.
func (r redacted) Settle(ctx context.Context) error {
	if s, ok := r.Source.(expr.Settler); ok {
		return withoutText(s.Settle(ctx))
	}
	return nil
}

// Close gives back what the source holds.
func (r redacted) Close() error {
	if c, ok := r.Source.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func hidden(column string) error {
	return fmt.Errorf("column %q: a cell is not as it should be, and is not shown, for the column is redacted", column)
}

// Scan reads the rows.
func (r redacted) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range r.Source.Scan(ctx, columns) {
			for i := range columns {
				if err != nil || !expr.Shows(r.columns, columns[i]) {
					continue
				}
				for v := &b.Columns[i]; v != nil; v = v.Items {
					if v.Redacted = true; v.Err != nil {
						v.Err = hidden(columns[i])
					}
				}
			}
			if !yield(b, withoutText(err)) {
				return
			}
		}
	}
}
