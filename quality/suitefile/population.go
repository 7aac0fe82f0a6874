package suitefile

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// population is an expression, raw SQL, or the table whose keys the rows have.
func (r *rule) population() form.Form {
	var of quality.KeysOf
	written := Expr(&r.Where)
	keys := append([]form.Key{
		{Name: "key", Doc: "Columns of the suite's table: the population are the rows whose key the other table has.", Form: form.Texts(&of.Key), Required: true},
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&of.Table)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: Source(&of.Table, &r.tables)},
		{Name: "column", Doc: "Its columns for the key, in their order. Defaults to the same names.", Form: form.Texts(&of.Columns)},
		{Name: "where", Doc: "Limits its rows.", Form: Expr(&of.Where)},
		{Name: "rows", Doc: "Limits the suite's rows besides.", Form: Expr(&r.Where)},
	}, Span(&of.Span)...)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{written.Schema(), form.MapSchema(keys)}}
		},
		Read: func(n form.Node) {
			for _, e := range n.Entries() {
				if e.Name == "table" || e.Name == "source" || e.Name == "key" {
					n.ReadKeys(keys).OneOf("table", "source")
					r.WhereIn = &of
					return
				}
			}
			written.Read(n)
		},
	}
}
