package expr

import "strings"

// Type is the GoogleSQL name of a column's type: INT64, NUMERIC, ARRAY<STRING>.
// See https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types.
type Type string

// The types that expressions compute with. A column of any other type can be
// counted as NULL or not NULL and nothing else.
const (
	Bool       Type = "BOOL"
	Int64      Type = "INT64"
	Float64    Type = "FLOAT64"
	Numeric    Type = "NUMERIC"
	BigNumeric Type = "BIGNUMERIC"
	String     Type = "STRING"
	Bytes      Type = "BYTES"
	Date       Type = "DATE"
	DateTime   Type = "DATETIME"
	Time       Type = "TIME"
	Timestamp  Type = "TIMESTAMP"
	// Null is the type of a bare NULL, and of a column of local rows that holds
	// nothing else: it goes with every other type.
	Null Type = "NULL"
)

// storage says which slice of a Vector holds the values of a type.
type storage uint8

const (
	opaque     storage = iota // NULL or not NULL is all that is known
	inBits                    // BOOL
	inInts                    // INT64; DATE in days; TIMESTAMP, DATETIME, TIME in microseconds
	inFloats                  // FLOAT64
	inDecimals                // NUMERIC, BIGNUMERIC
	inTexts                   // STRING, BYTES
)

func (t Type) storage() storage {
	switch t {
	case Bool:
		return inBits
	case Int64, Date, DateTime, Time, Timestamp:
		return inInts
	case Float64:
		return inFloats
	case Numeric, BigNumeric:
		return inDecimals
	case String, Bytes:
		return inTexts
	}
	return opaque
}

// IsNumber reports whether values of the type are numbers.
func (t Type) IsNumber() bool {
	return t == Int64 || t == Float64 || t == Numeric || t == BigNumeric
}

// Element is the type of what an ARRAY holds.
func (t Type) Element() (Type, bool) {
	of, ok := strings.CutPrefix(string(t), "ARRAY<")
	if !ok {
		return "", false
	}
	return Type(strings.TrimSuffix(of, ">")), true
}

// ArrayOf is the type of arrays of a type.
func ArrayOf(t Type) Type { return "ARRAY<" + t + ">" }

// StructOf is the type of a STRUCT of fields.
func StructOf(fields Schema) Type {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Name + " " + string(f.Type)
	}
	return Type("STRUCT<" + strings.Join(parts, ", ") + ">")
}

// Computable reports whether expressions can look inside a value of the type.
func (t Type) Computable() bool { return t.storage() != opaque || t == Null }

// ParseType reads the name of a type, in any case, with BigQuery's aliases
// (INTEGER, FLOAT, BOOLEAN, DECIMAL, BIGDECIMAL).
func ParseType(name string) (Type, bool) {
	switch up := strings.ToUpper(strings.TrimSpace(name)); up {
	case "INTEGER", "INT", "SMALLINT", "BIGINT", "TINYINT", "BYTEINT":
		return Int64, true
	case "FLOAT":
		return Float64, true
	case "BOOLEAN":
		return Bool, true
	case "DECIMAL":
		return Numeric, true
	case "BIGDECIMAL":
		return BigNumeric, true
	case "BOOL", "INT64", "FLOAT64", "NUMERIC", "BIGNUMERIC", "STRING", "BYTES", "DATE", "DATETIME", "TIME", "TIMESTAMP":
		return Type(up), true
	}
	return "", false
}
