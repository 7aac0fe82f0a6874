package bq

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality"
)

// tableName is a table's name in its parts.
type tableName struct{ project, dataset, table string }

// The grammars of a table's name; a project can have a domain before it
// (example.com:project).
// https://cloud.google.com/bigquery/docs/tables#table_naming
// https://cloud.google.com/bigquery/docs/datasets#dataset-naming
var (
	projectGrammar = regexp.MustCompile(`^([a-z0-9.-]+:)?[A-Za-z0-9][A-Za-z0-9-]*$`)
	datasetGrammar = regexp.MustCompile(`^[\pL\pM\pN_]+$`)
	tableGrammar   = regexp.MustCompile(`^[\pL\pM\pN\p{Pc}\p{Pd} ]+$`)
)

// table is the table that a relation's rows are in.
func (r Renderer) table(rel quality.Relation) (tableName, error) {
	name := rel.Table()
	if other, ok := r.Tables[name]; ok {
		name = other
	}
	return parseTable(name, r.Project)
}

// parseTable reads [project.]dataset.table.
func parseTable(name, defaultProject string) (tableName, error) {
	t := tableName{project: defaultProject}
	rest, table, ok := cutLast(name)
	if !ok {
		return t, fmt.Errorf("table %q has no dataset: write [project.]dataset.table", name)
	}
	t.table, t.dataset = table, rest
	if project, dataset, ok := cutLast(rest); ok {
		t.project, t.dataset = project, dataset
	}
	switch {
	case t.project == "":
		return t, fmt.Errorf("table %q has no project, and the client has none either: write project.dataset.table", name)
	case !projectGrammar.MatchString(t.project):
		return t, fmt.Errorf("table %q: %q is no project", name, t.project)
	case !datasetGrammar.MatchString(t.dataset):
		return t, fmt.Errorf("table %q: %q is no dataset", name, t.dataset)
	case !tableGrammar.MatchString(t.table) || len(t.table) > 1024:
		return t, fmt.Errorf("table %q: %q is no table", name, t.table)
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

// sql is the name as it stands behind FROM. The grammars leave nothing in it
// that would end a quoted identifier.
func (t tableName) sql() string {
	return "`" + t.project + "`.`" + t.dataset + "`.`" + t.table + "`"
}
