package suitefile

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Values is one value that is not NULL, or a list of them.
func Values(into *[]expr.Value) form.Form {
	return form.OneOrMore(func() form.Form {
		return form.Form{
			Schema: func() *jsonschema.Schema {
				return &jsonschema.Schema{Types: []string{"string", "number", "boolean"}}
			},
			Read: func(n form.Node) {
				scalar, ok := n.Scalar()
				if !ok {
					return
				}
				value, err := expr.ValueOf(scalar)
				switch {
				case err != nil:
					n.Fail("%w", err)
				case value.IsNull():
					n.FailExpecting("a value", "")
				default:
					*into = append(*into, value)
				}
			},
		}
	})
}

// NumberValue is a number that stands in an expression.
func NumberValue(into *expr.Value) form.Form {
	var list []expr.Value
	read := Values(&list).Read
	return form.Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "number"} },
		Read: func(n form.Node) {
			if n.IsList() {
				n.FailExpecting("a number", "")
				return
			}
			if read(n); len(list) > 0 {
				*into = list[0]
			}
		},
	}
}

// Ends are a low and a high value, of which null is an open one.
func Ends(found func(low, high expr.Value)) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema {
			value := &jsonschema.Schema{Types: []string{"string", "number", "boolean", "null"}}
			return &jsonschema.Schema{Type: "array", Items: value, MinItems: jsonschema.Ptr(2), MaxItems: jsonschema.Ptr(2)}
		},
		Read: func(n form.Node) {
			items := n.Items()
			if len(items) != 2 {
				n.FailExpecting("two ends such as [0, 50]", "")
				return
			}
			var ends [2]expr.Value
			for i, item := range items {
				scalar, ok := item.Scalar()
				if !ok {
					return
				}
				var err error
				if ends[i], err = expr.ValueOf(scalar); err != nil {
					item.Fail("%w", err)
					return
				}
			}
			found(ends[0], ends[1])
		},
	}
}

// types are those that columns of local rows can be declared as.
var types = []string{"BIGNUMERIC", "BOOL", "BYTES", "DATE", "DATETIME", "FLOAT64", "INT64", "NUMERIC", "STRING", "TIME", "TIMESTAMP"}

var typeNames = strings.Join(types, ", ")

// columns reads column: TYPE, with BigQuery's aliases and in any case, or what else is
// declared of a column.
func columns(types *map[string]expr.Type, times *map[string]dialect.Time) form.Form {
	declared, written := map[string]expr.Type{}, map[string]dialect.Time{}
	f := form.Dict(func(column string) form.Form {
		return Column(func(typ expr.Type, t dialect.Time) {
			if typ != "" {
				declared[column] = typ
			}
			if t != (dialect.Time{}) {
				written[column] = t
			}
		})
	})
	return form.Form{Schema: f.Schema, Read: func(n form.Node) {
		f.Read(n)
		*types = declared
		if len(written) > 0 {
			*times = written
		}
	}}
}

func typeSchema() *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, t := range types {
		s.Examples = append(s.Examples, t)
	}
	return s
}
