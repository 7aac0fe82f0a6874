package googlesql

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// TableName is a table's name in its parts.
type TableName struct{ Project, Dataset, Table string }

// The grammars of a table's name; a project can have a domain before it
// (example.com:project).
// https://cloud.google.com/bigquery/docs/tables#table_naming
// https://cloud.google.com/bigquery/docs/datasets#dataset-naming
var (
	projectGrammar = regexp.MustCompile(`^([a-z0-9.-]+:)?[A-Za-z0-9][A-Za-z0-9-]*$`)
	datasetGrammar = regexp.MustCompile(`^[\pL\pM\pN_]+$`)
	tableGrammar   = regexp.MustCompile(`^[\pL\pM\pN\p{Pc}\p{Pd} ]+\*?$`)
)

// Table is the table that suites call by a name.
func (r Renderer) Table(name string) (TableName, error) {
	if other, ok := r.Tables[name]; ok {
		name = other
	}
	return parseTable(name, r.Project, r.AnyProject)
}

// parseTable reads [project.]dataset.table.
func parseTable(name, defaultProject string, anyProject bool) (TableName, error) {
	t := TableName{Project: defaultProject}
	rest, table, ok := cutLast(name)
	if !ok {
		return t, fmt.Errorf("table %q has no dataset: write [project.]dataset.table", name)
	}
	t.Table, t.Dataset = table, rest
	if project, dataset, ok := cutLast(rest); ok {
		t.Project, t.Dataset = project, dataset
	}
	switch {
	case t.Project == "" && !anyProject:
		return t, fmt.Errorf("table %q has no project, and the client has none either: write project.dataset.table", name)
	case t.Project != "" && !projectGrammar.MatchString(t.Project):
		return t, fmt.Errorf("table %q: %q is no project", name, t.Project)
	case !datasetGrammar.MatchString(t.Dataset):
		return t, fmt.Errorf("table %q: %q is no dataset", name, t.Dataset)
	case !tableGrammar.MatchString(t.Table) || len(t.Table) > 1024:
		return t, fmt.Errorf("table %q: %q is no table", name, t.Table)
	}
	return t, nil
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// Shards are the tables whose names begin with a prefix, where the name is one of all
// of them, events_*.
// https://cloud.google.com/bigquery/docs/querying-wildcard-tables
func (t TableName) Shards() (prefix string, ok bool) { return strings.CutSuffix(t.Table, "*") }

// SQL is the name as it stands behind FROM. The grammars leave nothing in it
// that would end a quoted identifier. A name of shards is documented in one pair of
// quotes only, and the emulator finds other suffixes where each part has its own.
func (t TableName) SQL() string {
	if t.Project == "" {
		return "`" + t.Dataset + "`.`" + t.Table + "`"
	}
	if _, shards := t.Shards(); shards {
		return "`" + t.Project + "." + t.Dataset + "." + t.Table + "`"
	}
	return "`" + t.Project + "`.`" + t.Dataset + "`.`" + t.Table + "`"
}

// NamedIn reports whether the text of an error names the table, which the name
// of another one can begin with.
func (t TableName) NamedIn(text string) bool {
	name := "Table " + t.Project + ":" + t.Dataset + "." + t.Table
	for {
		_, after, found := strings.Cut(text, name)
		if !found {
			return false
		}
		next, _ := utf8.DecodeRuneInString(after)
		if after == "" || !tableGrammar.MatchString(string(next)) || next == ' ' {
			return true
		}
		text = after
	}
}
