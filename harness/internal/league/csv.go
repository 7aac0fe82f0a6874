package league

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"strconv"
)

// encodeCSV writes rows with a header of their bigquery names. NULL is an empty
// cell; every float of the league is a number of tenths and has one decimal.
func encodeCSV[T any](rows []T) ([]byte, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	columns := reflect.VisibleFields(reflect.TypeFor[T]())
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.Tag.Get("bigquery")
	}
	if err := w.Write(record); err != nil {
		return nil, err
	}
	for _, row := range rows {
		v := reflect.ValueOf(row)
		for i, c := range columns {
			record[i] = cell(v.FieldByIndex(c.Index))
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', 1, 64)
	case reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	default:
		return fmt.Sprint(v.Interface())
	}
}
