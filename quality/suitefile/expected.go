package suitefile

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// expected is a list of segments, or the table that has them.
func (r *rule) expected() form.Form {
	var of quality.SegmentsOf
	listed := r.expect.form()
	keys := append([]form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&of.Table)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: Source(&of.Table, &r.tables)},
		{Name: "column", Doc: "Its columns for the by columns, in their order. Defaults to the same names.", Form: form.Texts(&of.Columns)},
		{Name: "where", Doc: "Limits its rows.", Form: Expr(&of.Where)},
	}, Span(&of.Span)...)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{listed.Schema(), form.MapSchema(keys)}}
		},
		Read: func(n form.Node) {
			if !n.IsMap() {
				listed.Read(n)
				return
			}
			n.ReadKeys(keys).OneOf("table", "source")
			r.ExpectOf = &of
		},
	}
}
