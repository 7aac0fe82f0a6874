package googlesql

import (
	"fmt"
	"math"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Select writes the query of all rows of a selection, with values as literals, to be
// run by hand: the columns that are shown of them, in their order, and of keys that
// occur more than once how often.
func (r Renderer) Select(s quality.Selection) (string, error) {
	w := r.writer()
	w.parameters.literal = true
	st := s.Statement
	from := w.source(st.Relation)
	w.names = from.names
	fold := st.Folds[0]
	segment, err := w.segment(fold.By, s.Segment, st.Schema)
	if err != nil {
		return "", err
	}
	_, values := fold.Term.First()
	repeated := st.Class == quality.Keyed
	where := filterOf(fold)
	if !repeated { // a key that is there once can occur elsewhere
		where = append(where, segment...)
	}
	var items, names []string
	for _, v := range values {
		c, ok := v.Node().(expr.ColumnExpr)
		if !ok {
			return "", fmt.Errorf("%s is no column", v)
		}
		name, err := QuoteName(c.Name)
		if err != nil {
			return "", err
		}
		items, names = append(items, w.column(c.Name)+" AS "+name), append(names, w.column(c.Name))
		if repeated {
			whole, err := v.IsNotNull().BindPredicate(st.Schema)
			if err != nil {
				return "", err
			}
			where = append(where, whole)
		}
	}
	tail := "ORDER BY " + strings.Join(names, ", ")
	if repeated {
		items = append(items, "COUNT(*) AS `times`")
		tail = "GROUP BY " + strings.Join(names, ", ") + "\nHAVING COUNT(*) > 1"
		if len(segment) > 0 {
			tail += " AND COUNTIF(" + w.joined(segment, " AND ") + ") > 0"
		}
		tail += "\nORDER BY " + strings.Join(names, ", ")
	}
	text := "SELECT\n  " + strings.Join(items, ",\n  ") + "\nFROM " + from.from + "\n"
	if len(where) > 0 {
		text += w.whereAny([]filter{where}) + "\n"
	}
	return w.query(text + tail).Text, w.err
}

// View writes the query of all rows of a selection as they are, in no order: its columns
// by names of their own.
func (r Renderer) View(s quality.Selection, names ...string) (string, error) {
	w := r.writer()
	w.parameters.literal = true
	st := s.Statement
	from := w.source(st.Relation)
	w.names = from.names
	_, values := st.Folds[0].Term.First()
	if len(values) != len(names) {
		return "", fmt.Errorf("%d columns have %d names", len(values), len(names))
	}
	items := make([]string, len(values))
	for i, v := range values {
		name, err := QuoteName(names[i])
		if err != nil {
			return "", err
		}
		items[i] = w.expr(v) + " AS " + name
	}
	text := "SELECT\n  " + strings.Join(items, ",\n  ") + "\nFROM " + from.from
	if where := filterOf(st.Folds[0]); len(where) > 0 {
		text += "\n" + w.whereAny([]filter{where})
	}
	return w.query(text).Text, w.err
}

// segment are the rows of a segment.
func (w *writer) segment(by []quality.Column, s quality.Segment, schema expr.Schema) (filter, error) {
	values := s.Values()
	if len(by) != len(values) {
		return nil, fmt.Errorf("the segment %s has %d values for %d columns", s, len(values), len(by))
	}
	var out filter
	for i, c := range by {
		e := c.Of.Eq(values[i])
		switch f, ok := values[i].Go().(float64); {
		case values[i].IsNull():
			e = c.Of.IsNull()
		case ok && math.IsNaN(f): // which equals nothing
			e = c.Of.Ne(c.Of)
		}
		e, err := e.BindPredicate(schema)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}
