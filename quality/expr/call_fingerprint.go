package expr

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
)

const fingerprintName = "FINGERPRINT"

// fingerprintFunctions are of texts that are the same for equal values, whatever their
// type, on every engine.
var fingerprintFunctions = []function{{name: fingerprintName, least: 1, most: many, bind: bindTold, fill: func(CallExpr) apply {
	return func(in []*Vector, out *Vector, rows int) {
		var text []byte
		for i := range rows {
			text = text[:0]
			for n, v := range in {
				if n > 0 {
					text = append(text, ',')
				}
				text = v.appendTold(text, i)
			}
			out.Ints[i] = int64(farmFingerprint(text))
			out.Valid.Set(i)
		}
	}
}}}

func bindTold(n CallExpr) (Expr, error) {
	for _, x := range n.Args {
		if t := x.Type(); !t.Computable() {
			return Expr{}, fmt.Errorf("%s is %s, of which there is no fingerprint", x, t)
		}
	}
	n.Type = Int64
	return Expr{n}, nil
}

// What the texts of values begin with that are no numbers and no BOOL, and the text of NULL.
const (
	ToldNull      = "~"
	ToldText      = "s"
	ToldBytes     = "x"
	ToldDate      = "d"
	ToldDateTime  = "m"
	ToldTime      = "c"
	ToldTimestamp = "t"
)

// The magnitudes, with 0, from and below which a FLOAT64 is told as the decimal that it
// is written as: no digit of it is beyond BIGNUMERIC there. Others have an exponent.
const (
	LeastToldFloat = 1e-20
	LargeToldFloat = 1e38
)

// appendTold adds the text of a row: a number is the shortest decimal of its value, so
// that 5, 5.0 and NUMERIC 5.00 are one, and -0 is 0; a STRING has its length before it;
// days and microseconds are counted.
func (v *Vector) appendTold(to []byte, i int) []byte {
	if v.Type == Null || !v.Valid.Get(i) {
		return append(to, ToldNull...)
	}
	switch v.Type {
	case Bool:
		return strconv.AppendBool(to, v.Bools.Get(i))
	case Int64:
		return strconv.AppendInt(to, v.Ints[i], 10)
	case Float64:
		return appendToldFloat(to, v.Floats[i])
	case Numeric, BigNumeric:
		return append(to, decimalText(v.Decimals[i])...)
	case String:
		to = append(to, ToldText...)
		to = strconv.AppendInt(to, int64(len(v.Texts[i])), 10)
		to = append(to, ':')
		return append(to, v.Texts[i]...)
	case Bytes:
		return hex.AppendEncode(append(to, ToldBytes...), []byte(v.Texts[i]))
	case Date:
		to = append(to, ToldDate...)
	case DateTime:
		to = append(to, ToldDateTime...)
	case Time:
		to = append(to, ToldTime...)
	case Timestamp:
		to = append(to, ToldTimestamp...)
	}
	return strconv.AppendInt(to, v.Ints[i], 10)
}

// appendToldFloat writes 15 digits where they tell a number from all others, else 17.
func appendToldFloat(to []byte, f float64) []byte {
	size := math.Abs(f)
	switch {
	case math.IsNaN(f):
		return append(to, "nan"...)
	case math.IsInf(f, 1):
		return append(to, "inf"...)
	case math.IsInf(f, -1):
		return append(to, "-inf"...)
	case size < 1e15 && f == math.Trunc(f):
		return strconv.AppendInt(to, int64(f), 10)
	}
	var room [32]byte
	text := strconv.AppendFloat(room[:0], f, 'e', -1, 64)
	digits := bytes.IndexByte(text, 'e') // with the sign and the point
	if text[0] == '-' {
		digits--
	}
	if digits > 16 { // 15 would be another number
		text = strconv.AppendFloat(room[:0], f, 'e', 16, 64)
	}
	if size < LeastToldFloat || size >= LargeToldFloat {
		return append(to, shortest(f)...)
	}
	return appendPlain(to, text)
}

// shortest is FORMAT('%.14e'), or '%.16e' where that is another number.
func shortest(f float64) []byte {
	text := strconv.AppendFloat(nil, f, 'e', 14, 64)
	if back, _ := strconv.ParseFloat(string(text), 64); back != f {
		text = strconv.AppendFloat(text[:0], f, 'e', 16, 64)
	}
	return text
}

// appendPlain writes -1.50e-03 as -0.0015: without the exponent and zeros at the end.
func appendPlain(to, text []byte) []byte {
	if text[0] == '-' {
		to, text = append(to, '-'), text[1:]
	}
	e := bytes.IndexByte(text, 'e')
	power := 0
	for _, c := range text[e+2:] {
		power = 10*power + int(c-'0')
	}
	if text[e+1] == '-' {
		power = -power
	}
	first, rest := text[0], text[1:e]
	if len(rest) > 0 {
		rest = bytes.TrimRight(rest[1:], "0") // behind the point
	}
	if power < 0 {
		to = append(to, "0."...)
		for range -power - 1 {
			to = append(to, '0')
		}
		return append(append(to, first), rest...)
	}
	to = append(to, first)
	if power >= len(rest) {
		to = append(to, rest...)
		for range power - len(rest) {
			to = append(to, '0')
		}
		return to
	}
	return append(append(append(to, rest[:power]...), '.'), rest[power:]...)
}
