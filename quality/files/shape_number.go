package files

import (
	"bytes"
	"strconv"
)

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
	if !fitsFloat(b) {
		return words
	}
	return decimal
}
