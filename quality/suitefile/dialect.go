package suitefile

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/internal/nearest"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// DialectKeys say how the files of a table are written, as keys beside its source.
func DialectKeys(d *dialect.Dialect) []form.Key {
	return []form.Key{
		{Name: "delimiter", Doc: `What parts the cells of CSV, such as ; or "\t". Defaults to a comma.`, Form: anyText(&d.Delimiter)},
		{Name: "skip_lines", Doc: "Lines before the header of CSV that belong to no table.", Form: form.Count(&d.SkipLines)},
		{Name: "decimal", Doc: "The decimal point, or comma, of numbers. Defaults to a point.", Form: form.Choice(&d.Decimal, ".", ",")},
		{Name: "thousands", Doc: "What separates the thousands of numbers, if anything does.", Form: anyText(&d.Thousands)},
		{Name: "nulls", Doc: "Texts that stand for no value, such as NA or -999, in columns of any type.", Form: nulls(&d.Nulls)},
		{Name: "blank_lines", Doc: "Empty lines of CSV are passed over; otherwise what follows one is an error, as another table could begin there.", Form: form.Choice(&d.BlankLines, dialect.Skip)},
		{Name: "missing_columns", Doc: "A column is NULL in the files that lack it; otherwise that is an error, unless the column is declared.", Form: missingColumns(&d.MissingColumns)},
		{Name: "file", Doc: "A further column that holds the name of each row's file, without its folder and its extension.", Form: form.Text(&d.FileColumn)},
		{Name: "as_of_open", Doc: "Reads what a file holds when it is opened, up to the end of its last line, and lets more come.", Form: form.Bool(&d.AsOfOpen)},
	}
}

// anyText is a text that may be blank.
func anyText(into *string) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "string", MinLength: jsonschema.Ptr(1)} },
		Read: func(n form.Node) {
			if text, ok := n.Written("a text"); ok {
				*into = text
			}
		},
	}
}

// nulls are taken as they are written: -999, null and "" are texts of cells.
func nulls(into *[]string) form.Form {
	return form.OneOrMore(func() form.Form {
		return form.Form{
			Schema: func() *jsonschema.Schema {
				return &jsonschema.Schema{Types: []string{"string", "number", "boolean", "null"}}
			},
			Read: func(n form.Node) {
				if text, ok := n.Written("the text of a cell"); ok {
					*into = append(*into, text)
				}
			},
		}
	})
}

// missingColumns: null is a word here, with quotes or without.
func missingColumns(into *string) form.Form {
	f := form.Choice(into, dialect.Null)
	return form.Form{Read: f.Read, Schema: func() *jsonschema.Schema {
		return &jsonschema.Schema{Enum: []any{dialect.Null, nil}}
	}}
}

// Column is what can be declared of a column: its type alone, or with how its dates or
// times are written.
func Column(declare func(expr.Type, dialect.Time)) form.Form {
	var typ expr.Type
	var t dialect.Time
	keys := []form.Key{
		{Name: "type", Doc: "The column's type.", Form: typeOf(&typ)},
		{Name: "format", Doc: "How its dates or times are written, in the letters of PARSE_DATE and PARSE_TIMESTAMP: %d/%m/%Y.", Form: form.Text(&t.Format)},
		{Name: "zone", Doc: "The time zone of times that name none, such as America/New_York.", Form: form.Text(&t.Zone)},
	}
	whole, short := form.Map(keys...), typeOf(&typ)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{short.Schema(), whole.Schema()}}
		},
		Read: func(n form.Node) {
			before := n.Mistakes()
			if n.IsMap() {
				whole.Read(n)
			} else {
				short.Read(n)
			}
			if _, _, err := t.Parse(); err != nil {
				n.Fail("%w", err)
			}
			if n.Mistakes() == before {
				declare(typ, t)
			}
		},
	}
}

func typeOf(into *expr.Type) form.Form {
	return form.Form{Schema: typeSchema, Read: func(n form.Node) {
		name, ok := n.Text()
		if !ok {
			return
		}
		if *into, ok = expr.ParseType(name); !ok {
			n.Fail("%q is no type of a column%s: the types are %s", name, nearest.Hint(name, types), typeNames)
		}
	}}
}
