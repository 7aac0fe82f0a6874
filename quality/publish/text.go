package publish

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"

	"github.com/intactdata/intact/quality/expr"
)

// Text is a value of a row as it is written into texts, "" for NULL.
func Text(v *expr.Vector, row int) (string, error) {
	switch {
	case v.Err != nil:
		return "", v.Err
	case !v.Valid.Get(row):
		return "", nil
	case !v.Type.Computable():
		return "", fmt.Errorf("%s is read and not written: leave the column out, or make columns of its parts", v.Type)
	case v.Written != nil:
		if digits, _ := v.Written(row); digits != "" {
			return digits, nil
		}
	}
	if v.Type == expr.Bytes {
		return base64.StdEncoding.EncodeToString([]byte(v.Texts[row])), nil
	}
	return v.Value(row).String(), nil
}

// JSON is a value of a row as NDJSON has it: numbers and booleans are bare, but for NaN and
// the infinities, and everything else is a text, as BigQuery loads it.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json#details_of_loading_json_data
func JSON(v *expr.Vector, row int) ([]byte, error) {
	text, err := Text(v, row)
	switch {
	case err != nil:
		return nil, err
	case !v.Valid.Get(row):
		return []byte("null"), nil
	case v.Type == expr.Float64 && (math.IsNaN(v.Floats[row]) || math.IsInf(v.Floats[row], 0)):
	case v.Type.IsNumber(), v.Type == expr.Bool:
		return []byte(text), nil
	}
	return json.Marshal(text)
}

// JSONRow appends a row as a line of NDJSON, given the keys as JSON and where in the batch
// their columns are, −1 for nowhere.
func JSONRow(line []byte, keys [][]byte, b *expr.Batch, row int, at []int) ([]byte, error) {
	line = append(line, '{')
	for i, from := range at {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(append(line, keys[i]...), ':')
		v := []byte("null")
		if from >= 0 {
			var err error
			if v, err = JSON(&b.Columns[from], row); err != nil {
				return nil, err
			}
		}
		line = append(line, v...)
	}
	return append(line, '}', '\n'), nil
}

// JSONKeys are names as keys of JSON.
func JSONKeys(names []string) ([][]byte, error) {
	out := make([][]byte, len(names))
	for i, name := range names {
		var err error
		if out[i], err = json.Marshal(name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Places are where the columns of a table are among those that are asked of rows, −1 where
// the rows have none. A column that the table lacks is an error.
func Places(table, rows expr.Schema) (columns []string, at []int, err error) {
	for _, f := range rows {
		if !expr.Named(table.Names(), f.Name) {
			return nil, nil, fmt.Errorf("it has no column %q, which the rows have", f.Name)
		}
	}
	at = make([]int, len(table))
	for i, f := range table {
		at[i] = -1
		if from, err := rows.Field(f.Name); err == nil {
			at[i] = len(columns)
			columns = append(columns, from.Name)
		}
	}
	return columns, at, nil
}
