package expr

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cloud.google.com/go/civil"
)

// Value is one typed value: a literal of an expression, a part of a segment, a
// value declared missing. The zero Value is NULL. Two Values are equal under ==
// where GROUP BY puts them together: NaN equals NaN, and -0 is 0.
type Value struct {
	typ  Type
	bits uint64 // BOOL, integers, days, microseconds, FLOAT64 bits
	text string // STRING, BYTES; NUMERIC and BIGNUMERIC in canonical decimal; the digits of a FLOAT64 literal that it does not hold
}

// ValueOf takes a Go value: nil, bool, any integer or float, string, []byte,
// civil.Date, civil.DateTime, civil.Time, time.Time (TIMESTAMP), *big.Rat
// (NUMERIC) or a Value. Days lie in the years 1 to 9999, as BigQuery's do.
func ValueOf(v any) (Value, error) {
	switch v := v.(type) {
	case nil:
		return Value{}, nil
	case Value:
		return v, nil
	case bool:
		return boolValue(v), nil
	case int:
		return intValue(Int64, int64(v)), nil
	case int8:
		return intValue(Int64, int64(v)), nil
	case int16:
		return intValue(Int64, int64(v)), nil
	case int32:
		return intValue(Int64, int64(v)), nil
	case int64:
		return intValue(Int64, v), nil
	case uint8:
		return intValue(Int64, int64(v)), nil
	case uint16:
		return intValue(Int64, int64(v)), nil
	case uint32:
		return intValue(Int64, int64(v)), nil
	case uint, uint64:
		var u uint64
		if x, ok := v.(uint); ok {
			u = uint64(x)
		} else {
			u = v.(uint64)
		}
		if u > math.MaxInt64 {
			return Value{}, fmt.Errorf("%d does not fit in INT64", u)
		}
		return intValue(Int64, int64(u)), nil
	case float32:
		return floatValue(float64(v)), nil
	case float64:
		return floatValue(v), nil
	case string:
		if !utf8.ValidString(v) {
			return Value{}, fmt.Errorf("%q is not UTF-8", v)
		}
		return Value{typ: String, text: v}, nil
	case []byte:
		return Value{typ: Bytes, text: string(v)}, nil
	case civil.Date:
		if !v.IsValid() || !InCalendar(v.Year) {
			return Value{}, fmt.Errorf("%v is no date", v)
		}
		return intValue(Date, dateDays(v)), nil
	case civil.DateTime:
		if !v.IsValid() || !InCalendar(v.Date.Year) {
			return Value{}, fmt.Errorf("%v is no date and time", v)
		}
		return intValue(DateTime, v.In(time.UTC).UnixMicro()), nil
	case civil.Time:
		if !v.IsValid() {
			return Value{}, fmt.Errorf("%v is no time of day", v)
		}
		return intValue(Time, timeMicros(v)), nil
	case time.Time:
		if !InCalendar(v.UTC().Year()) {
			return Value{}, fmt.Errorf("%v is no TIMESTAMP: its year is not in 1 to 9999", v)
		}
		return intValue(Timestamp, v.UnixMicro()), nil
	case *big.Rat:
		if v == nil {
			return Value{}, nil
		}
		r, ok := roundDecimal(v, Numeric)
		if !ok {
			return Value{}, fmt.Errorf("%s does not fit in NUMERIC", v.RatString())
		}
		return decimalValue(Numeric, r), nil
	}
	return Value{}, fmt.Errorf("a %T is no value of a column", v)
}

// InCalendar reports whether dates of the year exist in BigQuery.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#date_type
func InCalendar(year int) bool { return year >= 1 && year <= 9999 }

func boolValue(b bool) Value {
	if b {
		return Value{typ: Bool, bits: 1}
	}
	return Value{typ: Bool}
}

func intValue(t Type, i int64) Value { return Value{typ: t, bits: uint64(i)} }

// floatValue folds -0 into 0 and every NaN into one, as GROUP BY does.
func floatValue(f float64) Value {
	if f == 0 {
		f = 0
	}
	if math.IsNaN(f) {
		f = math.NaN()
	}
	return Value{typ: Float64, bits: math.Float64bits(f)}
}

// longFloat is an INT64 as FLOAT64, with the digits that are not held.
func longFloat(i int64) Value {
	out := floatValue(float64(i))
	if digits := strconv.FormatInt(i, 10); digits != strconv.FormatFloat(out.float(), 'f', -1, 64) {
		out.text = digits
	}
	return out
}

func decimalValue(t Type, r *big.Rat) Value { return Value{typ: t, text: decimalText(r)} }

// Type is Null for NULL.
func (v Value) Type() Type {
	if v.typ == "" {
		return Null
	}
	return v.typ
}

