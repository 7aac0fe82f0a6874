package files

import (
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// lineError is an error about a row.
type lineError struct {
	line int64
	err  error
}

func (e lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e lineError) Unwrap() error { return e.err }

// named puts the file, and the line where there is one, before an error.
func (f file) named(err error) error {
	var at lineError
	if errors.As(err, &at) {
		return fmt.Errorf("%s:%d: %w", f.path, at.line, at.err)
	}
	return fmt.Errorf("%s: %w", f.path, err)
}

var errEmpty = errors.New("the file is empty, which a finished one never is")

// damaged says in plain words why reading stopped before the end.
func damaged(err error, line int64) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, new(lineError)):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the file is cut short after line %d: %w", line, err)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		return fmt.Errorf("the file is damaged after line %d: %w", line, err)
	}
	return fmt.Errorf("after line %d: %w", line, err)
}

// checkText finds the cell that is not UTF-8. Without names it is the header's.
func checkText(names []string, cells []cell) error {
	for i, c := range cells {
		if !utf8.Valid(c.text) && names != nil {
			return fmt.Errorf("column %q: %s is not UTF-8: write the file as UTF-8", names[i], quoted(c.text))
		}
	}
	return errors.New("the text is not UTF-8: write the file as UTF-8")
}

// quoted shows a cell in an error text, the start of it if it is long.
func quoted(text []byte) string {
	const most = 60
	if len(text) > most {
		return fmt.Sprintf("%q…", text[:most])
	}
	return fmt.Sprintf("%q", text)
}

func cellsError(row, header int) error {
	switch {
	case row == 1:
		return fmt.Errorf("the row has 1 cell, the header has %d", header)
	case row > header:
		return fmt.Errorf("the row has %d cells, the header has %d: a cell with a comma needs quotes", row, header)
	}
	return fmt.Errorf("the row has %d cells, the header has %d", row, header)
}
