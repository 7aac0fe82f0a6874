package files

import (
	"bytes"

	"github.com/intactdata/intact/quality/internal/scalar"
)

// class is what a cell is, by its text alone; the package's comment on types says
// what follows of the classes that a column holds.
type class uint8

const (
	integer   class = iota
	decimal         // FLOAT64 and no INT64
	notFinite       // NaN or an infinity, in words
	date
	dateTime
	timestamp
	boolean
	dressed // a number in dress: +150, 45%, 1,234
	void    // stands for no value
	code    // any other with a digit
	word    // any other
	object  // of JSON
	array
	classes int = iota
)

// meaning is a cell's class, with the value of one that is typed.
type meaning struct {
	class class
	int   int64   // INT64, DATE, DATETIME, TIMESTAMP, BOOL
	float float64 // of every number
	long  bool    // it has more digits than every FLOAT64 holds
	unfit string  // why the type of what is void cannot hold it
}

// starts are the bytes that anything but a code or a word can begin with.
var starts = func() (s [256]bool) {
	for _, b := range []byte("0123456789+-.nNiItTfF(<?\\uU#eE% \t$\xc2\xe2") {
		s[b] = true
	}
	return s
}()

// mean reads a cell that is not empty.
func (n numerals) mean(b []byte) meaning {
	if !starts[b[0]] {
		return meaning{class: codeOrWord(b)}
	}
	if m, ok := typed(n, b); ok {
		return m
	}
	c := codeOrWord(b)
	switch {
	case isVoid(b):
		c = void
	case c == code && n.isDressed(b):
		c = dressed
	}
	return meaning{class: c}
}

func codeOrWord(b []byte) class {
	for _, c := range b {
		if c-'0' <= 9 {
			return code
		}
	}
	return word
}

// typed reads a cell that has a type, or would have one that cannot hold it.
func typed(n numerals, b []byte) (meaning, bool) {
	if len(b) >= 10 && b[4] == '-' && b[7] == '-' {
		return timeOf(b)
	}
	switch x := n.number(b); x.Kind {
	case scalar.Integer:
		return meaning{class: integer, int: x.Int, float: x.Float, long: x.Long}, true
	case scalar.Decimal:
		return meaning{class: decimal, float: x.Float, long: x.Long}, true
	case scalar.NotFinite:
		return meaning{class: notFinite, float: x.Float}, true
	case scalar.TooLarge:
		return meaning{class: void, unfit: "is beyond FLOAT64"}, true
	}
	if truth, ok := truthOf(b); ok {
		return meaning{class: boolean, int: truth}, true
	}
	return meaning{}, false
}

// timeOf tells a date, one with a time of day, and one with a zone apart.
func timeOf(b []byte) (meaning, bool) {
	m := meaning{class: date}
	var finer, ok bool
	switch {
	case len(b) == 10:
		m.int, ok = scalar.ParseDate(b)
	case len(b) >= 19:
		if m.int, finer, ok = scalar.ParseDateTime(b); ok {
			m.class = dateTime
			break
		}
		m.class = timestamp
		m.int, finer, ok = scalar.ParseTimestamp(b)
	}
	if finer {
		m = meaning{class: void, unfit: "is finer than a microsecond, which is all that a time holds"}
	}
	return m, ok
}

func truthOf(b []byte) (truth int64, ok bool) {
	switch string(b) {
	case "true", "TRUE", "True":
		return 1, true
	case "false", "FALSE", "False":
		return 0, true
	}
	return 0, false
}

// voidStarts are the bytes that what stands for no value can begin with.
var voidStarts = func() (s [256]bool) {
	for _, b := range []byte("nN(<-?.\\uU#eE%0 \t\xc2\xe2") {
		s[b] = true
	}
	return s
}()

// isVoid reports whether a text stands for no value.
func isVoid(b []byte) bool {
	if len(b) > 0 && !voidStarts[b[0]] {
		return false
	}
	b = trimmed(b)
	switch {
	case len(b) == 0:
		return true
	case b[0] == '%' && len(b) > 1 && b[1] == '!': // of Go's fmt
		return true
	case b[0] == '0':
		return zeroDate(b)
	case len(b) > len("<undefined>"):
		return false
	}
	switch string(bytes.ToLower(b)) {
	case "na", "n/a", "null", "(null)", "<null>", "none", "nil", "<nil>", "<na>", "nat", "-", "--", "?", ".", `\n`, "undefined",
		"#div/0!", "#n/a", "#name?", "#value!", "#ref!", "#num!", "#null!", "(error)":
		return true
	}
	return isSheetError(b)
}

// zeroDate is the date that MySQL writes for none, with or without a time of day.
func zeroDate(b []byte) bool {
	const zero = "0000-00-00"
	return len(b) >= len(zero) && string(b[:len(zero)]) == zero && len(bytes.Trim(b[len(zero):], "0:. T")) == 0
}

// isSheetError: LibreOffice numbers the errors that it has no name for, Err:502.
func isSheetError(b []byte) bool {
	if len(b) != len("Err:502") || !bytes.EqualFold(b[:4], []byte("err:")) {
		return false
	}
	return b[4]-'0' <= 9 && b[5]-'0' <= 9 && b[6]-'0' <= 9
}

// trimmed takes blanks off both ends, those that do not break among them.
func trimmed(b []byte) []byte { return bytes.Trim(b, " \t\u00a0\u202f") }
