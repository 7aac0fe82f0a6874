package windows

import (
	"bytes"
	"encoding/json"
	"math"

	"github.com/intactdata/intact/quality/expr"
)

func jsonValue(out []byte, v *expr.Vector, i int) []byte {
	if !v.Valid.Get(i) {
		return append(out, "null"...)
	}
	switch v.Type {
	case expr.Bool, expr.Int64, expr.Numeric, expr.BigNumeric:
		return append(out, v.Value(i).String()...)
	case expr.Float64:
		switch f := v.Floats[i]; { // what JSON has no number for is written as BigQuery writes it
		case math.IsNaN(f):
			return append(out, `"NaN"`...)
		case math.IsInf(f, 1):
			return append(out, `"Infinity"`...)
		case math.IsInf(f, -1):
			return append(out, `"-Infinity"`...)
		}
		return append(out, v.Value(i).String()...)
	}
	return jsonText(out, writtenText(v, i))
}

// jsonText quotes a text, without the escapes that are for HTML.
func jsonText(out []byte, s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a text always can be encoded
	return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
