package files

import (
	"github.com/parquet-go/parquet-go"
	pqformat "github.com/parquet-go/parquet-go/format"

	"github.com/intactdata/intact/quality/expr"
)

// parquetColumn is a column of the top level of a file.
type parquetColumn struct {
	expr.Field
	leaf     int  // whose values tell whether the column is NULL
	nullable bool // not required and not repeated
	kind     parquet.Kind
	unsigned bool
	scale    int   // of a decimal
	unit     int64 // of a time: how many are a second
}

// newParquetColumn follows the types that BigQuery gives to Parquet columns.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions
func newParquetColumn(c *parquet.Column) parquetColumn {
	out := parquetColumn{Field: expr.Field{Name: c.Name()}, nullable: c.Optional()}
	leaf := c
	for !leaf.Leaf() && len(leaf.Columns()) > 0 {
		leaf = leaf.Columns()[0]
	}
	out.leaf = leaf.Index()
	switch {
	case c.Repeated():
		out.Type = arrayType
	case !c.Leaf():
		out.Type = groupType(c)
	default:
		out.kind = c.Type().Kind()
		out.Type = out.leafType(c.Type().LogicalType())
	}
	return out
}

// groupType: of nested columns only NULL or not NULL is known.
func groupType(c *parquet.Column) expr.Type {
	if logical := c.Type().LogicalType(); logical != nil {
		switch logical.Value.(type) {
		case *pqformat.ListType, *pqformat.MapType:
			return arrayType
		}
	}
	return structType
}

func (c *parquetColumn) leafType(logical *pqformat.LogicalType) expr.Type {
	if logical != nil {
		switch l := logical.Value.(type) {
		case *pqformat.NullType:
			return expr.Null
		case *pqformat.StringType, *pqformat.EnumType:
			return expr.String
		case *pqformat.JsonType:
			return jsonType
		case *pqformat.DateType:
			return expr.Date
		case *pqformat.TimeType:
			c.unit = perSecond(l.Unit)
			return expr.Time
		case *pqformat.TimestampType:
			c.unit = perSecond(l.Unit)
			if l.IsAdjustedToUTC {
				return expr.Timestamp
			}
			return expr.DateTime
		case *pqformat.IntType:
			c.unsigned = !l.IsSigned
		case *pqformat.DecimalType:
			c.scale = int(l.Scale)
			return decimalType(l)
		}
	}
	switch c.kind {
	case parquet.Boolean:
		return expr.Bool
	case parquet.Int32, parquet.Int64:
		return expr.Int64
	case parquet.Int96: // what Impala and old Spark write as a timestamp
		return expr.Timestamp
	case parquet.Float, parquet.Double:
		return expr.Float64
	}
	return expr.Bytes
}

func perSecond(u pqformat.TimeUnit) int64 {
	switch u.Value.(type) {
	case *pqformat.MilliSeconds:
		return 1e3
	case *pqformat.MicroSeconds:
		return 1e6
	}
	return 1e9
}

// decimalType is the smaller type that holds all decimals of the precision and
// scale; what not even BIGNUMERIC holds is only counted.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
func decimalType(d *pqformat.DecimalType) expr.Type {
	switch whole := d.Precision - d.Scale; {
	case d.Scale <= 9 && whole <= 29:
		return expr.Numeric
	case d.Scale <= 38 && whole <= 38:
		return expr.BigNumeric
	}
	return "DECIMAL"
}
