package windows

import (
	"bytes"
	"context"

	"github.com/intactdata/intact/harness/internal/spool"
)

// passes reports whether the text of the rows can be written as it is: it is of the
// output's format, has one header, and is given no further column. Where it cannot, all columns are read, and their types must be no guess.
func (t *table) passes(ctx context.Context, as, fileColumn string) (bool, error) {
	if as == formatOf(t.path) && fileColumn == "" {
		alike, err := t.headersAlike(ctx)
		if err == nil {
			err = t.refresh(ctx)
		}
		if alike || err != nil {
			return alike, err
		}
	}
	err := t.source.Settle(ctx)
	if err == nil {
		err = t.refresh(ctx)
	}
	if err != nil {
		return false, spool.Named(err, t.path, t.name)
	}
	return false, nil
}

// refresh asks for the columns again: now all rows have been read.
func (t *table) refresh(ctx context.Context) (err error) {
	t.schema, err = t.source.Schema(ctx)
	return err
}

// headersAlike reports whether the rows of several files have one form.
func (t *table) headersAlike(ctx context.Context) (bool, error) {
	paths := t.source.Paths()
	switch {
	case len(paths) == 1 || formatOf(t.path) == ndjsonFormat:
		return true, nil
	case formatOf(t.path) == parquetFormat:
		return false, nil
	}
	var first []byte
	for i, path := range paths {
		text, err := openLines(ctx, t.source, path)
		if err == nil {
			err = text.until(2)
		}
		if err != nil {
			return false, spool.Named(err, t.path, t.name)
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
