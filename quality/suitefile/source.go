package suitefile

import (
	"regexp"
	"slices"

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

var notName = regexp.MustCompile(`[^\pL\pN]+`)

// Add declares tables that checks read of files of their own, each once.
func (f *File) Add(tables []Table) {
	for _, t := range tables {
		if !slices.ContainsFunc(f.Tables, func(known Table) bool { return known.Name == t.Name }) {
			f.Tables = append(f.Tables, t)
		}
	}
}
