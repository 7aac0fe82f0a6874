package suitefile

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/nearest"
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

// columns reads column: TYPE, with BigQuery's aliases and in any case.
func columns(into *map[string]expr.Type) form.Form {
	declared := map[string]expr.Type{}
	f := form.Dict(func(column string) form.Form {
		return form.Form{Schema: typeSchema, Read: func(n form.Node) {
			name, ok := n.Text()
			if !ok {
				return
			}
			t, ok := expr.ParseType(name)
			if !ok {
				n.Fail("%q is no type of a column%s: the types are %s", name, nearest.Hint(name, types), strings.Join(types, ", "))
			}
			declared[column] = t
		}}
	})
	return form.Form{Schema: f.Schema, Read: func(n form.Node) {
		f.Read(n)
		*into = declared
	}}
}

func typeSchema() *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, t := range types {
		s.Examples = append(s.Examples, t)
	}
	return s
}
