package files

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// lineError is an error about a row.
type lineError struct {
	line int64
	err  error
}

func (e lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e lineError) Unwrap() error { return e.err }

// named puts the file, and the line where there is one, before an error.
func (f *file) named(err error) error {
	var at lineError
	if errors.As(err, &at) {
		return fmt.Errorf("%s: %w", f.at(at.line), at.err)
	}
	return fmt.Errorf("%s: %w", f.path, err)
}

// at names a line of a text, and a row where there are no lines.
func (f *file) at(line int64) string {
	if f.format == parquetFormat {
		return fmt.Sprintf("%s: row %d", f.path, line)
	}
	return fmt.Sprintf("%s:%d", f.path, line)
}

// damage is what a panic of a library that unpacks files means: damaged ones can cause it.
const damage = "the file is damaged"

var errEmpty = errors.New("the file is empty, which a finished one never is")

// damaged says in plain words why reading stopped before the end.
func damaged(err error, line int64) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, new(lineError)), errors.Is(err, errChanged):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the file is cut short after line %d: %w", line, err)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		return fmt.Errorf("the file is damaged after line %d: %w", line, err)
	}
	return fmt.Errorf("after line %d: %w", line, err)
}

// notText is the error of a record that is not UTF-8; a header has no names yet.
func notText(names []string, column int, text []byte) error {
	if names == nil {
		return errors.New("the text is not UTF-8: write the file as UTF-8")
	}
	return showing(text, "column %[2]q: %[1]s is not UTF-8: write the file as UTF-8", names[column])
}

// quoted shows a cell in an error text, the start of it if it is long.
func quoted(text []byte) string {
	const most = 60
	if len(text) > most {
		end := most
		for end > most-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		return fmt.Sprintf("%q…", text[:end])
	}
	return fmt.Sprintf("%q", text)
}

// TextError is an error that shows some of what stands in a file, so that it can be
// told without it where that is not to be printed.
type TextError struct {
	Shown string // the part of the text of the error
	Err   error
}

func (e *TextError) Error() string { return e.Err.Error() }
func (e *TextError) Unwrap() error { return e.Err }

// showing makes an error of a format, the values behind the text that it shows, and
// that text, which is the first of them.
func showing(text []byte, format string, args ...any) error {
	shown := quoted(text)
	return &TextError{shown, fmt.Errorf(format, append([]any{shown}, args...)...)}
}

// inHeader shows the first line with what is wrong with it.
func inHeader(err error, header []byte) error {
	var at lineError
	if errors.As(err, &at) {
		return lineError{at.line, showing(header, "%[2]w: the header is %[1]s", at.err)}
	}
	return err
}

func (r *csvRecords) cellsError() error {
	row, header, delimiter := r.count(), r.columns, r.delimiter
	switch {
	case row == 1:
		return fmt.Errorf("the row has 1 cell, the header has %d", header)
	case header == 1 && r.header != nil:
		return showing(r.header, "the row has %[2]d cells, the header, %[1]s, has 1: where the table begins later declare skip_lines, where cells end otherwise delimiter; a cell with a %[3]q needs quotes",
			row, delimiter)
	case row > header && delimiter == ',':
		return fmt.Errorf("the row has %d cells, the header has %d: a cell with a comma needs quotes", row, header)
	}
	return fmt.Errorf("the row has %d cells, the header has %d", row, header)
}
