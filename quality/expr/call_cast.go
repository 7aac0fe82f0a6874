package expr

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// casts are the pairs of types that go, and every type goes to itself. Text goes to
// a TIMESTAMP, DATETIME, TIME or BYTES by declaring the column's type, and a
// TIMESTAMP to a DATE by DATE(it, zone).
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast
var casts = map[Type][]Type{
	Bool:       {Int64, String},
	Int64:      {Bool, Float64, Numeric, BigNumeric, String},
	Float64:    {Int64, Numeric, BigNumeric, String},
	Numeric:    {Int64, Float64, BigNumeric, String},
	BigNumeric: {Int64, Float64, Numeric, String},
	String:     {Bool, Int64, Float64, Numeric, BigNumeric, Date},
	Date:       {DateTime, String},
	DateTime:   {Date},
}

var castFunctions = []function{{
	name: castName, least: 1, most: 1, word: asWord,
	words: []string{"BOOL", "INT64", "FLOAT64", "NUMERIC", "BIGNUMERIC", "STRING", "BYTES", "DATE", "DATETIME", "TIME", "TIMESTAMP"},
	bind:  bindCast, row: castRow,
}}

// cast is a coercion that cannot fail.
func cast(x Expr, t Type) Expr {
	return Expr{CallExpr{Name: castName, Args: []Expr{x}, Word: string(t), Type: t}}
}

func bindCast(n CallExpr) (Expr, error) {
	x, from := n.Args[0], n.Args[0].Type()
	n.Type = Type(n.Word)
	switch {
	case from == n.Type:
		return x, nil
	case from != Null && !slices.Contains(casts[from], n.Type):
		return Expr{}, fmt.Errorf("%s is %s, which is not cast to %s%s", x, from, n.Type, castMend(from, n.Type))
	}
	return Expr{n}, nil
}

func castMend(from, to Type) string {
	switch {
	case from == Timestamp && to == Date:
		return mend(from, to)
	case from == String:
		return ": declare the column's type"
	}
	return ""
}

// castTexts are the texts that are values of a type, as RE2 patterns whose group is
// the value. Numbers may stand within white space.
var castTexts = map[Type]string{
	Bool:    `\A(?i:(true|false))\z`,
	Int64:   castSpace + `([+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+))` + castSpaceEnd,
	Float64: castSpace + `((?i)[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf|infinity|nan))` + castSpaceEnd,
	Numeric: castSpace + `([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)` + castSpaceEnd,
	Date:    `\A((?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{1,2}-[0-9]{1,2})\z`,
}

const (
	castSpace    = `\A[ \t\n\v\f\r]*`
	castSpaceEnd = `[ \t\n\v\f\r]*\z`
)

// CastText is the RE2 pattern of the texts that are values of a type, in whose
// group the value stands without white space.
func CastText(t Type) string {
	if t == BigNumeric {
		t = Numeric
	}
	return castTexts[t]
}

func castRow(n CallExpr) rowFunc {
	from := n.Args[0].Type()
	switch {
	case from == String:
		return castFromText(n.Type)
	case n.Type == String:
		return castToText(from)
	case from == Bool:
		return func(in []*Vector, out *Vector, i int) bool {
			out.Ints[i] = int64(bit(in[0].Bools.Get(i)))
			return true
		}
	case from == Date:
		return func(in []*Vector, out *Vector, i int) bool { out.Ints[i] = in[0].Ints[i] * microsPerDay; return true }
	case from == DateTime:
		return func(in []*Vector, out *Vector, i int) bool {
			return setDay(out, i, floorDiv(in[0].Ints[i], microsPerDay))
		}
	case n.Type == Bool:
		return func(in []*Vector, out *Vector, i int) bool {
			if in[0].Ints[i] != 0 {
				out.Bools.Set(i)
			}
			return true
		}
	}
	return castNumber(from, n.Type)
}

