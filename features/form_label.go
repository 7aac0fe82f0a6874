package features

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// label is a column, or one of another table.
func (w *written) label() form.Form {
	s := &w.Set
	var of LabelOf
	own := form.Text(&s.Label)
	keys := []form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&of.Table)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: suitefile.Source(&of.Table, &w.files)},
		{Name: "column", Doc: "The label.", Form: form.Text(&s.Label), Required: true},
		{Name: "of", Doc: "What it is there, where that is not the column of that name.", Form: suitefile.Computed(&of.Column)},
		{Name: "where", Doc: "Limits its rows.", Form: suitefile.Expr(&of.Where)},
		{Name: "map", Doc: "What key columns are called there. One that is left out has the same name.", Form: mapped(&of.Map)},
		{Name: "match", Doc: "The share of the keys that are found there. Defaults to all.", Form: shareOrBounds(&of.Match)},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{own.Schema(), form.MapSchema(keys)}}
		},
		Read: func(n form.Node) {
			if !n.IsMap() {
				own.Read(n)
				return
			}
			n.ReadKeys(keys).OneOf("table", "source")
			s.LabelOf = &of
		},
	}
}

// mapped is what columns are in another table.
func mapped(into *[]checks.Mapping) form.Form {
	return form.Dict(func(column string) form.Form {
		var to expr.Expr
		f := suitefile.Computed(&to)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, checks.Mapping{Column: column, To: []expr.Expr{to}})
		}}
	})
}
