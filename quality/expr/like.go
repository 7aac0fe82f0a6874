package expr

import (
	"strings"
	"unicode/utf8"
)

// checkLike says what is wrong with a LIKE pattern, or "".
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#like_operator
func checkLike(pattern string) string {
	if !utf8.ValidString(pattern) {
		return "a LIKE pattern is UTF-8"
	}
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '\\' {
			continue
		}
		if i++; i == len(pattern) {
			return `a LIKE pattern does not end in a single backslash`
		}
	}
	return ""
}

// like matches text against a pattern. It goes back at most to the last %, so
// its time is bounded by the product of the lengths.
func like(text, pattern string) bool {
	t, p := 0, 0
	backT, backP := 0, -1
	for t < len(text) {
		if p < len(pattern) {
			if pattern[p] == '%' {
				p++
				backT, backP = t, p
				continue
			}
			if nt, np, ok := likeOne(text, t, pattern, p); ok {
				t, p = nt, np
				continue
			}
		}
		if backP < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(text[backT:])
		backT += size
		t, p = backT, backP
	}
	return strings.Trim(pattern[p:], "%") == ""
}

// likeOne matches one character.
func likeOne(text string, t int, pattern string, p int) (int, int, bool) {
	_, size := utf8.DecodeRuneInString(text[t:])
	if pattern[p] == '_' {
		return t + size, p + 1, true
	}
	if pattern[p] == '\\' {
		p++
	}
	_, want := utf8.DecodeRuneInString(pattern[p:])
	if text[t:t+size] != pattern[p:p+want] {
		return t, p, false
	}
	return t + size, p + want, true
}
