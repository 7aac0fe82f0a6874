package windows

import (
	"bytes"
	"context"
	"iter"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/rolling/panel"
)

// A table is the file of rows that windows were asked for, which is written.
type table struct {
	panel.Table
	source  files.Source
	format  string
	dialect dialect.Dialect
	schema  expr.Schema // once it is no guess for what is written
}

// passes reports whether the text of the rows can be written as it is: it is of the
// output's format, has one header, and is given no further column. Where it cannot,
// all columns are read, and their types must be no guess.
func (t *table) passes(ctx context.Context, as string) (alike bool, err error) {
	if as == t.format && t.dialect.FileColumn == "" {
		alike, err = t.headersAlike(ctx)
	}
	if err == nil && !alike {
		err = t.source.Settle(ctx)
	}
	if err == nil { // now all rows have been read
		t.schema, err = t.source.Schema(ctx)
	}
	return alike, err
}

// headersAlike reports whether the rows of several files have one form.
func (t *table) headersAlike(ctx context.Context) (bool, error) {
	paths := t.source.Paths()
	switch {
	case len(paths) == 1 || t.format == ndjsonFormat:
		return true, nil
	case t.format == parquetFormat:
		return false, nil
	}
	var first []byte
	for i, path := range paths {
		text, err := openLines(ctx, t.source, path)
		if err == nil {
			err = text.until(2)
		}
		if err != nil {
			return false, err
		}
		header := content(text.text, text.eol)
		if i == 0 {
			first = bytes.Clone(header)
		} else if !bytes.Equal(first, header) {
			return false, nil
		}
	}
	return true, nil
}

// rows are those of the table with all of their columns.
func (t *table) rows(ctx context.Context) iter.Seq2[*expr.Batch, error] {
	return expr.ScanWhole(ctx, t.source, t.schema.Names())
}
