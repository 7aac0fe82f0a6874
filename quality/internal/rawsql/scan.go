package rawsql

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	symbol kind = iota // one character
	word               // a name, a keyword or a number
	quotedName
	literal // text or bytes, without what is before the quotes
)

// token is what is left of a text without comments and white space.
type token struct {
	kind   kind
	text   string
	offset int
	depth  int // of the brackets that it stands in; a bracket stands in itself
}

func (t token) refused(format string, args ...any) *Error {
	return &Error{t.offset, fmt.Sprintf(format, args...)}
}

// scanner cuts a text into tokens.
type scanner struct {
	text   string
	at     int
	tokens []token
	open   []token // brackets
}

// scan cuts a whole text, at least one token of it. What is open at its end, or
// what ends a statement before it, is refused.
func scan(text string) ([]token, error) {
	if err := checkCharacters(text); err != nil {
		return nil, err
	}
	s := &scanner{text: text}
	for s.at < len(s.text) {
		if err := s.next(); err != nil {
			return nil, err
		}
	}
	if n := len(s.open); n > 0 {
		return nil, s.open[n-1].refused("%s is not closed", s.open[n-1].text)
	}
	if len(s.tokens) == 0 {
		return nil, &Error{0, "there is nothing in it"}
	}
	return s.tokens, nil
}

// checkCharacters refuses those that no SQL needs and that can hide something: a
// carriage return ends a comment, and editors show none.
func checkCharacters(text string) error {
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			return &Error{i, "the text is not UTF-8"}
		case r == '\r' && !strings.HasPrefix(text[i:], "\r\n"):
			return &Error{i, "a carriage return stands alone: end lines with \\n"}
		case unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r':
			return &Error{i, fmt.Sprintf("the control character %U stands in it: write it as an escape in quotes", r)}
		}
	}
	return nil
}

// next takes one token, or what is between tokens.
func (s *scanner) next() error {
	rest := s.text[s.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsSpace(r):
		s.at += size
	case r == '#', strings.HasPrefix(rest, "--"):
		s.at += lengthTo(rest, "\n")
	case strings.HasPrefix(rest, "/*"):
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			return &Error{s.at, "the comment that begins here is not closed"}
		}
		s.at += 2 + end + 2
	case strings.HasPrefix(rest, "*/") && !strings.HasPrefix(rest, "*/*"):
		return &Error{s.at, "*/ closes no comment"}
	case r == '\'' || r == '"':
		return s.quoted(literal, strings.Repeat(string(r), 3), string(r))
	case r == '`':
		return s.quoted(quotedName, "`")
	case isWord(r):
		s.take(word, strings.IndexFunc(rest, func(r rune) bool { return !isWord(r) }))
	case r == ';':
		return &Error{s.at, "a semicolon ends the statement: leave it out"}
	default:
		return s.symbol(size)
	}
	return nil
}

func isWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// lengthTo is how far it is to the end of the first such text; all of s if there
// is none.
func lengthTo(s, end string) int {
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end)
	}
	return len(s)
}

// take adds a token of so many bytes; of all that are left if size is below 0.
func (s *scanner) take(k kind, size int) {
	if size < 0 {
		size = len(s.text) - s.at
	}
	s.tokens = append(s.tokens, token{k, s.text[s.at : s.at+size], s.at, len(s.open)})
	s.at += size
}

// quoted takes what stands in the first of the quotes that the text begins with.
// A backslash takes the next character with it, in raw texts as well, and the end
// of a line, which only raw texts may hold so.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#quoted_literals
func (s *scanner) quoted(k kind, quotes ...string) error {
	rest := s.text[s.at:]
	quote := quotes[0]
	if !strings.HasPrefix(rest, quote) {
		quote = quotes[1]
	}
	for i := len(quote); i < len(rest); i++ {
		switch {
		case strings.HasPrefix(rest[i:], quote):
			s.take(k, i+len(quote))
			return nil
		case len(quote) == 1 && rest[i] == '\n':
			return &Error{s.at, quote + " is not closed on its line"}
		case strings.HasPrefix(rest[i:], "\\\r\n"):
			i += 2
		case rest[i] == '\\':
			i++
		}
	}
	return &Error{s.at, quote + " is not closed"}
}

// symbol takes one character and holds brackets against each other. Types have
// brackets of their own: STRUCT<a INT64, b RANGE<DATE>>.
func (s *scanner) symbol(size int) error {
	c := s.text[s.at : s.at+size]
	closes := map[string]string{")": "(", "]": "[", "}": "{"}[c]
	inType := len(s.open) > 0 && s.open[len(s.open)-1].text == "<"
	if c == ">" && inType {
		closes = "<"
	}
	if closes == "" {
		opens := c == "(" || c == "[" || c == "{" || c == "<" && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].is("ARRAY", "STRUCT", "RANGE")
		if opens {
			s.open = append(s.open, token{text: c, offset: s.at})
		}
		s.take(symbol, size)
		return nil
	}
	here := token{offset: s.at}
	if len(s.open) == 0 {
		return here.refused("%s closes nothing", c)
	}
	if last := s.open[len(s.open)-1]; last.text != closes {
		return here.refused("%s does not close %s", c, last.text)
	}
	s.take(symbol, size)
	s.open = s.open[:len(s.open)-1]
	return nil
}
