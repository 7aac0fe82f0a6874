package files

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
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
	escapes bool // there is one in it

	plain bool // there is no escape and no control character in the line
	raw   []byte
	line  int64
	pos   int    // within raw
	loose []byte // texts that are not written as they read
}

func (r *jsonObjects) reset(piece []byte, line int64) {
	r.piece, r.at, r.counted = piece, 0, line-1
	r.text = utf8.Valid(piece)
	r.escapes = bytes.IndexByte(piece, '\\') >= 0
}

// hasControls reports whether there is a byte below a blank, 32 at a time.
func hasControls(b []byte) bool {
	const blanks, highs, step = ' ' * every, ^uint64(lows), 32
	i := 0
	for ; i+step <= len(b); i += step {
		x, y := binary.LittleEndian.Uint64(b[i:]), binary.LittleEndian.Uint64(b[i+8:])
		z, w := binary.LittleEndian.Uint64(b[i+16:]), binary.LittleEndian.Uint64(b[i+24:])
		if ((x-blanks)&^x|(y-blanks)&^y|(z-blanks)&^z|(w-blanks)&^w)&highs != 0 && someControl(b[i:i+step]) {
			return true
		}
	}
	return someControl(b[i:])
}

func someControl(b []byte) bool {
	for _, c := range b {
		if c < ' ' {
			return true
		}
	}
	return false
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
			r.line, r.pos, r.plain = r.counted, 0, !r.escapes && !hasControls(r.raw)
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
		return fmt.Errorf("%s is no JSON object: write one object a line", quoted(r.raw))
	}
	var all json.RawMessage
	err := json.Unmarshal(r.raw, &all)
	if err == nil {
		err = errors.New("it is nested too deep, or more than one value")
	}
	return fmt.Errorf("%s is no JSON: %w (an object must stand on one line)", quoted(r.raw), err)
}

func (r *jsonObjects) space() {
	for r.pos < len(r.raw) {
		switch r.raw[r.pos] {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return
		}
	}
}

// take steps over a byte that must come now, and over blanks around it.
func (r *jsonObjects) take(c byte) bool {
	r.space()
	if r.pos == len(r.raw) || r.raw[r.pos] != c {
		return false
	}
	r.pos++
	r.space()
	return true
}

// maxDepth is how deep values may lie in another, as in encoding/json.
const maxDepth = 10_000

// value steps over a value and says what it is, as it is written.
func (r *jsonObjects) value(depth int) (k kind, text []byte, ok bool) {
	start := r.pos
	if start == len(r.raw) {
		return null, nil, false
	}
	switch c := r.raw[start]; c {
	case '"':
		k, ok = jsonString, r.quoted()
	case '{', '[':
		if k = jsonObject; c == '[' {
			k = jsonArray
		}
		ok = depth < maxDepth && r.nested(c, depth+1)
	case 't':
		k, ok = jsonBool, r.literal("true")
	case 'f':
		k, ok = jsonBool, r.literal("false")
	case 'n':
		k, ok = null, r.literal("null")
	default:
		k, ok = jsonNumber, r.number()
	}
	return k, r.raw[start:r.pos], ok
}

func (r *jsonObjects) literal(word string) bool {
	if !bytes.HasPrefix(r.raw[r.pos:], []byte(word)) {
		return false
	}
	r.pos += len(word)
	return true
}

// number: -?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?
func (r *jsonObjects) number() bool {
	b, i := r.raw, r.pos
	if i < len(b) && b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else {
		from := i
		if i = digitsEnd(b, i); i == from {
			return false
		}
	}
	if i < len(b) && b[i] == '.' {
		from := i + 1
		if i = digitsEnd(b, from); i == from {
			return false
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		from := i
		if i = digitsEnd(b, i); i == from {
			return false
		}
	}
	r.pos = i
	return true
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

// quoted steps over a string.
func (r *jsonObjects) quoted() bool {
	r.pos++
	if r.plain {
		i := bytes.IndexByte(r.raw[r.pos:], '"')
		r.pos += i + 1
		return i >= 0
	}
	for b := r.raw; r.pos < len(b); r.pos++ {
		switch c := b[r.pos]; {
		case c == '"':
			r.pos++
			return true
		case c < ' ':
			return false
		case c == '\\':
			if r.pos++; r.pos == len(b) {
				return false
			}
			switch b[r.pos] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				if len(b)-r.pos < 5 || !isHex(b[r.pos+1:r.pos+5]) {
					return false
				}
				r.pos += 4
			default:
				return false
			}
		}
	}
	return false
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
func (r *jsonObjects) nested(open byte, depth int) bool {
	end := open + 2 // as '}' and ']' lie in ASCII
	r.pos++
	r.space()
	if r.pos < len(r.raw) && r.raw[r.pos] == end {
		r.pos++
		return true
	}
	for {
		if open == '{' {
			if r.pos == len(r.raw) || r.raw[r.pos] != '"' || !r.quoted() || !r.take(':') {
				return false
			}
		}
		if _, _, ok := r.value(depth); !ok {
			return false
		}
		r.space()
		switch {
		case r.pos == len(r.raw):
			return false
		case r.raw[r.pos] == end:
			r.pos++
			return true
		case r.raw[r.pos] != ',':
			return false
		}
		r.pos++
		r.space()
	}
}

// unquote reads a JSON string. A half of a surrogate pair is no text: read as
// U+FFFD, different keys would become one.
func (r *jsonObjects) unquote(value []byte) ([]byte, error) {
	inner := value[1 : len(value)-1]
	if r.plain || bytes.IndexByte(inner, '\\') < 0 {
		return inner, nil
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return nil, err
	}
	mark := []byte("\ufffd")
	if n := bytes.Count([]byte(text), mark); n > bytes.Count(inner, mark)+bytes.Count(bytes.ToLower(inner), []byte(`\ufffd`)) {
		return nil, fmt.Errorf("%s has half of a surrogate pair, which is no text", quoted(value))
	}
	start := len(r.loose)
	r.loose = append(r.loose, text...)
	return r.loose[start:], nil
}
