package emulator

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"cloud.google.com/go/bigquery"
)

// literal renders a value as a GoogleSQL expression of the column's type.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#literals
func literal(field *bigquery.FieldSchema, value bigquery.Value) (string, error) {
	if field.Repeated {
		return arrayLiteral(field, value)
	}
	return elementLiteral(field, value)
}

func arrayLiteral(field *bigquery.FieldSchema, value bigquery.Value) (string, error) {
	typ, err := elementType(field)
	if err != nil {
		return "", err
	}
	var elements []string
	if value != nil { // a NULL array is stored as an empty one
		rv := reflect.ValueOf(value)
		if rv.Kind() != reflect.Slice {
			return "", fmt.Errorf("column %q is repeated: a %T is no slice", field.Name, value)
		}
		for i := range rv.Len() {
			e, err := elementLiteral(field, rv.Index(i).Interface())
			if err != nil {
				return "", err
			}
			elements = append(elements, e)
		}
	}
	return fmt.Sprintf("ARRAY<%s>[%s]", typ, strings.Join(elements, ", ")), nil
}

func elementLiteral(field *bigquery.FieldSchema, value bigquery.Value) (string, error) {
	if value == nil {
		return "NULL", nil
	}
	if field.Type == bigquery.RecordFieldType || field.Type == "STRUCT" {
		return structLiteral(field, value)
	}
	text, err := textOf(field, value)
	if err != nil {
		return "", err
	}
	if text == nil {
		return "NULL", nil
	}
	lit, err := scalarLiteral(field.Type, *text)
	if err != nil {
		return "", fmt.Errorf("column %q: %q is no %s: %w", field.Name, *text, field.Type, err)
	}
	return lit, nil
}

func scalarLiteral(typ bigquery.FieldType, text string) (string, error) {
	switch typ {
	case bigquery.IntegerFieldType, "INT64":
		n, err := strconv.ParseInt(text, 10, 64)
		return strconv.FormatInt(n, 10), err
	case bigquery.FloatFieldType, "FLOAT64":
		f, err := strconv.ParseFloat(text, 64)
		return floatLiteral(f), err
	case bigquery.BooleanFieldType, "BOOL":
		b, err := strconv.ParseBool(text)
		return strings.ToUpper(strconv.FormatBool(b)), err
	case bigquery.StringFieldType:
		return stringLiteral(text), nil
	case bigquery.BytesFieldType:
		return "FROM_BASE64(" + stringLiteral(text) + ")", nil
	case bigquery.JSONFieldType:
		return "PARSE_JSON(" + stringLiteral(text) + ")", nil
	case bigquery.DateFieldType, bigquery.DateTimeFieldType, bigquery.TimeFieldType,
		bigquery.TimestampFieldType, bigquery.NumericFieldType, bigquery.BigNumericFieldType:
		return string(typ) + " " + stringLiteral(text), nil
	}
	return "", errors.ErrUnsupported
}

// floatLiteral writes what has no literal as a division, because the emulator
// fails on CAST('inf' AS FLOAT64).
func floatLiteral(f float64) string {
	switch {
	case math.IsNaN(f):
		return "IEEE_DIVIDE(0, 0)"
	case math.IsInf(f, 1):
		return "IEEE_DIVIDE(1, 0)"
	case math.IsInf(f, -1):
		return "IEEE_DIVIDE(-1, 0)"
	}
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0" // without it the literal is an INT64
	}
	return text
}

// structLiteral takes the values in the order of the fields, as a query returns
// them.
func structLiteral(field *bigquery.FieldSchema, value bigquery.Value) (string, error) {
	record, ok := value.([]bigquery.Value)
	if !ok {
		return "", fmt.Errorf("column %q: a %T is no record", field.Name, value)
	}
	if len(record) != len(field.Schema) {
		return "", fmt.Errorf("column %q: %d values for %d fields", field.Name, len(record), len(field.Schema))
	}
	fields := make([]string, len(field.Schema))
	for i, f := range field.Schema {
		var err error
		if fields[i], err = literal(f, record[i]); err != nil {
			return "", err
		}
	}
	typ, err := elementType(field)
	if err != nil {
		return "", err
	}
	return typ + "(" + strings.Join(fields, ", ") + ")", nil
}

// stringLiteral quotes any text. Characters that a literal cannot hold as
// they are become escapes.
func stringLiteral(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range text {
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
