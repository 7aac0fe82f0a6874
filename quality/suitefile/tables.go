package suitefile

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Local is where a table's local rows are, and how they are read.
type Local struct {
	// Path is the file that says so: Sources are relative to it.
	Path string
	// Sources are files or globs, as written.
	Sources []string
	// Columns declares types of columns of the rows; the others are inferred.
	Columns map[string]expr.Type
	// Dialect is how the files are written.
	Dialect dialect.Dialect
}

// Paths are the sources as they are found from where Path is.
func (l Local) Paths() []string {
	var out []string
	for _, s := range l.Sources {
		out = append(out, besides(l.Path, s))
	}
	return out
}

// keys are those of local rows, beside a suite or a table.
func (l *Local) keys() []form.Key {
	return append([]form.Key{
		{Name: "source", Doc: "Local rows of the table: a file, a glob or a list of them, relative to this file.", Form: form.Texts(&l.Sources)},
		{Name: "columns", Doc: "Types of columns of the local rows; the others are inferred.", Form: columns(&l.Columns, &l.Dialect.Times)},
	}, DialectKeys(&l.Dialect)...)
}

// Table is a table as a file declares it, once for all checks that read it.
type Table struct {
	quality.Table
	Local
	// Made is what the table says of how it is made, by key: package lineage reads it.
	Made map[string]form.Node
	// Place is where its declaration stands: tables.yaml:4:3.
	Place  string
	keysAt map[string]string // where its keys stand, for contradictions
}

// MadeKeys say how a table is made.
var MadeKeys = []string{"from", "expected", "build", "suites"}

// keysMade keep what is said of how the table is made.
func (t *Table) keysMade() []form.Key {
	var out []form.Key
	for _, name := range MadeKeys {
		out = append(out, form.Key{Name: name, Doc: "How the table is made, for the commands lineage, ready and blast.", Form: form.Form{
			Schema: func() *jsonschema.Schema { return &jsonschema.Schema{} },
			Read:   func(n form.Node) { t.Made[name] = n },
		}})
	}
	return out
}

// tableForm reads one table of the registry.
func tableForm(file, name string, done func(Table)) form.Form {
	t := Table{Table: quality.Table{Name: name}, Local: Local{Path: file}, Made: map[string]form.Node{}, keysAt: map[string]string{}}
	keys := append([]form.Key{
		{Name: "date", Doc: "The table's date column.", Form: form.Text(&t.Date)},
		{Name: "zone", Doc: "The time zone whose calendar the dates are of. Defaults to the suite's.", Form: form.Text(&t.Zone)},
		{Name: "key", Doc: "What there is one row of: a column, or a list of them.", Form: form.Texts(&t.Key)},
		{Name: "redact", Doc: "Columns whose values are not to be printed: nothing is grouped by them, and no row at fault shows them.", Form: form.Texts(&t.Redact)},
	}, slices.Concat(t.Local.keys(), t.keysMade())...)
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			t.Place = n.Place()
			found := n.ReadKeys(keys)
			for _, k := range keys {
				t.keysAt[k.Name] = found.At(k.Name).Place()
			}
			if err := t.Dialect.Check(); err != nil && n.Mistakes() == before {
				n.Fail("%w", err)
			}
			if err := t.Table.Validate(); err != nil {
				n.Fail("table %s: %w", name, err)
			}
			if n.Mistakes() == before {
				done(t)
			}
		},
	}
}

// registryForm reads tables by name.
func registryForm(file string, into *[]Table) form.Form {
	return form.Dict(func(name string) form.Form {
		return tableForm(file, name, func(t Table) { *into = append(*into, t) })
	})
}

// tablesForm reads the registry where it stands, or of the file that is named.
func (r Reader) tablesForm(file string, into *[]Table) form.Form {
	here := registryForm(file, into)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Pattern: `\S`}, here.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				here.Read(n)
				return
			}
			name, ok := n.Text()
			if !ok {
				return
			}
			tables, err := r.ReadTables(besides(file, name))
			for _, e := range apart(err) {
				n.Fail("%w", e)
			}
			*into = tables
		},
	}
}

// ReadTables reads a file of tables.
func (r Reader) ReadTables(name string) ([]Table, error) {
	if r.ReadFile == nil {
		return nil, fmt.Errorf("%s is a file of its own, and only Load reads files", name)
	}
	data, err := r.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("tables %s cannot be read: %w", name, err)
	}
	return parseTables(name, data)
}

// parseTables reads the content of a file of tables.
func parseTables(name string, data []byte) ([]Table, error) {
	var out []Table
	documents := 0
	err := form.Read("tables", name, data, func() form.Form {
		one := registryForm(name, &out)
		return form.Form{Schema: one.Schema, Read: func(n form.Node) {
			if documents++; documents > 1 {
				n.Fail("a file of tables is one document")
				return
			}
			one.Read(n)
		}}
	})
	return out, err
}

// besides is the path of a file that another one names.
func besides(file, name string) string {
	file, name = filepath.ToSlash(file), filepath.ToSlash(name)
	if path.IsAbs(name) || filepath.IsAbs(name) {
		return name
	}
	return path.Join(path.Dir(file), name)
}

// TablesSchema is the JSON Schema of a file of tables, and of the key tables of a
// suite.
func TablesSchema() *jsonschema.Schema {
	s := registryForm("", new([]Table)).Schema()
	s.Schema = draft
	s.Title = "Tables that checks read, by name"
	return s
}

// apart takes joined errors apart.
func apart(err error) []error {
	var joined interface{ Unwrap() []error }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &joined):
		return joined.Unwrap()
	}
	return []error{err}
}

// Settle puts together what a suite and the registry say of the suite's own table.
// Where they contradict each other it is a mistake, told with both places; those of
// the keys that are named are told. Of tables that could not be read nothing follows.
func (f *File) Settle(found form.Found) (told []string) {
	if found.Failed("tables") {
		return []string{"date", "zone"}
	}
	at := slices.IndexFunc(f.Tables, func(t Table) bool { return t.Name == f.Suite.Table })
	for _, t := range f.Tables {
		f.Suite.Tables = append(f.Suite.Tables, t.Table)
	}
	if at < 0 {
		return nil
	}
	own := f.Tables[at]
	contradict := func(key, here, there string, same bool) {
		if here != "" && there != "" && !same {
			told = append(told, key)
			found.At(key).Fail("%s: %s is said here, and at %s it is %s: leave one out", key, here, own.keysAt[key], there)
		}
	}
	contradict("date", f.Suite.Date, own.Date, strings.EqualFold(f.Suite.Date, own.Date))
	contradict("zone", f.Suite.Zone, own.Zone, f.Suite.Zone == own.Zone)
	here, there := f.Paths(), own.Paths()
	contradict("source", strings.Join(here, ", "), strings.Join(there, ", "), slices.Equal(here, there))
	for _, column := range slices.Sorted(maps.Keys(f.Columns)) {
		for name, typ := range own.Columns {
			if strings.EqualFold(name, column) {
				contradict("columns", fmt.Sprintf("%s %s", column, f.Columns[column]), fmt.Sprintf("%s %s", name, typ), f.Columns[column] == typ)
			}
		}
	}
	return told
}
