package suitefile

import (
	"regexp"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Source is a file that is read as a table, whose name is made of its path: relative to
// the suite's file, of which it is one of the tables.
func Source(name *string, into *[]Table) form.Form {
	f := form.Text(new(string))
	return form.Form{Schema: f.Schema, Read: func(n form.Node) {
		path, ok := n.Text()
		if !ok {
			return
		}
		local := Local{Path: n.File(), Sources: []string{path}}
		*name = "files." + notName.ReplaceAllString(local.Paths()[0], "_")
		*into = append(*into, Table{Table: quality.Table{Name: *name}, Local: local})
	}}
}

// Other is another table: a map that names it, or its file as source, and says more of
// it by further keys; or just the name of the file, where there is no more to say.
func Other(name *string, into *[]Table, more ...form.Key) form.Form {
	file := Source(name, into)
	keys := append([]form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(name)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: file},
	}, more...)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{file.Schema(), form.MapSchema(keys)}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				n.ReadKeys(keys).OneOf("table", "source")
				return
			}
			file.Read(n)
		},
	}
}

var notName = regexp.MustCompile(`[^\pL\pN]+`)

// Add declares tables that checks read of files of their own, each once.
func (f *File) Add(tables []Table) {
	for _, t := range tables {
		if !slices.ContainsFunc(f.Tables, func(known Table) bool { return known.Name == t.Name }) {
			f.Tables = append(f.Tables, t)
		}
	}
}
