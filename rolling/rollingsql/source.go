package rollingsql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// What a row of the source is.
const (
	isRow = iota
	isExpected
	isPoint
	isStart // of the history before the bounds on dates
	isGame  // of a team
)

// branch is the columns of one kind of rows of the source, by name. What it lacks is
// NULL.
type branch map[string]string

// columns are those of the source, with their types.
func (w *writing) sourceColumns() expr.Schema {
	out := expr.Schema{{Name: "kind", Type: expr.Int64}, {Name: "asked", Type: expr.Bool}}
	for i, name := range w.entity {
		out = append(out, expr.Field{Name: name, Type: w.Rows.typeOf(w.Rows.Entity[i])})
	}
	for _, name := range w.times() {
		out = append(out, expr.Field{Name: name, Type: expr.Int64})
	}
	for i, name := range w.order {
		out = append(out, expr.Field{Name: "own_" + name, Type: w.Rows.typeOf(w.Rows.Order[i])})
	}
	if w.resets() {
		out = append(out, expr.Field{Name: "own_r", Type: w.Rows.typeOf(w.Rows.Reset)})
	}
	out = append(out, expr.Field{Name: "counted", Type: expr.Bool})
	if w.expects() {
		out = append(out, expr.Field{Name: "excused", Type: expr.Bool}, expr.Field{Name: "due", Type: expr.Int64})
	}
	switch {
	case !w.byTeam():
	case !w.told:
		out = append(out, expr.Field{Name: "team", Type: w.Rows.typeOf(w.Expected.Team)})
	default:
		out = append(out, expr.Field{Name: "scheduled", Type: expr.Bool})
		if w.resets() {
			out = append(out, expr.Field{Name: "game_r", Type: w.Rows.typeOf(w.Rows.Reset)})
		}
	}
	for _, v := range w.values {
		out = append(out, expr.Field{Name: v.name, Type: v.typ})
	}
	return out
}

func (w *writing) columnsOf(b branch) []string {
	var out []string
	for _, f := range w.sourceColumns() {
		x, ok := b[f.Name]
		if !ok {
			x = null(f.Type)
		}
		out = append(out, as(x, f.Name))
	}
	return out
}

// source is rows, expected keys and points under one another.
func (w *writing) source() error {
	rows, err := w.rows()
	if err != nil {
		return err
	}
	parts := []string{rows}
	if w.expects() {
		expected, err := w.expected()
		if err != nil {
			return err
		}
		parts = append(parts, expected)
	}
	if w.byTeam() {
		parts = w.expectByTeam(parts)
	}
	if w.Points != nil {
		points := *w.Points
		points.Order = nil // a window is as of a time
		b := w.key("points", &points, isPoint, true)
		b["asked"] = "TRUE"
		from := w.text.Rows(w.tables[len(w.tables)-1])
		parts = append(parts, selection{columns: w.columnsOf(b), from: from, where: w.asked(points.At)}.sql())
	}
	parts = append(parts, w.starts()...)
	w.stages = append(w.stages, Stage{"source", strings.Join(parts, "\nUNION ALL\n")})
	return nil
}

func (w *writing) rows() (string, error) {
	b := w.key("rows", &w.Rows, isRow, false)
	b["counted"] = "TRUE"
	if !w.Counted.IsZero() {
		counted, err := w.predicate("counted", w.Counted, w.Rows.Schema)
		if err != nil {
			return "", err
		}
		b["counted"] = counted
	}
	b["asked"] = "FALSE"
	if w.Points == nil {
		b["asked"] = strings.Join(append(w.asked(w.Rows.At), "TRUE"), " AND ")
	}
	if w.byTeam() {
		b["team"] = w.text.Column(w.Expected.Team)
	}
	for _, v := range w.values {
		b[v.name] = w.value(v)
	}
	return selection{columns: w.columnsOf(b), from: w.text.Rows(w.tables[0]), where: w.bounds(w.Rows.At)}.sql(), nil
}

func (w *writing) value(v *value) string {
	x := w.text.Column(v.column)
	f, _ := w.Rows.Schema.Field(v.column)
	switch f.Type {
	case expr.Null:
		return null(v.typ)
	case expr.Bool:
		return "CAST(" + x + " AS INT64)"
	case expr.Float64:
		return "IF(IS_NAN(" + x + ") OR IS_INF(" + x + "), NULL, " + x + ")"
	}
	return x
}

func (w *writing) predicate(setting string, e expr.Expr, s expr.Schema) (string, error) {
	if !w.Now.IsZero() {
		e = e.At(w.Now, w.clock())
	}
	bound, err := e.BindPredicate(s)
	if err != nil {
		return "", fmt.Errorf("%s: %w", setting, err)
	}
	return w.text.Predicate(bound), nil
}

// expected is the expected keys, or the games of teams.
func (w *writing) expected() (string, error) {
	x, excused := w.Expected, "FALSE"
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

// key is the key columns of a source.
func (w *writing) key(what string, s *Source, kind int, reset bool) branch {
	return w.keyOf(what, s, w.quoted(s.Entity), kind, reset)
}

// keyOf is key with the entity as expressions. A key that lacks a part is an error of
// the statement, for it is not known what would be left out with it; reset says that
// the reset is such a part.
func (w *writing) keyOf(what string, s *Source, entity []string, kind int, reset bool) branch {
	b := branch{"kind": fmt.Sprint(kind)}
	owner := w.entity
	if kind == isGame {
		owner = []string{"team"}
	}
	for i, name := range owner {
		b[name] = entity[i]
	}
	at := w.text.Column(s.At)
	message := w.text.Value(fmt.Sprintf("%s: a row of %s lacks a part of its key (%s): fill it in, or leave the row out", what, s.Table, list(s.parts(reset)...)))
	b["t"] = "IF(" + strings.Join(w.nulls(s, entity, reset), " OR ") + ", ERROR(" + message + "), " + w.instant(at) + ")"
	if w.unit() != expr.Date {
		b["b"] = w.day(at)
	}
	for i, column := range s.Order {
		b["own_"+w.order[i]] = w.text.Column(column)
	}
	if w.resets() {
		b["own_r"] = w.text.Column(s.Reset)
	}
	return b
}

// parts are the columns that a key can not do without.
func (s *Source) parts(reset bool) []string {
	out := append(slices.Clone(s.Entity), s.At)
	out = append(out, s.Order...)
	if reset && s.Reset != "" {
		out = append(out, s.Reset)
	}
	return out
}

// nulls are the conditions on which a key lacks a part.
func (w *writing) nulls(s *Source, entity []string, reset bool) []string {
	var out []string
	for _, x := range entity {
		out = append(out, x+" IS NULL")
	}
	for _, column := range s.parts(reset)[len(s.Entity):] {
		x := w.text.Column(column)
		out = append(out, x+" IS NULL")
		if f, _ := s.Schema.Field(column); f.Type == expr.Float64 {
			out = append(out, "IS_NAN("+x+")")
		}
	}
	if s == &w.Rows && w.byTeam() {
		out = append(out, w.text.Column(w.Expected.Team)+" IS NULL")
	}
	return out
}
