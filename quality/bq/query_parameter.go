package bq

import (
	"cmp"
	"fmt"
	"math"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality/expr"
)

// parameter is a value as the API takes it.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter
func parameter(name string, v expr.Value) (bigquery.QueryParameter, error) {
	out := bigquery.QueryParameter{Name: name, Value: v.Go()}
	switch t := v.Type(); t {
	case expr.Null:
		return out, fmt.Errorf("the parameter @%s is NULL, which has no type: write CAST(NULL AS …) into the query", name)
	case expr.Float64:
		// The client writes Go's +Inf; this is how BigQuery casts text.
		if f := v.Go().(float64); math.IsInf(f, 0) || math.IsNaN(f) {
			out.Value = typedText(t, v.String())
		}
	case expr.BigNumeric:
		out.Value = typedText(t, v.String())
	}
	return out, nil
}

func typedText(t expr.Type, text string) *bigquery.QueryParameterValue {
	return &bigquery.QueryParameterValue{Type: bigquery.StandardSQLDataType{TypeKind: string(t)}, Value: text}
}

// compareNames orders intact_2 before intact_10.
func compareNames(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
