package rollingsql

import (
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// expected is the expected keys, or the games of teams.
func (w *writing) expected() (string, error) {
	x, excused := w.Expected, "FALSE"
	w.text.Over(x.Schema)
	if !x.Where.IsZero() {
		owed, err := w.predicate("expected keys", x.Where, x.Schema)
		if err != nil {
			return "", err
		}
		excused = "NOT COALESCE(" + owed + ", TRUE)"
	}
	kind := isExpected
	if w.byTeam() {
		kind = isGame
	}
	from, owner := w.owners()
	b := w.keyOf("expected keys", &x.Source, owner, kind, true)
	b["excused"], b["due"] = excused, w.due()
	where := w.bounds(x.At)
	if excused != "FALSE" {
		// What owes no row needs no key, as a fixture whose date is not known yet.
		lacks := strings.Join(w.nulls(&x.Source, owner, true), " OR ")
		where = append(where, "NOT ("+excused+" AND ("+lacks+"))")
	}
	return selection{columns: w.columnsOf(b), from: from, where: where}.sql(), nil
}

// owners is the table of expected keys as it stands behind FROM, and the entity of a
// key. An UNNEST makes several keys of a row, so that the table is read once.
func (w *writing) owners() (from string, owner []string) {
	x := w.Expected
	from, owner = w.text.Rows(w.tables[1]), w.quoted(x.Entity)
	if len(x.Also) == 0 {
		return from, owner
	}
	names := numbered("e", len(owner))
	fields := make([]string, len(owner))
	for i, column := range owner {
		fields[i] = as(column, names[i])
	}
	structs := []string{"STRUCT(" + list(fields...) + ")"}
	for _, columns := range x.Also {
		structs = append(structs, "STRUCT("+list(w.quoted(columns)...)+")")
	}
	return from + ", UNNEST([" + list(structs...) + "]) AS owner", numbered("owner.e", len(owner))
}

func (w *writing) quoted(columns []string) []string {
	out := make([]string, len(columns))
	for i, name := range columns {
		out[i] = w.text.Column(name)
	}
	return out
}

// due is when a key is due as a number, days of a DATE and microseconds of a TIMESTAMP.
func (w *writing) due() string {
	if w.Expected.Due == "" {
		return "0"
	}
	x := w.text.Column(w.Expected.Due)
	if w.Expected.typeOf(w.Expected.Due) == expr.Date {
		return "COALESCE(UNIX_DATE(" + x + "), 0)"
	}
	return "COALESCE(UNIX_MICROS(" + x + "), 0)"
}
