package files

import (
	"github.com/apache/arrow-go/v18/parquet"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality/expr"
)

// parquetColumn is a column of the top level of a file.
type parquetColumn struct {
	expr.Field
	leaf     int  // whose values tell whether the column is NULL
	nullable bool // not required and not repeated
	flat     bool // a row is a value
	physical parquet.Type
	unsigned bool
	half     bool  // FLOAT16
	scale    int   // of a decimal
	unit     int64 // of a time: how many are a second
}

// parquetColumns follows the types that BigQuery gives to Parquet columns.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions
func parquetColumns(s *pqschema.Schema) []parquetColumn {
	out := make([]parquetColumn, s.Root().NumFields())
	leaf := 0
	for i := range out {
		node := s.Root().Field(i)
		c := parquetColumn{Field: expr.Field{Name: node.Name()}, leaf: leaf, nullable: node.RepetitionType() == parquet.Repetitions.Optional}
		primitive, ok := node.(*pqschema.PrimitiveNode)
		switch {
		case node.RepetitionType() == parquet.Repetitions.Repeated:
			c.Type = arrayType
		case !ok:
			c.Type = groupType(node.LogicalType())
		default:
			c.flat, c.physical = true, primitive.PhysicalType()
			c.Type = c.leafType(node.LogicalType())
		}
		out[i] = c
		leaf += leaves(node)
	}
	return out
}

func leaves(n pqschema.Node) int {
	group, ok := n.(*pqschema.GroupNode)
	if !ok {
		return 1
	}
	sum := 0
	for i := range group.NumFields() {
		sum += leaves(group.Field(i))
	}
	return sum
}

// groupType: of nested columns only NULL or not NULL is known.
func groupType(logical pqschema.LogicalType) expr.Type {
	switch logical.(type) {
	case pqschema.ListLogicalType, pqschema.MapLogicalType:
		return arrayType
	}
	return structType
}

func (c *parquetColumn) leafType(logical pqschema.LogicalType) expr.Type {
	switch l := logical.(type) {
	case pqschema.NullLogicalType:
		return expr.Null
	case pqschema.StringLogicalType, pqschema.EnumLogicalType:
		return expr.String
	case pqschema.JSONLogicalType:
		return jsonType
	case pqschema.DateLogicalType:
		return expr.Date
	case pqschema.TemporalLogicalType:
		return c.timeType(l)
	case pqschema.IntLogicalType:
		c.unsigned = !l.IsSigned()
	case pqschema.Float16LogicalType: // always of two bytes
		c.half = true
		return expr.Float64
	case pqschema.DecimalLogicalType:
		c.scale = int(l.Scale())
		return decimalType(int(l.Precision()), int(l.Scale()))
	}
	switch c.physical {
	case parquet.Types.Boolean:
		return expr.Bool
	case parquet.Types.Int32, parquet.Types.Int64:
		return expr.Int64
	case parquet.Types.Int96: // what Impala and old Spark write as a timestamp
		return expr.Timestamp
	case parquet.Types.Float, parquet.Types.Double:
		return expr.Float64
	}
	return expr.Bytes
}

func (c *parquetColumn) timeType(l pqschema.TemporalLogicalType) expr.Type {
	c.unit = map[pqschema.TimeUnitType]int64{pqschema.TimeUnitMillis: 1e3, pqschema.TimeUnitMicros: 1e6, pqschema.TimeUnitNanos: 1e9}[l.TimeUnit()]
	if _, ok := l.(pqschema.TimeLogicalType); ok {
		return expr.Time
	}
	if l.IsAdjustedToUTC() {
		return expr.Timestamp
	}
	return expr.DateTime
}

// decimalType is the smaller type that holds all decimals of the precision and
// scale; what not even BIGNUMERIC holds is only counted.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
func decimalType(precision, scale int) expr.Type {
	switch whole := precision - scale; {
	case scale <= 9 && whole <= 29:
		return expr.Numeric
	case scale <= 38 && whole <= 38:
		return expr.BigNumeric
	}
	return "DECIMAL"
}
