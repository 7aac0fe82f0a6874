package rollingsql

import (
	"fmt"
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

// sourceColumns are those of the source, with their types.
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
		w.text.Over(points.Schema)
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
	w.text.Over(w.Rows.Schema)
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
	switch w.Rows.typeOf(v.column) {
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
