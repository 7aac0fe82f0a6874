package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// reader reads the rows of one file in order. What it returns is good until the
// next row.
type reader interface {
	// next reads a row; io.EOF is the end. Any other error says that the rows are
	// not whole, and does not name the file.
	next() error
	// names are the columns: a CSV header, or the JSON keys met so far.
	names() []string
	// cells are the row's, one for each name.
	cells() []cell
	// record is the row as it is written, without the end of the line, and the
	// line that it begins at.
	record() (raw []byte, line int64)
	// header is a CSV header as it is written, else nil.
	header() []byte
}

// cell is what a file holds for a row and a column.
type cell struct {
	kind kind
	text []byte
}

type kind uint8

const (
	null       kind = iota
	plain           // of a CSV file, which tells no types
	jsonString      // text is unquoted
	jsonNumber      // text as written, as in all that follow
	jsonBool
	jsonObject
	jsonArray
)

// newReader reads rows of the input. Known are columns that a format without a
// header can rely on.
func newReader(f format, in io.Reader, known []string) (reader, error) {
	lines := newLines(in)
	if f == csvFormat {
		return newCSV(lines)
	}
	return nil, errors.New("the format is not known")
}

var (
	utf8Mark  = []byte{0xef, 0xbb, 0xbf}
	utf16Mark = [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}
)

// checkMark refuses UTF-16 and returns the file's first record without the mark
// that says UTF-8.
func checkMark(first []byte) ([]byte, error) {
	for _, m := range utf16Mark {
		if bytes.HasPrefix(first, m) {
			return nil, errors.New("the text is UTF-16: write it as UTF-8")
		}
	}
	return bytes.TrimPrefix(first, utf8Mark), nil
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
