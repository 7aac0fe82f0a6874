package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// csvReader reads RFC 4180 with the same answers as encoding/csv, but for two:
// line ends within quotes stay as they are written, and in a file of one column
// an empty line is a row whose cell is empty. It is several times as fast, and
// knows the bytes of each row.
type csvReader struct {
	lines  *lines
	head   []byte
	fields []string
	row    []cell
	raw    []byte
	line   int64
	spans  []span
	loose  []byte // cells that are not written as they read
}

// span is a cell within its record.
type span struct {
	start, end int
	doubled    bool // has quotes written twice
}

func newCSV(l *lines) (*csvReader, error) {
	r := &csvReader{lines: l}
	err := r.next()
	if err == io.EOF {
		return nil, errors.New("it has no header: the first line must name the columns")
	}
	if err != nil {
		return nil, err
	}
	if len(r.row) > maxColumns {
		return nil, fmt.Errorf("it has %d columns, more than %d", len(r.row), maxColumns)
	}
	r.head = bytes.Clone(r.raw)
	for _, c := range r.row {
		r.fields = append(r.fields, string(c.text))
	}
	return r, nil
}

func (r *csvReader) names() []string         { return r.fields }
func (r *csvReader) cells() []cell           { return r.row }
func (r *csvReader) header() []byte          { return r.head }
func (r *csvReader) record() ([]byte, int64) { return r.raw, r.line }

func (r *csvReader) next() error {
	for {
		rec, err := r.lines.begin()
		if err != nil {
			return r.ended(err)
		}
		r.line = r.lines.count
		if r.raw = content(rec); len(r.raw) > 0 || len(r.fields) == 1 {
			break
		}
	}
	r.row = r.row[:0]
	if bytes.IndexByte(r.raw, '"') < 0 {
		r.split()
	} else if err := r.parse(); err != nil {
		return err
	}
	switch {
	case r.fields != nil && len(r.row) != len(r.fields):
		return r.at(cellsError(len(r.row), len(r.fields)))
	case !utf8.Valid(r.raw):
		return r.at(checkText(r.fields, r.row))
	}
	return nil
}

// at puts the line of the row before an error.
func (r *csvReader) at(err error) error { return lineError{r.line, err} }

func (r *csvReader) ended(err error) error {
	if err == io.EOF {
		return err
	}
	return damaged(err, r.lines.count)
}

func csvCell(text []byte) cell {
	if len(text) == 0 {
		return cell{}
	}
	return cell{plain, text}
}

// split takes a line without quotes apart.
func (r *csvReader) split() {
	rest := r.raw
	for {
		i := bytes.IndexByte(rest, ',')
		if i < 0 {
			r.row = append(r.row, csvCell(rest))
			return
		}
		r.row = append(r.row, csvCell(rest[:i]))
		rest = rest[i+1:]
	}
}

// parse takes a record with quotes apart, which can go on for several lines.
func (r *csvReader) parse() error {
	r.spans = r.spans[:0]
	for at := 0; ; at++ { // past the comma
		var s span
		var err error
		if at < len(r.raw) && r.raw[at] == '"' {
			s, at, err = r.quoted(at + 1)
		} else {
			s, at, err = r.unquoted(at)
		}
		if err != nil {
			return err
		}
		r.spans = append(r.spans, s)
		if at == len(r.raw) {
			break
		}
	}
	r.loose = r.loose[:0]
	for _, s := range r.spans {
		text := r.raw[s.start:s.end]
		if s.doubled {
			text = r.single(text)
		}
		r.row = append(r.row, csvCell(text))
	}
	return nil
}

func (r *csvReader) unquoted(at int) (span, int, error) {
	end := len(r.raw)
	if i := bytes.IndexByte(r.raw[at:], ','); i >= 0 {
		end = at + i
	}
	if i := bytes.IndexByte(r.raw[at:end], '"'); i >= 0 {
		return span{}, 0, r.at(fmt.Errorf(`cell %d: %s has a " within: put the cell in quotes and double those within`, len(r.spans)+1, quoted(r.raw[at:end])))
	}
	return span{start: at, end: end}, end, nil
}

// quoted reads on from behind the opening quote.
func (r *csvReader) quoted(at int) (span, int, error) {
	s := span{start: at}
	for {
		i := bytes.IndexByte(r.raw[at:], '"')
		if i < 0 {
			at = len(r.raw)
			if err := r.extend(); err != nil {
				return s, 0, err
			}
			continue
		}
		s.end = at + i
		at = s.end + 1
		switch {
		case at == len(r.raw) || r.raw[at] == ',':
			return s, at, nil
		case r.raw[at] != '"':
			return s, 0, r.at(fmt.Errorf(`cell %d: %s goes on behind its closing quote: double the quotes within`, len(r.spans)+1, quoted(r.raw[s.start-1:])))
		}
		s.doubled = true
		at++
	}
}

// extend adds a line to the record.
func (r *csvReader) extend() error {
	rec, err := r.lines.extend()
	switch {
	case err == io.EOF:
		return r.at(errors.New(`a quote opens here that is never closed`))
	case err != nil:
		return r.ended(err)
	}
	r.raw = content(rec)
	return nil
}

// single writes doubled quotes once.
func (r *csvReader) single(text []byte) []byte {
	start := len(r.loose)
	for {
		i := bytes.IndexByte(text, '"')
		if i < 0 {
			break
		}
		r.loose = append(r.loose, text[:i+1]...)
		text = text[i+2:]
	}
	r.loose = append(r.loose, text...)
	return r.loose[start:]
}
