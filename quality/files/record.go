package files

import "io"

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

// maxColumns is BigQuery's limit: https://cloud.google.com/bigquery/quotas#all_tables
const maxColumns = 10_000

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
	return newNDJSON(lines, known)
}
