package harness

import (
	"maps"
	"reflect"
	"strings"

	"github.com/intactdata/intact/harness/internal/redacted"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
)

// Declared are the tables whose files a suite itself names, read as it says, with its
// types, formats and redacted columns: what the command reads. The suite is one that
// [suitefile.Reader] has loaded by its path, which they are relative to.
func Declared(of suitefile.File) []Fixture {
	tables := []suitefile.Table{{Table: quality.Table{Name: of.Suite.Table}, Local: of.Local}}
	for _, t := range of.Tables {
		if t.Name == of.Suite.Table {
			tables[0].Local, tables[0].Redact = together(of.Local, t.Local), t.Redact
		} else {
			tables = append(tables, t)
		}
	}
	var out []Fixture
	for _, t := range tables {
		if len(t.Sources) > 0 {
			out = append(out, declared(t))
		}
	}
	return out
}

// together is what a suite and a declaration say of one table, who do not contradict
// each other.
func together(suite, declaration suitefile.Local) suitefile.Local {
	out := suite
	if len(out.Sources) == 0 {
		out.Path, out.Sources = declaration.Path, declaration.Sources
	}
	if reflect.DeepEqual(out.Dialect, dialect.Dialect{}) {
		out.Dialect = declaration.Dialect
	}
	out.Columns = map[string]expr.Type{}
	maps.Copy(out.Columns, declaration.Columns)
	for name, typ := range suite.Columns { // whichever way it is spelt
		maps.DeleteFunc(out.Columns, func(other string, _ expr.Type) bool { return strings.EqualFold(name, other) })
		out.Columns[name] = typ
	}
	return out
}

func declared(t suitefile.Table) Fixture {
	return Fixture{t.Name, func(func() string) (expr.Source, error) {
		src, err := open(t.Paths(), files.Options{Types: t.Columns, Dialect: t.Dialect})
		if err != nil {
			return nil, err
		}
		return redacted.Source(src, t.Redact), nil
	}}
}
