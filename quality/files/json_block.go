package files

import (
	"fmt"
	"unicode/utf8"
)

func (w *worker) readJSON(p *pass, b *block) error {
	w.json.eol = b.source.chunks.eol
	w.json.reset(b.piece, b.line)
	w.keys.reset(p.columns)
	row := 0
	for ; w.json.next(); row++ {
		b.batch.Lines = append(b.batch.Lines, w.json.line)
		if err := w.readRow(p, b, row); err != nil {
			return lineError{w.json.line, err}
		}
	}
	b.batch.Rows = row
	b.keys = append(b.keys, w.keys.keys[len(p.columns):]...)
	return nil
}

func (w *worker) readRow(p *pass, b *block, row int) error {
	r, text := &w.json, w.json.raw
	checkText := !r.text && !utf8.Valid(text)
	at := take(text, 0, '{')
	if at < 0 {
		return r.refuse()
	}
	end, bad := w.readObject(p, b, part{row: row, top: true, checkText: checkText}, at)
	switch {
	case end < 0 || space(text, end) < len(text):
		return r.refuse()
	case bad == nil && checkText:
		return notText(nil, 0, nil)
	}
	return bad // is told where the line is valid otherwise
}

// part is an object: of a row, or within a column.
type part struct {
	in        int // one more than the column that it is in; 0 is the row
	row       int // of the vectors of its columns
	top       bool
	inArray   bool
	checkText bool
}

// readObject reads an object from behind its brace. Its end is −1 where it is none; the
// error is of one that can be read.
func (w *worker) readObject(p *pass, b *block, in part, at int) (end int, bad error) {
	r, text := &w.json, w.json.raw
	object := w.keys.enter()
	more := at == len(text) || text[at] != '}'
	for column := in.in; more; column++ {
		known := true
		if n := w.keys.expected(text[at:], in.in, column, object); n > 0 {
			if at += n; at < len(text) && text[at] <= ' ' {
				at = space(text, at)
			}
		} else {
			var err error
			if column, known, at, err = w.key(at, in.in, column, object); err != nil && bad == nil {
				bad = err
			}
			if at < 0 {
				return -1, nil
			}
		}
		k, end := r.value(at, 1)
		if end < 0 {
			return -1, nil
		}
		if known && (in.checkText || p.reads(column)) {
			if err := w.cell(p, b, in.row, column, k, text[at:end], in.checkText); err != nil && bad == nil {
				bad = fmt.Errorf("column %q: %w", w.keys.keys[column].name, err)
			}
		}
		if k >= jsonObject && known && p.looksInto(column) {
			if err := w.within(p, b, in, column, k, at); err != nil && bad == nil {
				bad = err
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
			return -1, nil
		}
	}
	return at + 1, bad
}

// within reads an object or an array in a column, of which it is known that it is one.
// What is wrong in it concerns nobody who only wants to know what there is.
func (w *worker) within(p *pass, b *block, in part, column int, k kind, at int) (err error) {
	if k == jsonObject {
		_, err = w.readObject(p, b, part{in: column + 1, row: in.row, inArray: in.inArray}, space(w.json.raw, at+1))
	} else if !in.inArray {
		err = w.readItems(p, b, in.row, column, at)
	}
	if p.discover {
		return nil
	}
	return err
}

// readItems reads the items of an array.
func (w *worker) readItems(p *pass, b *block, row, column, at int) (bad error) {
	r, text := &w.json, w.json.raw
	items, into := w.keys.items(column+1), &itemsOf{}
	for i := range b.arrays {
		if b.arrays[i].column == column {
			into = &b.arrays[i]
			into.close(row)
			into.valid.Set(row)
		}
	}
	for at = space(text, at+1); text[at] != ']'; {
		k, end := r.value(at, 1)
		if p.reads(items) {
			if err := w.cell(p, b, into.n, items, k, text[at:end], false); err != nil && bad == nil {
				bad = err
			}
		}
		if k == jsonObject && p.looksInto(items) {
			_, err := w.readObject(p, b, part{in: items + 1, row: into.n, inArray: true}, space(text, at+1))
			if err != nil && bad == nil {
				bad = err
			}
		}
		into.n++
		if at = space(text, end); text[at] == ',' {
			at = space(text, at+1)
		}
	}
	if into.offsets != nil {
		into.close(row + 1)
	}
	return bad
}

// key reads a key and the colon behind it. There is none where its end is −1; known is
// false where it is of no column, or an error says what is wrong with it.
func (w *worker) key(at, in, guess int, object int64) (column int, known bool, end int, err error) {
	r := &w.json
	if at == len(r.raw) || r.raw[at] != '"' {
		return 0, false, -1, nil
	}
	if end = r.quoted(at); end < 0 {
		return 0, false, -1, nil
	}
	key, err := r.unquote(r.raw[at:end])
	if err == nil {
		column, err = w.keys.place(key, in, guess, object)
	}
	known = err == nil
	if err == errManyFields { // it is none that anybody can ask for
		err = nil
	}
	return column, known, take(r.raw, end, ':'), err
}
