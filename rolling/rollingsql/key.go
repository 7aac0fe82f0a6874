package rollingsql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

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
		if s.typeOf(column) == expr.Float64 {
			out = append(out, "IS_NAN("+x+")")
		}
	}
	if s == &w.Rows && w.byTeam() {
		out = append(out, w.text.Column(w.Expected.Team)+" IS NULL")
	}
	return out
}
