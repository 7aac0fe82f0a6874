package bq

import (
	"testing"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

// The names of the API and those of GoogleSQL.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema
func TestTypesAreNamedAsInGoogleSQL(t *testing.T) {
	for want, field := range map[expr.Type]bigquery.FieldSchema{
		"STRING":         {Type: "STRING"},
		"BYTES":          {Type: "BYTES", MaxLength: 10},
		"INT64":          {Type: "INTEGER"},
		"FLOAT64":        {Type: "FLOAT"},
		"BOOL":           {Type: "BOOLEAN"},
		"NUMERIC":        {Type: "NUMERIC", Precision: 10, Scale: 2},
		"BIGNUMERIC":     {Type: "BIGNUMERIC"},
		"DATE":           {Type: "DATE"},
		"DATETIME":       {Type: "DATETIME"},
		"TIME":           {Type: "TIME"},
		"TIMESTAMP":      {Type: "TIMESTAMP"},
		"JSON":           {Type: "JSON"},
		"GEOGRAPHY":      {Type: "GEOGRAPHY"},
		"INTERVAL":       {Type: "INTERVAL"},
		"RANGE<DATE>":    {Type: "RANGE", RangeElementType: &bigquery.RangeElementType{Type: "DATE"}},
		"ARRAY<FLOAT64>": {Type: "FLOAT", Repeated: true},
		"STRUCT<a INT64, b ARRAY<STRING>>": {Type: "RECORD", Schema: bigquery.Schema{
			{Name: "a", Type: "INTEGER"}, {Name: "b", Type: "STRING", Repeated: true},
		}},
		"ARRAY<STRUCT<d DATE>>": {Type: "RECORD", Repeated: true, Schema: bigquery.Schema{{Name: "d", Type: "DATE"}}},
	} {
		got := fieldOf(&field).Type
		assert.Equal(t, want, got)
		assert.Equal(t, field.Schema == nil && !field.Repeated && want != "JSON" && want != "GEOGRAPHY" && want != "INTERVAL" && want != "RANGE<DATE>",
			got.Computable(), "%s: only scalars are looked into", want)
	}
}

func TestFieldsAreReferredToByTheirPaths(t *testing.T) {
	schema, err := schemaOf(&bigquery.TableMetadata{Schema: bigquery.Schema{{Name: "features", Type: "RECORD", Schema: bigquery.Schema{
		{Name: "deep", Type: "RECORD", Schema: bigquery.Schema{{Name: "x", Type: "FLOAT"}}},
		{Name: "pairs", Type: "RECORD", Repeated: true, Schema: bigquery.Schema{{Name: "name", Type: "STRING"}, {Name: "value", Type: "DATE"}}},
	}}}})
	require.NoError(t, err)
	for name, want := range map[string]expr.Type{
		"features.deep.x": expr.Float64, "features.pairs.name": "ARRAY<STRING>", "element(features.pairs.value, features.pairs.name, 'a')": expr.Date,
	} {
		f, err := schema.Field(name)
		require.NoError(t, err)
		assert.Equal(t, want, f.Type, name)
	}
}

func TestTheNewerNamesOfTypesAreTheSame(t *testing.T) {
	for name, want := range map[bigquery.FieldType]expr.Type{"INT64": "INT64", "FLOAT64": "FLOAT64", "BOOL": "BOOL", "DECIMAL": "NUMERIC", "STRUCT": "STRUCT<>"} {
		assert.Equal(t, want, fieldOf(&bigquery.FieldSchema{Type: name}).Type)
	}
}

func TestTablesPartitionedByIngestionHaveTheirPseudoColumns(t *testing.T) {
	columns := bigquery.Schema{{Name: "a", Type: "INTEGER"}}
	a := expr.Field{Name: "a", Type: expr.Int64}
	at := expr.Field{Name: "_PARTITIONTIME", Type: expr.Timestamp}
	on := expr.Field{Name: "_PARTITIONDATE", Type: expr.Date}
	for name, tc := range map[string]struct {
		partitioning *bigquery.TimePartitioning
		want         expr.Schema
	}{
		"not partitioned": {nil, expr.Schema{a}},
		"by a column":     {&bigquery.TimePartitioning{Field: "a"}, expr.Schema{a}},
		"by day":          {&bigquery.TimePartitioning{Type: "DAY"}, expr.Schema{a, at, on}},
		"by hour":         {&bigquery.TimePartitioning{Type: "HOUR"}, expr.Schema{a, at}},
	} {
		got, err := schemaOf(&bigquery.TableMetadata{Schema: columns, TimePartitioning: tc.partitioning})
		require.NoError(t, err)
		assert.Equal(t, tc.want, got, name)
	}
}
