package reference

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"time"

	"cloud.google.com/go/civil"
)

// encode turns a Go value into one of the type, or says why it is none.
func encode(t typ, value any) (valueProto, error) {
	if value == nil {
		return valueProto{}, nil
	}
	switch t.kind {
	case kindArray, kindStruct:
		return encodeNested(t, value)
	case "BOOL":
		v, err := as[bool](t, value, nil)
		return valueProto{Bool: &v}, err
	case "INT64":
		v, err := asInt(t, value)
		return valueProto{Int64: &v}, err
	case "FLOAT64":
		v, err := as[float64](t, value, nil)
		return valueProto{Double: floatText(v)}, err
	case "STRING":
		v, err := as[string](t, value, nil)
		return valueProto{String: &v}, err
	case "JSON":
		v, err := as[string](t, value, nil)
		return valueProto{JSON: &v}, err
	case "BYTES":
		v, err := as[[]byte](t, value, nil)
		return valueProto{Bytes: notNil(v)}, err
	case "NUMERIC":
		b, err := encodeRat(t, value, numericScale)
		return valueProto{Numeric: b}, err
	case "BIGNUMERIC":
		b, err := encodeRat(t, value, bigNumericScale)
		return valueProto{BigNumeric: b}, err
	case "DATE":
		v, err := as(t, value, civil.ParseDate)
		days := int32(v.DaysSince(epoch))
		return valueProto{Date: &days}, err
	case "TIMESTAMP":
		v, err := as(t, value, parseTimestamp)
		return valueProto{Timestamp: &timestampProto{strconv.FormatInt(v.Unix(), 10), int32(v.Nanosecond())}}, err
	case "DATETIME":
		v, err := as(t, value, civil.ParseDateTime)
		bits := strconv.FormatInt(dateField(v.Date)<<clockBits|clockField(v.Time), 10)
		return valueProto{Datetime: &datetimeProto{bits, int32(v.Time.Nanosecond)}}, err
	case "TIME":
		v, err := as(t, value, civil.ParseTime)
		bits := strconv.FormatInt(clockField(v)<<nanoBits|int64(v.Nanosecond), 10)
		return valueProto{Time: &bits}, err
	}
	return valueProto{}, fmt.Errorf("values of %s are not written here", t)
}

// as takes value for a T, or reads it from text where parse is given.
func as[T any](t typ, value any, parse func(string) (T, error)) (T, error) {
	if v, ok := value.(T); ok {
		return v, nil
	}
	if text, ok := value.(string); ok && parse != nil {
		v, err := parse(text)
		if err != nil {
			return v, fmt.Errorf("%q is no %s: %w", text, t, err)
		}
		return v, nil
	}
	var none T
	return none, fmt.Errorf("a %T is no %s: give a %T", value, t, none)
}

func asInt(t typ, value any) (string, error) {
	v := reflect.ValueOf(value)
	if !v.CanInt() {
		return "", fmt.Errorf("a %T is no %s: give an int64", value, t)
	}
	return strconv.FormatInt(v.Int(), 10), nil
}

// floatText quotes the number: JSON has no NaN, no infinity and no -0.
func floatText(v float64) json.RawMessage {
	text := strconv.FormatFloat(v, 'g', -1, 64)
	switch {
	case math.IsInf(v, 1):
		text = "Infinity"
	case math.IsInf(v, -1):
		text = "-Infinity"
	}
	return json.RawMessage(strconv.Quote(text))
}

// notNil keeps empty BYTES from becoming NULL.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func encodeRat(t typ, value any, scale int) ([]byte, error) {
	v, err := as(t, value, func(text string) (*big.Rat, error) {
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			return nil, fmt.Errorf("write digits and a point")
		}
		return r, nil
	})
	if err != nil {
		return nil, err
	}
	return encodeDecimal(v, scale)
}

func parseTimestamp(text string) (time.Time, error) { return time.Parse(time.RFC3339Nano, text) }

func encodeNested(t typ, value any) (valueProto, error) {
	slice := reflect.ValueOf(value)
	if slice.Kind() != reflect.Slice {
		return valueProto{}, fmt.Errorf("a %T is no %s: give a slice", value, t)
	}
	if t.kind == kindStruct && slice.Len() != len(t.fields) {
		return valueProto{}, fmt.Errorf("%d values for the %d fields of %s", slice.Len(), len(t.fields), t)
	}
	parts := make([]valueProto, slice.Len())
	for i := range parts {
		part := t.element
		if t.kind == kindStruct {
			part = &t.fields[i].typ
		}
		var err error
		if parts[i], err = encode(*part, slice.Index(i).Interface()); err != nil {
			return valueProto{}, err
		}
	}
	if t.kind == kindStruct {
		return valueProto{Struct: &fieldsProto{parts}}, nil
	}
	return valueProto{Array: &elementsProto{parts}}, nil
}
