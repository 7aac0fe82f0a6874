package files

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ndjsonReader reads one JSON object a line. Columns are the keys in the order
// that they are met in, behind those that are known from the start.
// https://github.com/ndjson/ndjson-spec
type ndjsonReader struct {
	lines *lines
	raw   []byte
	line  int64
	keys  []string
	index map[string]int
	row   []cell
	rows  int64
	seen  []int64 // the last row that had the key
	loose []byte  // strings that are not written as they read
}

func newNDJSON(l *lines, known []string) (*ndjsonReader, error) {
	r := &ndjsonReader{lines: l, index: map[string]int{}}
	for _, key := range known {
		if _, err := r.add(key); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *ndjsonReader) names() []string         { return r.keys }
func (r *ndjsonReader) cells() []cell           { return r.row }
func (r *ndjsonReader) header() []byte          { return nil }
func (r *ndjsonReader) record() ([]byte, int64) { return r.raw, r.line }

func (r *ndjsonReader) next() error {
	for {
		rec, err := r.lines.begin()
		switch {
		case err == io.EOF && r.lines.count == 0:
			return errEmpty
		case err == io.EOF:
			return err
		case err != nil:
			return damaged(err, r.lines.count)
		}
		r.raw = content(rec)
		if len(bytes.Trim(r.raw, " \t\r")) > 0 {
			break
		}
	}
	r.line = r.lines.count
	r.rows++
	if err := r.parse(); err != nil {
		return lineError{r.line, err}
	}
	return nil
}

func (r *ndjsonReader) parse() error {
	w := walker{b: r.raw}
	switch w.space(); {
	case w.b[w.at] == '[' && r.line == 1:
		return errors.New("it is a JSON array: write one object a line, without brackets and commas")
	case w.b[w.at] != '{':
		return fmt.Errorf("%s is no JSON object: write one object a line", quoted(r.raw))
	case !json.Valid(r.raw):
		var all json.RawMessage
		return fmt.Errorf("%s is no JSON: %w (an object must stand on one line)", quoted(r.raw), json.Unmarshal(r.raw, &all))
	}
	clear(r.row)
	r.loose = r.loose[:0]
	for guess := 0; w.member(); guess++ {
		key, err := r.unquote(w.value())
		if err != nil {
			return err
		}
		if guess, err = r.place(key, guess); err != nil {
			return err
		}
		w.colon()
		if r.row[guess], err = r.cell(w.value()); err != nil {
			return fmt.Errorf("column %q: %w", r.keys[guess], err)
		}
	}
	if !utf8.Valid(r.raw) {
		return checkText(r.keys, r.row)
	}
	return nil
}

// place finds the column of a key. Rows are written alike: mostly it is the one
// behind the last.
func (r *ndjsonReader) place(key []byte, guess int) (int, error) {
	at, known := guess, guess < len(r.keys) && r.keys[guess] == string(key)
	if !known {
		at, known = r.index[string(key)]
	}
	if !known {
		var err error
		if at, err = r.add(string(key)); err != nil {
			return 0, err
		}
	}
	if r.seen[at] == r.rows {
		return 0, fmt.Errorf("the object has the key %q twice", key)
	}
	r.seen[at] = r.rows
	return at, nil
}

func (r *ndjsonReader) add(key string) (int, error) {
	if len(r.keys) == maxColumns {
		return 0, fmt.Errorf("it has more than %d columns: are the keys data?", maxColumns)
	}
	at := len(r.keys)
	r.index[key] = at
	r.keys = append(r.keys, key)
	r.row = append(r.row, cell{})
	r.seen = append(r.seen, 0)
	return at, nil
}

func (r *ndjsonReader) cell(value []byte) (cell, error) {
	switch value[0] {
	case 'n':
		return cell{}, nil
	case 't', 'f':
		return cell{jsonBool, value}, nil
	case '{':
		return cell{jsonObject, value}, nil
	case '[':
		return cell{jsonArray, value}, nil
	case '"':
		text, err := r.unquote(value)
		return cell{jsonString, text}, err
	}
	return cell{jsonNumber, value}, nil
}

// unquote reads a JSON string. A half of a surrogate pair is no text: read as
// U+FFFD, different keys would become one.
func (r *ndjsonReader) unquote(value []byte) ([]byte, error) {
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner, nil
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return nil, err
	}
	const mark = "\ufffd"
	if n := strings.Count(text, mark); n > bytes.Count(inner, []byte(mark))+bytes.Count(bytes.ToLower(inner), []byte(`\ufffd`)) {
		return nil, fmt.Errorf("%s has half of a surrogate pair, which is no text", quoted(value))
	}
	start := len(r.loose)
	r.loose = append(r.loose, text...)
	return r.loose[start:], nil
}
