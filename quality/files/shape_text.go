package files

import (
	"bytes"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// textShape goes by the first byte to the few things that it can begin.
func textShape(b []byte) shape {
	if len(b) == 0 {
		return words
	}
	switch first := b[0]; {
	case '0' <= first && first <= '9':
		if len(b) >= 10 && b[4] == '-' {
			return dayShape(b)
		}
		return numberShape(b)
	case first == '-' && len(b) > 1 && b[1] <= '9':
		return numberShape(b)
	case len(b) > len("+infinity"):
		return words
	}
	switch string(b) {
	case "true", "false", "TRUE", "FALSE", "True", "False":
		return boolean
	}
	switch string(bytes.ToLower(b)) {
	case "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity":
		return decimal
	}
	return words
}

// dayShape tells a date from a timestamp with a zone.
func dayShape(b []byte) shape {
	if len(b) == 10 {
		if _, ok := expr.ParseDate(string(b)); ok {
			return date
		}
		return words
	}
	if !zoned(b) {
		return words
	}
	if _, ok := expr.ParseTimestamp(string(b), time.UTC); ok {
		return timestamp
	}
	return words
}

// zoned reports whether a text can be a date, a time of day and a zone offset.
func zoned(b []byte) bool {
	const clock = len("2006-01-02T15:04:05")
	if len(b) <= clock || b[10] != 'T' && b[10] != ' ' {
		return false
	}
	return bytes.ContainsAny(b[clock:], "+-") || b[len(b)-1] == 'Z' || bytes.HasSuffix(b, []byte("UTC"))
}

// jsonStringShape: what is written as a string is no number and no boolean.
func jsonStringShape(b []byte) shape {
	if len(b) >= 10 && '0' <= b[0] && b[0] <= '9' && b[4] == '-' {
		return dayShape(b)
	}
	return words
}
