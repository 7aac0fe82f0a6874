package expr

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SyntaxError says where in an expression's text a mistake stands.
type SyntaxError struct {
	Text   string
	Offset int // in bytes, from 0
	Reason string
}

// Column is the place of the mistake in characters, from 1.
func (e *SyntaxError) Column() int { return utf8.RuneCountInString(e.Text[:e.Offset]) + 1 }

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("expression %q, column %d: %s", e.Text, e.Column(), e.Reason)
}

type tokenKind uint8

const (
	endToken tokenKind = iota
	nameToken
	quotedNameToken
	numberToken
	textToken
	symbolToken
)

type token struct {
	kind   tokenKind
	text   string // names as written, texts unquoted, symbols and numbers as written
	offset int
}

// is reports whether the token is the symbol, or the keyword in any case.
func (t token) is(word string) bool {
	switch t.kind {
	case symbolToken:
		return t.text == word
	case nameToken:
		return strings.EqualFold(t.text, word)
	}
	return false
}

func (t token) String() string {
	switch t.kind {
	case endToken:
		return "the end"
	case textToken:
		return quoteText(t.text)
	}
	return strconv.Quote(t.text)
}

// reserved are GoogleSQL's reserved keywords that expressions meet; as column
// names they must be back-quoted.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#reserved_keywords
var reserved = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE
		CONTAINS CREATE CROSS CUBE CURRENT DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS
		EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT
		INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER
		OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT
		TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH WITHIN`) {
		reserved[w] = true
	}
}

// lex cuts the text into tokens.
func lex(text string) ([]token, error) {
	if at := invalidUTF8(text); at >= 0 {
		return nil, &SyntaxError{text, at, "the text is not UTF-8"}
	}
	var out []token
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		start := i
		switch {
		case unicode.IsSpace(r):
			i += size
			continue
		case r == '\'' || r == '"' || r == '`':
			s, n, err := unquote(text[i:], byte(r))
			if err != "" {
				return nil, &SyntaxError{text, i, err}
			}
			kind := textToken
			if r == '`' {
				kind = quotedNameToken
			}
			out = append(out, token{kind, s, start})
			i += n
		case isDigit(text, i) || r == '.' && isDigit(text, i+1):
			i = endOfNumber(text, i)
			out = append(out, token{numberToken, text[start:i], start})
		case r == '_' || isLetter(text[i]):
			for i < len(text) && (text[i] == '_' || isDigit(text, i) || isLetter(text[i])) {
				i++
			}
			out = append(out, token{nameToken, text[start:i], start})
		default:
			s := symbolAt(text[i:])
			if s == "" {
				return nil, &SyntaxError{text, i, unexpected(text[i:], r)}
			}
			out = append(out, token{symbolToken, s, start})
			i += len(s)
		}
	}
	return append(out, token{kind: endToken, offset: len(text)}), nil
}

func invalidUTF8(s string) int {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

func endOfNumber(s string, i int) int {
	for isDigit(s, i) {
		i++
	}
	if i < len(s) && s[i] == '.' {
		for i++; isDigit(s, i); {
			i++
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if isDigit(s, j) {
			for i = j; isDigit(s, i); {
				i++
			}
		}
	}
	return i
}

func symbolAt(s string) string {
	if len(s) > 1 {
		switch s[:2] {
		case "--", "/*":
			return "" // a comment
		case "<=", ">=", "!=", "<>":
			return s[:2]
		}
	}
	if strings.IndexByte("=<>+-*/(),.", s[0]) >= 0 {
		return s[:1]
	}
	return ""
}

func unexpected(rest string, r rune) string {
	switch {
	case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "/*"), r == '#':
		return "comments are not read here"
	case r == ';':
		return "an expression is one expression, without ;"
	case r == '!':
		return "! is read only as !=; write NOT"
	case r == '&' || r == '|':
		return fmt.Sprintf("%q is not known; write AND, OR", r)
	}
	return fmt.Sprintf("%q is not known here", r)
}

// unquote reads a quoted text at the start of s, and says how many bytes it took.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#escape_sequences
func unquote(s string, mark byte) (text string, n int, problem string) {
	var b strings.Builder
	for i := 1; i < len(s); {
		switch c := s[i]; c {
		case mark:
			if mark == '`' && b.Len() == 0 {
				return "", 0, "the name is empty"
			}
			return b.String(), i + 1, ""
		case '\n':
			return "", 0, `a quoted text ends on its own line; write \n`
		case '\\':
			r, size := unescape(s[i:])
			if size == 0 {
				_, next := utf8.DecodeRuneInString(s[i+1:])
				return "", 0, s[i:i+1+next] + ` is no escape sequence; write \\ for a backslash`
			}
			b.WriteRune(r)
			i += size
		default:
			b.WriteByte(c)
			i++
		}
	}
	return "", 0, "the quote is not closed"
}

// unescape reads an escape sequence; its size is 0 if it is none.
func unescape(s string) (r rune, size int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch c := s[1]; c {
	case '\\', '\'', '"', '`', '?':
		return rune(c), 2
	case 'a':
		return '\a', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'v':
		return '\v', 2
	case 'x', 'X':
		return codePoint(s, 2, 2, 16)
	case 'u':
		return codePoint(s, 2, 4, 16)
	case 'U':
		return codePoint(s, 2, 8, 16)
	}
	if s[1] > '3' {
		return 0, 0 // three octal digits end at \377
	}
	return codePoint(s, 1, 3, 8)
}

func codePoint(s string, from, digits, base int) (rune, int) {
	if len(s) < from+digits {
		return 0, 0
	}
	n, err := strconv.ParseUint(s[from:from+digits], base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, 0
	}
	return rune(n), from + digits
}
