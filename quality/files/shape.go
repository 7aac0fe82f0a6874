package files

import "github.com/intactdata/intact/quality/expr"

// shape is what a cell looks like; those of a column are OR-ed.
type shape uint8

const (
	integer   shape = 1 << iota // fits INT64
	decimal                     // FLOAT64 and not INT64
	date                        // DATE
	timestamp                   // TIMESTAMP
	boolean                     // BOOL
	words                       // STRING and nothing else
	object
	array
)

const number = integer | decimal

// columnType is the one type that cells of these shapes have in common.
func (s shape) columnType() expr.Type {
	switch {
	case s == 0:
		return expr.Null
	case s == integer:
		return expr.Int64
	case s&^number == 0:
		return expr.Float64
	case s == date:
		return expr.Date
	case s == timestamp:
		return expr.Timestamp
	case s == boolean:
		return expr.Bool
	case s == object:
		return structType
	case s == array:
		return arrayType
	case s&(object|array) != 0:
		return jsonType
	}
	return expr.String
}

// Types of which only NULL or not NULL is known.
const (
	structType expr.Type = "STRUCT"
	arrayType  expr.Type = "ARRAY"
	jsonType   expr.Type = "JSON"
)

// shapesOf is the opposite of columnType: what a cell of an inferred column can
// look like.
func shapesOf(t expr.Type) shape {
	switch t {
	case expr.Null:
		return 0
	case expr.Int64:
		return integer
	case expr.Float64:
		return number
	case expr.Date:
		return date
	case expr.Timestamp:
		return timestamp
	case expr.Bool:
		return boolean
	case structType:
		return object
	case arrayType:
		return array
	case jsonType:
		return ^shape(0)
	}
	return ^(object | array)
}

// shape is that of a cell which is not NULL.
func (c cell) shape() shape {
	switch c.kind {
	case jsonString:
		return jsonStringShape(c.text)
	case jsonNumber:
		return jsonNumberShape(c.text)
	case jsonBool:
		return boolean
	case jsonObject:
		return object
	case jsonArray:
		return array
	}
	return textShape(c.text)
}
