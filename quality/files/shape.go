package files

import "github.com/intactdata/intact/quality"

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
func (s shape) columnType() quality.Type {
	switch {
	case s == 0:
		return quality.Null
	case s == integer:
		return quality.Int64
	case s&^number == 0:
		return quality.Float64
	case s == date:
		return quality.Date
	case s == timestamp:
		return quality.Timestamp
	case s == boolean:
		return quality.Bool
	case s == object:
		return structType
	case s == array:
		return arrayType
	case s&(object|array) != 0:
		return jsonType
	}
	return quality.String
}

// Types of which only NULL or not NULL is known.
const (
	structType quality.Type = "STRUCT"
	arrayType  quality.Type = "ARRAY"
	jsonType   quality.Type = "JSON"
)

// shapesOf is the opposite of columnType: what a cell of an inferred column can
// look like.
func shapesOf(t quality.Type) shape {
	switch t {
	case quality.Null:
		return 0
	case quality.Int64:
		return integer
	case quality.Float64:
		return number
	case quality.Date:
		return date
	case quality.Timestamp:
		return timestamp
	case quality.Bool:
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
