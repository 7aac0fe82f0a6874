package scalar

import (
	"math"
	"strconv"
	"strings"
)

// Kind is what a number is as it is written.
type Kind uint8

// The kinds of Number.
const (
	NoNumber  Kind = iota
	Integer        // fits INT64
	Decimal        // FLOAT64 and no INT64
	NotFinite      // NaN or an infinity, in words
	TooLarge       // beyond FLOAT64
)

// Number is a number that a text was read as.
type Number struct {
	Kind  Kind
	Int   int64   // of an Integer
	Float float64 // of all but NoNumber and TooLarge
	// Long: it has more digits than every FLOAT64 holds.
	Long bool
}

// exactDigits is how many digits any FLOAT64 holds.
const exactDigits = 15

var powers = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// ParseNumber reads a number as formatters write it:
//
//	-?(0|[1-9]\d*)(\.\d*)?  or  -?\.\d+
//	behind either an exponent; without a sign only behind a point, or from 1e15 on
//	NaN, inf and infinity in any case, with or without a sign
//
// 007, +1 and 12e4 are none: no formatter writes them so, and ids look like it. An
// integer beyond INT64 is a Decimal where FLOAT64 prints the same digits, and else
// none.
func ParseNumber[T Text](s T) Number {
	i, negative := 0, false
	if len(s) > 0 && s[0] == '-' {
		i, negative = 1, true
	}
	start := i
	mantissa := uint64(0)
	for i < len(s) && s[i]-'0' <= 9 {
		mantissa = mantissa*10 + uint64(s[i]-'0') // wrong beyond 19 digits, and then not used
		i++
	}
	whole := i - start
	switch {
	case whole == 0 && (i == len(s) || s[i] != '.'):
		return words(s)
	case whole > 1 && s[start] == '0':
		return Number{}
	case i == len(s):
		return integer(s, whole, mantissa, negative)
	}
	fraction, point := 0, s[i] == '.'
	if point {
		i++
		for i < len(s) && s[i]-'0' <= 9 {
			mantissa = mantissa*10 + uint64(s[i]-'0')
			i++
			fraction++
		}
		if whole+fraction == 0 {
			return Number{}
		}
	}
	long := whole+fraction > exactDigits
	if i < len(s) {
		if !exponent(s[i:], point, whole) {
			return Number{}
		}
	} else if !long {
		f := float64(mantissa) / powers[fraction] // both exact, so rounded once
		if negative {
			f = -f
		}
		return Number{Kind: Decimal, Float: f}
	}
	f, err := strconv.ParseFloat(string(s), 64)
	if err != nil {
		return Number{Kind: TooLarge}
	}
	return Number{Kind: Decimal, Float: f, Long: long}
}

// integer: -0 is a FLOAT64, for INT64 has one zero only.
func integer[T Text](s T, whole int, mantissa uint64, negative bool) Number {
	switch {
	case whole <= 18 && negative && mantissa == 0:
		return Number{Kind: Decimal, Float: math.Copysign(0, -1)}
	case whole <= 18 && negative:
		return Number{Kind: Integer, Int: -int64(mantissa), Float: -float64(mantissa), Long: whole > exactDigits}
	case whole <= 18:
		return Number{Kind: Integer, Int: int64(mantissa), Float: float64(mantissa), Long: whole > exactDigits}
	}
	if n, err := strconv.ParseInt(string(s), 10, 64); err == nil {
		return Number{Kind: Integer, Int: n, Float: float64(n), Long: true}
	}
	f, err := strconv.ParseFloat(string(s), 64)
	if err == nil && strconv.FormatFloat(f, 'f', -1, 64) == string(s) {
		return Number{Kind: Decimal, Float: f, Long: true}
	}
	return Number{}
}

// exponent reports whether the rest of a number is an exponent that a formatter
// writes. C, Go and R write its sign; Java and Spark leave it out behind a point;
// MariaDB and readr do from 1e15 on.
func exponent[T Text](s T, point bool, whole int) bool {
	if s[0] != 'e' && s[0] != 'E' || len(s) == 1 {
		return false
	}
	digits := s[1:]
	if s[1] == '+' || s[1] == '-' {
		digits = s[2:]
	} else if !point && (whole != 1 || digits[0] == '0' || len(digits) < 2 || len(digits) == 2 && string(digits) < "15") {
		return false
	}
	for i := range len(digits) {
		if digits[i]-'0' > 9 {
			return false
		}
	}
	return len(digits) > 0
}

func words[T Text](s T) Number {
	if len(s) < len("inf") || len(s) > len("+infinity") {
		return Number{}
	}
	rest, sign := s, 1
	if rest[0] == '-' || rest[0] == '+' {
		if rest[0] == '-' {
			sign = -1
		}
		rest = rest[1:]
	}
	switch strings.ToLower(string(rest)) {
	case "nan":
		return Number{Kind: NotFinite, Float: math.NaN()}
	case "inf", "infinity":
		return Number{Kind: NotFinite, Float: math.Inf(sign)}
	}
	return Number{}
}
