package files

import (
	"github.com/apache/arrow-go/v18/parquet"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality/expr"
)

// parquetColumn is a column of a file, or a part of one: a scalar, a STRUCT of fields, or
// an ARRAY of items.
type parquetColumn struct {
	expr.Field
	leaf     int   // whose values tell whether it is NULL
	def      int16 // the definition level from which it is not
	flat     bool  // it is a scalar of which a row is a value
	physical parquet.Type
	unsigned bool
	half     bool  // FLOAT16
	scale    int   // of a decimal
	unit     int64 // of a time: how many are a second
	fields   []parquetColumn
	item     *parquetColumn // of an ARRAY whose items can be looked at
	some     int16          // the definition level from which it has an item
}

// levels are what a part of a file's schema lies below.
type levels struct{ def, rep int16 }

// parquetColumns follows the types that BigQuery gives to Parquet columns.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions
func parquetColumns(s *pqschema.Schema) []parquetColumn {
	leaf := 0
	return parquetFields(s.Root(), levels{}, &leaf)
}

func parquetFields(of *pqschema.GroupNode, at levels, leaf *int) []parquetColumn {
	out := make([]parquetColumn, of.NumFields())
	for i := range out {
		out[i] = parquetNode(of.Field(i), at, leaf)
	}
	return out
}

// parquetNode reads a column or a part of one; leaf is the next one of the file. What is
// repeated without being a list is one of required values.
// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types
func parquetNode(node pqschema.Node, at levels, leaf *int) parquetColumn {
	switch node.RepetitionType() {
	case parquet.Repetitions.Repeated:
		out := parquetColumn{leaf: *leaf, def: at.def}
		out.Name = node.Name()
		out.holds(parquetItem(node, levels{at.def + 1, at.rep + 1}, leaf), at.def+1, at.rep)
		return out
	case parquet.Repetitions.Optional:
		at.def++
	}
	if group, ok := node.(*pqschema.GroupNode); ok {
		if list := repeatedIn(group); list != nil {
			out := parquetColumn{leaf: *leaf, def: at.def}
			out.Name = node.Name()
			out.holds(listItem(group, list, levels{at.def + 1, at.rep + 1}, leaf), at.def+1, at.rep)
			return out
		}
	}
	return parquetItem(node, at, leaf)
}

// parquetItem reads a node by itself, whatever its repetition.
func parquetItem(node pqschema.Node, at levels, leaf *int) parquetColumn {
	c := parquetColumn{leaf: *leaf, def: at.def}
	c.Name = node.Name()
	if group, ok := node.(*pqschema.GroupNode); ok {
		c.fields = parquetFields(group, at, leaf)
		for _, f := range c.fields {
			c.Fields = append(c.Fields, f.Field)
		}
		c.Type = expr.StructOf(c.Fields)
		return c
	}
	primitive := node.(*pqschema.PrimitiveNode)
	*leaf++
	c.flat, c.physical = at.rep == 0, primitive.PhysicalType()
	c.Type = c.leafType(node.LogicalType())
	return c
}

// repeatedIn is what a list or a map repeats; nil is of another group.
func repeatedIn(group *pqschema.GroupNode) pqschema.Node {
	switch group.LogicalType().(type) {
	case pqschema.ListLogicalType, pqschema.MapLogicalType:
		if group.NumFields() == 1 && group.Field(0).RepetitionType() == parquet.Repetitions.Repeated {
			return group.Field(0)
		}
	}
	return nil
}

// listItem reads what a list or a map holds: entries of a map, and of a list what lies
// within the repeated group, but in the older forms of which the rules tell that the
// group is the element itself.
// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#backward-compatibility-rules
func listItem(list *pqschema.GroupNode, repeated pqschema.Node, at levels, leaf *int) parquetColumn {
	_, isMap := list.LogicalType().(pqschema.MapLogicalType)
	group, isGroup := repeated.(*pqschema.GroupNode)
	if isMap || !isGroup || group.NumFields() != 1 || group.Name() == "array" || group.Name() == list.Name()+"_tuple" {
		return parquetItem(repeated, at, leaf)
	}
	return parquetNode(group.Field(0), at, leaf)
}

// holds makes the column an ARRAY. Items are looked at where there is one ARRAY only
// above them, and within them.
func (c *parquetColumn) holds(item parquetColumn, some, rep int16) {
	c.some = some
	if _, both := item.Type.Element(); both || item.Type == arrayType || rep > 0 {
		c.Type = arrayType
		return
	}
	c.Type, c.Fields, c.item = expr.ArrayOf(item.Type), item.Fields, &item
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
