package enginetest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Table is a table that the engine under test must hold. Values are of their
// column's type, or NULL; those of a STRUCT or an ARRAY are JSON, as a STRING.
type Table struct {
	Name   string
	Schema expr.Schema
	Rows   [][]expr.Value
}

// read takes the lines of a section: the columns' names, their types, the rows.
func (t *Table) read(s section) error {
	var names []cell
	err := s.lines(func(text string) error {
		cells, err := parseCells(text)
		switch {
		case err != nil:
			return err
		case names == nil:
			names = cells
			return nil
		case len(cells) != len(names):
			return fmt.Errorf("%d cells for %d columns", len(cells), len(names))
		case t.Schema == nil:
			return t.types(names, cells)
		}
		return t.add(cells)
	})
	if err == nil && t.Schema == nil {
		err = errors.New("there are no two lines, of the columns' names and of their types")
	}
	return err
}

func (t *Table) types(names, types []cell) error {
	for i, c := range types {
		f := expr.Field{Name: names[i].text, Type: expr.Null}
		if !c.null {
			var err error
			if f, err = expr.ParseStoredField(f.Name, c.text); err != nil {
				return err
			}
		}
		t.Schema = append(t.Schema, f)
	}
	return nil
}

func (t *Table) add(cells []cell) error {
	row := make([]expr.Value, len(cells))
	for i, c := range cells {
		if c.null {
			continue
		}
		v, err := parseCell(t.Schema[i], c.text)
		if err != nil {
			return fmt.Errorf("column %s: %w", t.Schema[i].Name, err)
		}
		row[i] = v
	}
	t.Rows = append(t.Rows, row)
	return nil
}

// cell is a word of a line, or a text in double quotes or back-quotes; the bare word null
// is NULL.
type cell struct {
	text string
	null bool
}

func parseCells(line string) ([]cell, error) {
	var out []cell
	for line = strings.TrimLeft(line, " "); line != ""; line = strings.TrimLeft(line, " ") {
		if line[0] != '"' && line[0] != '`' {
			word, rest, _ := strings.Cut(line, " ")
			out, line = append(out, cell{word, word == "null"}), rest
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return nil, fmt.Errorf("a text in quotes does not end, or is none of Go: %s", line)
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, err
		}
		out, line = append(out, cell{text: text}), line[len(quoted):]
	}
	return out, nil
}

// row types Go values by a table's columns, and texts by parsing them. The
// tables of this package are constants, so a mistake in one panics.
func (t *Table) row(values ...any) {
	if len(values) != len(t.Schema) {
		panic(fmt.Sprintf("table %s: %d values for %d columns", t.Name, len(values), len(t.Schema)))
	}
	out := make([]expr.Value, len(values))
	for i, x := range values {
		v, err := typed(t.Schema[i].Type, x)
		if err != nil {
			panic(fmt.Sprintf("table %s, column %s: %v", t.Name, t.Schema[i].Name, err))
		}
		out[i] = v
	}
	t.Rows = append(t.Rows, out)
}

func typed(t expr.Type, x any) (expr.Value, error) {
	if text, ok := x.(string); ok && t != expr.String && t.Computable() {
		return expr.ParseValue(t, text)
	}
	v, err := expr.ValueOf(x)
	if err == nil && !v.IsNull() && v.Type() != t && t.Computable() {
		err = fmt.Errorf("%s is no %s", v.SQL(), t)
	}
	return v, err
}

func mustValue(x any) expr.Value {
	v, err := expr.ValueOf(x)
	if err != nil {
		panic(err)
	}
	return v
}
