package rollingsql

import (
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// selection is a SELECT.
type selection struct {
	columns []string
	from    string
	where   []string
	group   []string
	having  string
}

func (s selection) sql() string {
	out := "SELECT " + strings.Join(s.columns, ",\n       ") + "\nFROM " + s.from
	if len(s.where) > 0 {
		out += "\nWHERE " + strings.Join(s.where, "\n  AND ")
	}
	if len(s.group) > 0 {
		out += "\nGROUP BY " + list(s.group...)
	}
	if s.having != "" {
		out += "\nHAVING " + s.having
	}
	return out
}

func as(expression, name string) string {
	if expression == name {
		return name
	}
	return expression + " AS " + name
}

func null(t expr.Type) string { return "CAST(NULL AS " + string(t) + ")" }
