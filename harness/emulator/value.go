package emulator

import (
	"encoding/base64"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
)

// textOf renders a scalar as the text that a load job reads for the column's
// type, or nil for NULL. Numbers are text as well: as JSON numbers they would
// be read as floats.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json#details_of_loading_json_data
func textOf(field *bigquery.FieldSchema, value bigquery.Value) (*string, error) {
	var text string
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		text = v
	case bool:
		text = strconv.FormatBool(v)
	case float64:
		text = floatText(v, 64)
	case float32:
		text = floatText(float64(v), 32)
	case []byte:
		text = base64.StdEncoding.EncodeToString(v)
	case time.Time:
		text = v.UTC().Format("2006-01-02T15:04:05.999999Z")
	case civil.Date, civil.DateTime, civil.Time:
		text = fmt.Sprint(v)
	case *big.Rat:
		if v == nil {
			return nil, nil
		}
		text = ratText(field, v)
	default:
		rv := reflect.ValueOf(value)
		switch {
		case rv.CanInt():
			text = strconv.FormatInt(rv.Int(), 10)
		case rv.CanUint():
			text = strconv.FormatUint(rv.Uint(), 10)
		default:
			return nil, fmt.Errorf("column %q: a %T is no value of %s", field.Name, value, field.Type)
		}
	}
	return &text, nil
}

func floatText(v float64, bits int) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	}
	return strconv.FormatFloat(v, 'g', -1, bits)
}

func ratText(field *bigquery.FieldSchema, v *big.Rat) string {
	if field.Type == bigquery.BigNumericFieldType {
		return bigquery.BigNumericString(v)
	}
	return bigquery.NumericString(v)
}
