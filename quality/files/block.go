package files

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// block is a chunk of a file and what has been read of it.
type block struct {
	source *opened
	piece  []byte
	line   int64 // of the piece
	buf    []byte
	done   chan struct{}

	batch    expr.Batch
	readers  []*reader
	keys     []string // of objects, that were not known
	first    int64    // line of the first record
	blankEnd bool     // empty lines stand behind the last
	err      error
}

// worker reads blocks, one after the other.
type worker struct {
	csv  csvRecords
	json jsonObjects
	keys keySet
}

// read reads a block. What is wrong with it is its error, with the file's name.
func (w *worker) read(p *pass, b *block) {
	rows := bytes.Count(b.piece, []byte{b.source.chunks.eol}) + 1
	b.batch.File, b.batch.Lines, b.batch.Rows = b.source.file.path, b.batch.Lines[:0], 0
	b.first, b.blankEnd, b.keys = 0, false, b.keys[:0]
	if b.readers == nil {
		b.batch.Columns = make([]expr.Vector, len(p.plans))
		for _, plan := range p.plans {
			b.readers = append(b.readers, &reader{plan: plan})
		}
	}
	for i, r := range b.readers {
		r.begin(&b.batch.Columns[i], rows, b.source.file)
	}
	body := w.readCSV
	if b.source.file.format == ndjsonFormat {
		body = w.readJSON
	}
	if err := body(p, b); err != nil {
		b.err = b.source.file.named(err)
		return
	}
	for i, r := range b.readers {
		if p.plans[i].at == p.fileColumn {
			r.repeat(b.source.file.name(), b.batch.Rows)
		}
		r.finish(b.batch.Rows)
	}
}

// repeat is the column of one text.
func (r *reader) repeat(text string, rows int) {
	for i := range rows {
		r.addText([]byte(text))
		r.vector.Valid.Set(i)
	}
}

func (w *worker) readCSV(p *pass, b *block) error {
	r := &w.csv
	r.delimiter, r.eol = p.table.delimiter, b.source.chunks.eol
	r.columns, r.header = len(b.source.names), b.source.header
	r.reset(b.piece, b.line)
	skip, several := p.table.BlankLines == dialect.Skip, len(b.source.names) > 1
	for row := 0; ; row++ {
		more, err := r.next()
		if !more {
			b.batch.Rows, b.blankEnd = row, r.blank && !skip && several
			return nil
		}
		if row == 0 {
			b.first = r.line
		}
		switch {
		case r.blank && !skip:
			return behindBlank(r.line)
		case err != nil:
			return err
		case several && bytes.Equal(r.raw, r.header):
			return lineError{r.line, fmt.Errorf("the row is the header once more: were files put together? Take it out")}
		}
		if err := r.checkText(b.source.names); err != nil {
			return err
		}
		b.batch.Lines = append(b.batch.Lines, r.line)
		for i, at := range b.source.wanted {
			if at < 0 {
				continue
			}
			if cell := r.cell(at); len(cell) > 0 {
				b.readers[i].set(row, plain, cell, r.line)
			}
		}
	}
}

func behindBlank(line int64) error {
	return lineError{line, errors.New("the row stands behind an empty line, where another table could begin: take the line out, or declare blank_lines: skip")}
}

func (w *worker) readJSON(p *pass, b *block) error {
	w.json.eol = b.source.chunks.eol
	w.json.reset(b.piece, b.line)
	w.keys.reset(p.columns)
	row := 0
	for ; w.json.next(); row++ {
		w.keys.rows++
		b.batch.Lines = append(b.batch.Lines, w.json.line)
		if err := w.readObject(p, b, row); err != nil {
			return lineError{w.json.line, err}
		}
	}
	b.batch.Rows = row
	b.keys = append(b.keys, w.keys.names[len(p.columns):]...)
	return nil
}

func (w *worker) readObject(p *pass, b *block, row int) error {
	r, text := &w.json, w.json.raw
	checkText := !r.text && !utf8.Valid(text)
	at := take(text, 0, '{')
	if at < 0 {
		return r.refuse()
	}
	var bad error // is told if the line is valid otherwise
	more := at == len(text) || text[at] != '}'
	for column := 0; more; column++ {
		known := true
		if n := w.keys.expected(text[at:], column); n > 0 {
			if at += n; at < len(text) && text[at] <= ' ' {
				at = space(text, at)
			}
		} else {
			var err error
			if column, known, at, err = w.key(at, column); err != nil && bad == nil {
				bad = err
			}
			if at < 0 {
				return r.refuse()
			}
		}
		k, end := r.value(at, 1)
		if end < 0 {
			return r.refuse()
		}
		if known && (checkText || column < len(p.readBy) && p.readBy[column] >= 0) {
			if err := w.cell(p, b, row, column, k, text[at:end], checkText); err != nil && bad == nil {
				bad = fmt.Errorf("column %q: %w", w.keys.names[column], err)
			}
		}
		if end+1 < len(text) && text[end] == ',' && text[end+1] == '"' { // as it mostly is
			at = end + 1
			continue
		}
		at = space(text, end)
		if more = at == len(text) || text[at] != '}'; !more {
			break
		}
		if at = take(text, at, ','); at < 0 {
			return r.refuse()
		}
	}
	if space(text, at+1) < len(text) {
		return r.refuse()
	}
	if bad == nil && checkText {
		return notText(nil, 0, nil)
	}
	return bad
}

// key reads a key and the colon behind it. There is none where its end is −1; known is
// false where an error says what is wrong with it.
func (w *worker) key(at, guess int) (column int, known bool, end int, err error) {
	r := &w.json
	if at == len(r.raw) || r.raw[at] != '"' {
		return 0, false, -1, nil
	}
	if end = r.quoted(at); end < 0 {
		return 0, false, -1, nil
	}
	key, err := r.unquote(r.raw[at:end])
	if err == nil {
		column, err = w.keys.place(key, guess)
	}
	return column, err == nil, take(r.raw, end, ':'), err
}

// cell reads a value of a column.
func (w *worker) cell(p *pass, b *block, row, column int, k kind, value []byte, checkText bool) error {
	if checkText && !utf8.Valid(value) {
		return showing(bytes.Trim(value, `"`), "%s is not UTF-8: write the file as UTF-8")
	}
	if column >= len(p.readBy) || p.readBy[column] < 0 {
		return nil
	}
	if column == p.fileColumn {
		return errors.New("the file's name was to be called so: choose another name for it")
	}
	if k == jsonString {
		var err error
		if value, err = w.json.unquote(value); err != nil {
			return err
		}
	}
	b.readers[p.readBy[column]].set(row, k, value, w.json.line)
	return nil
}

// addKeys adds the keys of a block to those that are new.
func (p *pass) addKeys(keys []string) {
	for _, key := range keys {
		if !slices.ContainsFunc(p.keys, func(known string) bool { return sameName(known, key) }) {
			p.keys = append(p.keys, key)
		}
	}
}
