package files

import (
	"bytes"
	"errors"
	"fmt"
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
	keys     []jsonKey // of objects, that were not known
	arrays   []itemsOf // of each column of which items are read
	first    int64     // line of the first record
	blankEnd bool      // empty lines stand behind the last
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
	for len(b.arrays) < len(p.arrays) {
		b.arrays = append(b.arrays, itemsOf{column: p.arrays[len(b.arrays)]})
	}
	for i := range b.arrays {
		b.arrays[i].begin(rows)
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
		if v := &b.batch.Columns[i]; r.list != noList {
			b.arrays[r.list].finish(r, v, b.batch.Rows)
		} else {
			r.finish(b.batch.Rows)
		}
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

// cell reads a value of a column.
func (w *worker) cell(p *pass, b *block, row, column int, k kind, value []byte, checkText bool) error {
	if checkText && !utf8.Valid(value) {
		return showing(bytes.Trim(value, `"`), "%s is not UTF-8: write the file as UTF-8")
	}
	if !p.reads(column) {
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
