package form

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// columnOf finds the column where a byte of a scalar's text is written. It reads
// the scalar again from its line, and answers only if it comes to the same text.
func (n Node) columnOf(offset int) (column int, ok bool) {
	y := n.yaml
	if y.Kind != yaml.ScalarNode || y.Anchor != "" || y.Line < 1 || y.Line > len(n.file.lines) {
		return 0, false
	}
	line := []rune(strings.TrimPrefix(n.file.lines[y.Line-1], "\ufeff"))
	if y.Column > len(line) {
		return 0, false
	}
	written := line[y.Column-1:]
	var next func([]rune) (text string, size int)
	switch y.Style {
	case yaml.SingleQuotedStyle:
		next, written = nextSingleQuoted, written[1:]
	case yaml.DoubleQuotedStyle:
		next, written = nextDoubleQuoted, written[1:]
	case 0:
		next = nextPlain
	default:
		return 0, false
	}
	column = len(line) - len(written) + 1
	found := 0
	for rest := y.Value; rest != ""; {
		text, size := next(written)
		if size == 0 || !strings.HasPrefix(rest, text) {
			return 0, false
		}
		if len(y.Value)-len(rest) <= offset {
			found = column
		}
		rest, written, column = rest[len(text):], written[size:], column+size
	}
	if offset >= len(y.Value) {
		found = column
	}
	return found, found > 0
}

// The nextX functions read one character of a scalar and say how many of the
// line's it takes; 0 is the end.

func nextPlain(s []rune) (string, int) {
	if len(s) == 0 {
		return "", 0
	}
	return string(s[:1]), 1
}

func nextSingleQuoted(s []rune) (string, int) {
	if len(s) > 1 && s[0] == '\'' && s[1] == '\'' {
		return "'", 2
	}
	return nextPlain(s)
}

// escapes are those of double-quoted scalars.
// https://yaml.org/spec/1.2.2/#57-escaped-characters
var escapes = map[rune]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

func nextDoubleQuoted(s []rune) (string, int) {
	if len(s) < 2 || s[0] != '\\' {
		return nextPlain(s)
	}
	if text, ok := escapes[s[1]]; ok {
		return text, 2
	}
	digits := map[rune]int{'x': 2, 'u': 4, 'U': 8}[s[1]]
	if digits == 0 || len(s) < 2+digits {
		return "", 0
	}
	code, err := strconv.ParseUint(string(s[2:2+digits]), 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return "", 0
	}
	return string(rune(code)), 2 + digits
}
