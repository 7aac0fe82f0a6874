package suitefile

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// by is columns, or a map of names to expressions; a list can have both.
func by(r *quality.Rule) form.Form {
	computed := form.Dict(func(name string) form.Form {
		var of expr.Expr
		f := parsed(&of, expr.ParseExpr)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			if !of.IsZero() {
				r.By, r.Computed = append(r.By, name), append(r.Computed, quality.As(name, of))
			}
		}}
	})
	return form.OneOrMore(func() form.Form {
		var name string
		column := form.Text(&name)
		return form.Form{
			Schema: func() *jsonschema.Schema {
				return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{column.Schema(), computed.Schema()}}
			},
			Read: func(n form.Node) {
				if n.IsMap() {
					computed.Read(n)
					return
				}
				if column.Read(n); name != "" {
					r.By = append(r.By, name)
				}
			},
		}
	})
}
