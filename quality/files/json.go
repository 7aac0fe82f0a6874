package files

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/bits"
	"unicode/utf8"
)

// kind is what JSON says that a value is; cells of CSV are plain.
type kind uint8

const (
	null kind = iota
	plain
	jsonString // text is unquoted
	jsonNumber // text as written, as in all that follow
	jsonBool
	jsonObject
	jsonArray
)

// jsonObjects takes a piece of NDJSON apart, one object a line, and judges it valid
// as it goes. https://github.com/ndjson/ndjson-spec
type jsonObjects struct {
	eol     byte
	piece   []byte
	at      int
	counted int64
	text    bool // all of the piece is UTF-8

	raw     []byte
	line    int64
	escaped bool   // there are escapes in the last string
	loose   []byte // texts that are not written as they read
}

func (r *jsonObjects) reset(piece []byte, line int64) {
	r.piece, r.at, r.counted = piece, 0, line-1
	r.text = utf8.Valid(piece)
}

// next finds the next line that is not blank; false is the end of the piece.
func (r *jsonObjects) next() bool {
	for r.at < len(r.piece) {
		r.counted++
		line := r.piece[r.at:]
		if i := bytes.IndexByte(line, r.eol); i >= 0 {
			line = line[:i]
			r.at += i + 1
		} else {
			r.at = len(r.piece)
		}
		if r.raw = bytes.TrimSuffix(line, []byte("\r")); len(r.raw) > 0 && (r.raw[0] == '{' || len(bytes.Trim(r.raw, " \t\r\n")) > 0) {
			r.line = r.counted
			r.loose = r.loose[:0]
			return true
		}
	}
	return false
}

// refuse says what is wrong with the line.
func (r *jsonObjects) refuse() error {
	begins := bytes.TrimLeft(r.raw, " \t\r\n")
	switch {
	case begins[0] == '[' && r.line == 1:
		return errors.New("it is a JSON array: write one object a line, without brackets and commas")
	case begins[0] != '{':
		return showing(r.raw, "%s is no JSON object: write one object a line")
	}
	var all json.RawMessage
	err := json.Unmarshal(r.raw, &all)
	if err == nil {
		err = errors.New("it is nested too deep, or more than one value")
	}
	return showing(r.raw, "%s is no JSON: %w (an object must stand on one line)", err)
}

// What follows steps over a part of a line, from one place to the one behind it; −1 is
// that there is no such part.

// space steps over blanks.
func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// take steps over a byte that must come now, and over blanks around it.
func take(b []byte, i int, c byte) int {
	if i = space(b, i); i == len(b) || b[i] != c {
		return -1
	}
	return space(b, i+1)
}

// maxDepth is how deep values may lie in another, as in encoding/json.
const maxDepth = 10_000

// value steps over a value and says what it is.
func (r *jsonObjects) value(i, depth int) (k kind, end int) {
	b := r.raw
	if i >= len(b) {
		return null, -1
	}
	switch b[i] {
	case '"':
		return jsonString, r.quoted(i)
	case '{':
		return jsonObject, r.nested(i, depth+1)
	case '[':
		return jsonArray, r.nested(i, depth+1)
	case 't':
		return jsonBool, literal(b, i, "true")
	case 'f':
		return jsonBool, literal(b, i, "false")
	case 'n':
		return null, literal(b, i, "null")
	}
	return jsonNumber, number(b, i)
}

func literal(b []byte, i int, word string) int {
	if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
		return -1
	}
	return i + len(word)
}

// number: -?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?
func number(b []byte, i int) int {
	if i < len(b) && b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else {
		from := i
		if i = digitsEnd(b, i); i == from {
			return -1
		}
	}
	if i < len(b) && b[i] == '.' {
		from := i + 1
		if i = digitsEnd(b, from); i == from {
			return -1
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		from := i
		if i = digitsEnd(b, i); i == from {
			return -1
		}
	}
	return i
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

// quoted steps over a string, and notes whether there are escapes in it.
func (r *jsonObjects) quoted(i int) int {
	r.escaped = false
	b := r.raw
	for i++; ; i++ {
		for i+8 <= len(b) {
			hit := special(binary.LittleEndian.Uint64(b[i:]))
			if i += bits.TrailingZeros64(hit) >> 3; hit != 0 {
				break
			}
		}
		switch {
		case i >= len(b) || b[i] < ' ':
			return -1
		case b[i] == '"':
			return i + 1
		case b[i] == '\\':
			r.escaped = true
			if i = escapeEnd(b, i+1); i < 0 {
				return -1
			}
		}
	}
}

// special has a high bit for the first of eight bytes that ends or escapes a text, or
// may not stand in one; what its higher bits are says nothing.
func special(x uint64) uint64 {
	const highs = ^uint64(lows)
	quote, escape := x^('"'*every), x^('\\'*every)
	return ((quote-every)&^quote | (escape-every)&^escape | (x-' '*every)&^x) & highs
}

// escapeEnd is the last byte of what stands behind a backslash, −1 if that is nothing.
func escapeEnd(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i
	case 'u':
		if len(b)-i >= 5 && isHex(b[i+1:i+5]) {
			return i + 4
		}
	}
	return -1
}

func isHex(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 && (c|0x20)-'a' > 5 {
			return false
		}
	}
	return true
}

// nested steps over an object or an array.
func (r *jsonObjects) nested(i, depth int) int {
	b := r.raw
	open, end := b[i], b[i]+2 // as '}' and ']' lie in ASCII
	if depth > maxDepth {
		return -1
	}
	if i = space(b, i+1); i < len(b) && b[i] == end {
		return i + 1
	}
	for {
		if open == '{' {
			if i == len(b) || b[i] != '"' {
				return -1
			}
			if i = r.quoted(i); i >= 0 {
				i = take(b, i, ':')
			}
			if i < 0 {
				return -1
			}
		}
		if _, i = r.value(i, depth); i < 0 {
			return -1
		}
		if i = space(b, i); i == len(b) || b[i] != end && b[i] != ',' {
			return -1
		}
		if b[i] == end {
			return i + 1
		}
		i = space(b, i+1)
	}
}

// unquote reads the string that was stepped over last. A half of a surrogate pair is no text: read as
// U+FFFD, different keys would become one.
func (r *jsonObjects) unquote(value []byte) ([]byte, error) {
	inner := value[1 : len(value)-1]
	if !r.escaped {
		return inner, nil
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return nil, err
	}
	mark := []byte("\ufffd")
	if n := bytes.Count([]byte(text), mark); n > bytes.Count(inner, mark)+bytes.Count(bytes.ToLower(inner), []byte(`\ufffd`)) {
		return nil, showing(value, "%s has half of a surrogate pair, which is no text")
	}
	start := len(r.loose)
	r.loose = append(r.loose, text...)
	return r.loose[start:], nil
}