// IsNull reports whether the value is NULL.
func (v Value) IsNull() bool { return v.typ == "" }

func (v Value) int() int64     { return int64(v.bits) }
func (v Value) float() float64 { return math.Float64frombits(v.bits) }
func (v Value) rat() *big.Rat  { r, _ := new(big.Rat).SetString(v.text); return r }

// Go returns the value as the Go type that ValueOf takes; NUMERIC as *big.Rat,
// NULL as nil.
func (v Value) Go() any {
	switch v.typ {
	case Bool:
		return v.bits == 1
	case Int64:
		return v.int()
	case Float64:
		return v.float()
	case Numeric, BigNumeric:
		return v.rat()
	case String:
		return v.text
	case Bytes:
		return []byte(v.text)
	case Date:
		return daysDate(v.int())
	case DateTime:
		return civil.DateTimeOf(time.UnixMicro(v.int()).UTC())
	case Time:
		return civil.TimeOf(time.UnixMicro(v.int()).UTC())
	case Timestamp:
		return time.UnixMicro(v.int()).UTC()
	}
	return nil
}

// String is the value as people read it: unquoted, NULL as "null".
func (v Value) String() string {
	switch v.typ {
	case Bool:
		return strconv.FormatBool(v.bits == 1)
	case Int64:
		return strconv.FormatInt(v.int(), 10)
	case Float64:
		return strconv.FormatFloat(v.float(), 'g', -1, 64)
	case Numeric, BigNumeric, String, Bytes:
		return v.text
	case Date:
		return daysDate(v.int()).String()
	case DateTime:
		return time.UnixMicro(v.int()).UTC().Format("2006-01-02 15:04:05.999999")
	case Time:
		return time.UnixMicro(v.int()).UTC().Format("15:04:05.999999")
	case Timestamp:
		return time.UnixMicro(v.int()).UTC().Format("2006-01-02 15:04:05.999999+00")
	}
	return "null"
}

// SQL is the value as a GoogleSQL literal, for printing expressions. Engines
// send values as parameters, never as text.
func (v Value) SQL() string {
	switch v.typ {
	case "":
		return "NULL"
	case Bool:
		return strings.ToUpper(v.String())
	case Float64:
		f := v.float()
		switch {
		case v.text != "":
			return v.text + ".0"
		case math.IsNaN(f):
			return "FLOAT64 'NaN'"
		case math.IsInf(f, 0):
			return "FLOAT64 '" + strings.TrimPrefix(v.String(), "+") + "'"
		}
		if s := v.String(); strings.ContainsAny(s, ".e") {
			return s
		}
		return v.String() + ".0"
	case String:
		return quoteText(v.text)
	case Bytes:
		return "BYTES " + quoteBytes(v.text)
	case Int64:
		return v.String()
	}
	return string(v.typ) + " '" + v.String() + "'"
}

// Coerce converts a literal to the type of what it stands beside, as BigQuery
// coerces literals: integers to the wider numbers, text to dates and times.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#literal_coercion
func (v Value) Coerce(t Type) (Value, error) {
	if v.IsNull() || v.typ == t || t == Null {
		return v, nil
	}
	switch {
	case v.typ == Int64 && t == Float64:
		return longFloat(v.int()), nil
	case v.typ == Int64 && t.storage() == inDecimals:
		return decimalValue(t, new(big.Rat).SetInt64(v.int())), nil
	case v.typ == Numeric && t == BigNumeric:
		return Value{typ: t, text: v.text}, nil
	case v.typ == Numeric && t == Float64:
		f, _ := v.rat().Float64()
		return floatValue(f), nil
	case v.typ == Float64 && t.storage() == inDecimals:
		if v, err := ParseValue(t, v.String()); err == nil {
			return v, nil
		}
	case v.typ == String && (t == Date || t == DateTime || t == Time || t == Timestamp || t == Bytes):
		return ParseValue(t, v.text)
	case v.typ == Date && t == DateTime:
		return intValue(t, v.int()*microsPerDay), nil
	}
	return Value{}, fmt.Errorf("%s is no %s", v.SQL(), t)
}

// Compare orders values as ORDER BY does: NULL first, then by value.
func (v Value) Compare(other Value) int {
	if v.IsNull() || other.IsNull() || v.typ != other.typ {
		return cmp.Compare(v.typ, other.typ)
	}
	switch v.typ.storage() {
	case inInts:
		return cmp.Compare(v.int(), other.int())
	case inFloats:
		return cmp.Compare(v.float(), other.float())
	case inDecimals:
		return v.rat().Cmp(other.rat())
	case inBits:
		return cmp.Compare(v.bits, other.bits)
	}
	return cmp.Compare(v.text, other.text)
}