func castNumber(from, to Type) rowFunc {
	switch {
	case from == Int64 && to == Float64:
		return func(in []*Vector, out *Vector, i int) bool {
			x := in[0]
			if out.Written == nil && longFloat(x.Ints[i]).text != "" {
				out.Written = func(i int) (digits, where string) { return strconv.FormatInt(x.Ints[i], 10), "" }
			}
			out.Floats[i] = float64(x.Ints[i])
			return true
		}
	case from == Int64:
		return func(in []*Vector, out *Vector, i int) bool {
			out.Decimals[i] = new(big.Rat).SetInt64(in[0].Ints[i])
			return true
		}
	case from == Float64 && to == Int64:
		return func(in []*Vector, out *Vector, i int) bool {
			f := math.Round(in[0].Floats[i]) // halves away from zero
			ok := f >= -0x1p63 && f < 0x1p63
			if ok {
				out.Ints[i] = int64(f)
			}
			return ok
		}
	case from == Float64:
		return func(in []*Vector, out *Vector, i int) (ok bool) {
			if f := in[0].Floats[i]; f-f == 0 {
				out.Decimals[i], ok = roundDecimal(new(big.Rat).SetFloat64(f), to)
			}
			return ok
		}
	case to == Float64:
		return func(in []*Vector, out *Vector, i int) bool {
			out.Floats[i], _ = in[0].Decimals[i].Float64()
			return true
		}
	case to == Int64:
		half := big.NewRat(1, 2)
		return func(in []*Vector, out *Vector, i int) bool {
			x := in[0].Decimals[i]
			away := new(big.Rat).Add(new(big.Rat).Abs(x), half)
			whole := new(big.Int).Quo(away.Num(), away.Denom())
			if x.Sign() < 0 {
				whole.Neg(whole)
			}
			out.Ints[i] = whole.Int64()
			return whole.IsInt64()
		}
	}
	return func(in []*Vector, out *Vector, i int) (ok bool) {
		out.Decimals[i], ok = roundDecimal(in[0].Decimals[i], to)
		return ok
	}
}

func castFromText(to Type) rowFunc {
	re := regexp.MustCompile(CastText(to))
	return func(in []*Vector, out *Vector, i int) bool {
		group := re.FindStringSubmatch(in[0].Texts[i])
		if group == nil {
			return false
		}
		v, ok := castText(group[1], to)
		return ok && out.SetValue(i, v) == nil
	}
}

func castText(s string, to Type) (Value, bool) {
	switch to {
	case Int64:
		v, err := strconv.ParseInt(decimalDigits(s), 0, 64)
		return intValue(Int64, v), err == nil
	case Float64:
		if unsigned := strings.TrimLeft(s, "+-"); strings.EqualFold(unsigned, "nan") {
			s = unsigned
		}
		f, _ := strconv.ParseFloat(s, 64) // beyond the largest it is infinite
		return floatValue(f), true
	case Date:
		y, rest, _ := strings.Cut(s, "-")
		m, d, _ := strings.Cut(rest, "-")
		s = y + "-" + ("0" + m)[len(m)-1:] + "-" + ("0" + d)[len(d)-1:]
	}
	v, err := ParseValue(to, s)
	return v, err == nil
}

// decimalDigits takes leading zeros off, by which Go would read octal.
func decimalDigits(s string) string {
	if strings.ContainsAny(s, "xX") {
		return s
	}
	sign := ""
	if s[0] == '-' || s[0] == '+' {
		sign, s = s[:1], s[1:]
	}
	return sign + strings.TrimLeft(s[:len(s)-1], "0") + s[len(s)-1:]
}

func castToText(from Type) rowFunc {
	if from == Float64 {
		return func(in []*Vector, out *Vector, i int) bool {
			out.Texts[i] = floatText(in[0].Floats[i])
			return true
		}
	}
	return func(in []*Vector, out *Vector, i int) bool {
		out.Texts[i] = in[0].Value(i).String()
		return true
	}
}

// floatText has 15 digits where they tell the number from all others, else 17.
func floatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64), "+"))
	case f == 0:
		return "0"
	}
	s := strconv.FormatFloat(f, 'g', 15, 64)
	if back, _ := strconv.ParseFloat(s, 64); back != f {
		s = strconv.FormatFloat(f, 'g', 17, 64)
	}
	return s
}
