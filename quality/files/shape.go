package files

import (
	"bytes"
	"math"
	"strconv"
	"time"

	"github.com/intactdata/intact/quality"
)

// shape is what a cell looks like; those of a column are OR-ed.
type shape uint8

const (
	integer   shape = 1 << iota // fits INT64
	decimal                     // FLOAT64 and not INT64
	date                        // DATE
	timestamp                   // TIMESTAMP
	boolean                     // BOOL
	words                       // STRING and nothing else
	object
	array
)

const number = integer | decimal

// columnType is the one type that cells of these shapes have in common.
func (s shape) columnType() quality.Type {
	switch {
	case s == 0:
		return quality.Null
	case s == integer:
		return quality.Int64
	case s&^number == 0:
		return quality.Float64
	case s == date:
		return quality.Date
	case s == timestamp:
		return quality.Timestamp
	case s == boolean:
		return quality.Bool
	case s == object:
		return structType
	case s == array:
		return arrayType
	case s&(object|array) != 0:
		return jsonType
	}
	return quality.String
}

// Types of which only NULL or not NULL is known.
const (
	structType quality.Type = "STRUCT"
	arrayType  quality.Type = "ARRAY"
	jsonType   quality.Type = "JSON"
)

// shapesOf is the opposite of columnType: what a cell of an inferred column can
// look like.
func shapesOf(t quality.Type) shape {
	switch t {
	case quality.Null:
		return 0
	case quality.Int64:
		return integer
	case quality.Float64:
		return number
	case quality.Date:
		return date
	case quality.Timestamp:
		return timestamp
	case quality.Bool:
		return boolean
	case structType:
		return object
	case arrayType:
		return array
	case jsonType:
		return ^shape(0)
	}
	return ^(object | array)
}

// shape is that of a cell which is not NULL.
func (c cell) shape() shape {
	switch c.kind {
	case jsonString:
		return jsonStringShape(c.text)
	case jsonNumber:
		return jsonNumberShape(c.text)
	case jsonBool:
		return boolean
	case jsonObject:
		return object
	case jsonArray:
		return array
	}
	return textShape(c.text)
}

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

// numberShape knows what formatters write; 007, 1., .5 and 12e4 they do not.
func numberShape(b []byte) shape {
	rest := b
	if rest[0] == '-' {
		rest = rest[1:]
	}
	n := digits(rest)
	if n == 0 || n > 1 && rest[0] == '0' {
		return words
	}
	whole := rest[:n]
	if rest = rest[n:]; len(rest) == 0 {
		return integerShape(b, whole)
	}
	if rest[0] == '.' {
		if n = digits(rest[1:]); n == 0 {
			return words
		}
		rest = rest[1+n:]
	}
	if len(rest) > 2 && (rest[0] == 'e' || rest[0] == 'E') && (rest[1] == '+' || rest[1] == '-') && digits(rest[2:]) == len(rest)-2 {
		rest = nil
	}
	if len(rest) > 0 || !fitsFloat(b) {
		return words
	}
	return decimal
}

func digits(b []byte) int {
	for i, c := range b {
		if c < '0' || c > '9' {
			return i
		}
	}
	return len(b)
}

// integerShape: most have too few digits not to fit. -0 is a FLOAT64, INT64 has
// one zero only.
func integerShape(b, whole []byte) shape {
	if whole[0] == '0' && len(b) > 1 {
		return decimal
	}
	if len(whole) > 18 {
		if _, err := strconv.ParseInt(string(b), 10, 64); err != nil {
			return words
		}
	}
	return integer
}

// fitsFloat: a short number without an exponent cannot overflow.
func fitsFloat(b []byte) bool {
	if len(b) < 300 && bytes.IndexByte(b, 'e') < 0 && bytes.IndexByte(b, 'E') < 0 {
		return true
	}
	_, err := strconv.ParseFloat(string(b), 64)
	return err == nil
}

// jsonNumberShape is that of a valid JSON number. An integer beyond INT64 whose
// digits FLOAT64 does not print back is an id, not a quantity.
func jsonNumberShape(b []byte) shape {
	whole := bytes.TrimPrefix(b, []byte("-"))
	if digits(whole) == len(whole) {
		if s := integerShape(b, whole); s != words {
			return s
		}
		f, err := strconv.ParseFloat(string(b), 64)
		if err == nil && string(strconv.AppendFloat(nil, f, 'f', -1, 64)) == string(b) {
			return decimal
		}
		return words
	}
	if f, err := strconv.ParseFloat(string(b), 64); err != nil || math.IsInf(f, 0) {
		return words
	}
	return decimal
}

// dayShape tells a date from a timestamp with a zone.
func dayShape(b []byte) shape {
	if len(b) == 10 {
		if _, ok := quality.ParseDate(string(b)); ok {
			return date
		}
		return words
	}
	if !zoned(b) {
		return words
	}
	if _, ok := quality.ParseTimestamp(string(b), time.UTC); ok {
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
