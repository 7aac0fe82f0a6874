package standard

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// other is the key of:, another table, and the files that it names.
type other struct {
	checks.Against
	files []suitefile.Table
}

func (o *other) tables() []suitefile.Table { return o.files }

// rowKeys say which rows they are, and what the columns are called.
func (o *other) rowKeys() []form.Key {
	return []form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&o.Table)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: suitefile.Source(&o.Table, &o.files)},
		{Name: "where", Doc: "Limits its rows.", Form: suitefile.Expr(&o.Where)},
		{Name: "map", Doc: "What a column of the suite's table is in it: a column or an expression; a list of them where a row holds several; or {file: …, from: …, to: …}, a crosswalk that translates it first. Defaults to the same name.", Form: form.Dict(o.mapping)},
		{Name: "null", Doc: "ok: its rows without a date, and keys of it with a NULL part, are set aside.", Form: form.Word(&o.NullsOK, "ok")},
	}
}

// due says when each of the keys that it holds is due.
func (o *other) due() form.Key {
	at := suitefile.Computed(&o.Due.At)
	keys := []form.Key{
		{Name: "of", Doc: "The column or expression.", Form: at, Required: true},
		{Name: "at", Doc: "The due time of a DATE, such as 06:00 America/New_York + 36h.", Form: suitefile.DueTime(&o.Due.By)},
		{Name: "after", Doc: "How much later it is, such as 6h.", Form: suitefile.Duration(&o.Due.After)},
	}
	return form.Key{
		Name: "due",
		Doc:  "When the key of each row is due: a TIMESTAMP, a DATETIME by the table's zone, or a DATE, once that day is over; {of: tipoff, after: 6h}, or {of: day, at: 06:00 + 36h}. What is missing and not due yet waits, and hides nothing that is overdue. Defaults to at once.",
		Form: form.Form{
			Schema: func() *jsonschema.Schema {
				return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{at.Schema(), form.MapSchema(keys)}}
			},
			Read: func(n form.Node) {
				if n.IsMap() {
					n.ReadKeys(keys)
					return
				}
				at.Read(n)
			},
		},
	}
}

func (o *other) key(more ...form.Key) form.Key {
	keys := slices.Concat(o.rowKeys(), more, suitefile.Span(&o.Span))
	return form.Key{Name: "of", Doc: "The other table.", Required: true, Form: form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read:   func(n form.Node) { o.read(n, keys) },
	}}
}

// read reads a map with the keys, those that say which rows they are among them.
func (o *other) read(n form.Node, keys []form.Key) {
	n.ReadKeys(keys).OneOf("table", "source")
}

// mapping is what a column is in the other table.
func (o *other) mapping(column string) form.Form {
	m := checks.Mapping{Column: column}
	element := func() form.Form {
		var to expr.Expr
		f := suitefile.Computed(&to)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			m.To = append(m.To, to)
		}}
	}
	plain := form.OneOrMore(element)
	crosswalk := []form.Key{
		{Name: "file", Doc: "The crosswalk, relative to this file.", Form: suitefile.Source(&m.By.Table, &o.files)},
		{Name: "table", Doc: "The crosswalk, where it is a table.", Form: form.Text(&m.By.Table)},
		{Name: "from", Doc: "Its column of what the suite's table says.", Form: form.Text(&m.By.From), Required: true},
		{Name: "to", Doc: "Its column of what the other table says.", Form: form.Text(&m.By.To), Required: true},
		{Name: "column", Doc: "The column of the other table. Defaults to the name in to.", Form: element()},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{plain.Schema(), form.MapSchema(crosswalk)}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				n.ReadKeys(crosswalk).OneOf("file", "table")
			} else {
				plain.Read(n)
			}
			o.Map = append(o.Map, m)
		},
	}
}
