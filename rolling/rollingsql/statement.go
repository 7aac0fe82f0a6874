package rollingsql

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// A Statement is one SELECT that answers a query: a row for each point, with its
// entity, time and reset under the names of the rows' columns, and for each window
//
//	NAME           its value, or NULL where it is refused
//	NAME_reason    whole, or why it is refused, as [rolling.Reason] writes it
//	NAME_observed  the number of usable places
//	NAME_expected  the number of places that should be there, NULL where nothing was expected
//	NAME_oldest    the time of the oldest place, NULL where there is none
//	NAME_newest    that of the newest
type Statement struct {
	quality.Query
	// Schema is that of the rows.
	Schema expr.Schema
	// Stages are the common table expressions, in their order.
	Stages []Stage
	answer string
}

// A Stage is a common table expression of a statement.
type Stage struct{ Name, SQL string }

// Select writes the query over tables as a renderer names them.
func (q *Query) Select(r googlesql.Renderer) (*Statement, error) {
	tables, err := q.tables(r)
	if err != nil {
		return nil, err
	}
	return q.Over(tables)
}

// Over writes the query over tables as they stand behind FROM, without an alias: the
// rows, then the expected keys and the points, if there are any.
func (q *Query) Over(tables []string) (*Statement, error) {
	return q.In(googlesql.NewText(), tables)
}

// In is Over as a part of a text that has more: what is written of it has its values.
func (q *Query) In(text *googlesql.Text, tables []string) (*Statement, error) {
	return q.write(text, tables)
}

// tables are those of a statement by itself, whose result is a table, too.
func (q *Query) tables(r googlesql.Renderer) ([]string, error) {
	if err := q.checkResult(); err != nil {
		return nil, err
	}
	var out []string
	for _, s := range q.sources() {
		t, err := r.Table(s.Table)
		if err != nil {
			return nil, err
		}
		out = append(out, t.SQL())
	}
	return out, nil
}

func (q *Query) write(text *googlesql.Text, tables []string) (*Statement, error) {
	w, err := q.writing(text, tables)
	if err != nil {
		return nil, err
	}
	w.grouped = w.days != nil || len(w.items) > 1
	w.findFacts()
	if err := w.source(); err != nil {
		return nil, err
	}
	w.keyed()
	if w.resets() {
		w.spread()
	}
	w.judged()
	w.ranked()
	if w.last != nil {
		w.framed()
	}
	if w.days != nil {
		w.reached()
	}
	if w.grouped {
		w.answered()
	}
	w.valued()
	if !q.Partial {
		w.reasoned()
	}
	out := &Statement{Stages: w.stages, Schema: w.schema(), answer: w.answer()}
	out.Query, err = text.Query(out.with(out.answer))
	return out, err
}

// with is a query over the stages.
func (s *Statement) with(query string) string {
	ctes := make([]string, len(s.Stages))
	for i, stage := range s.Stages {
		ctes[i] = stage.Name + " AS (\n" + stage.SQL + "\n)"
	}
	return "WITH " + strings.Join(ctes, ",\n") + "\n" + query
}

// answer selects the columns of the result.
func (w *writing) answer() string {
	t := "t"
	if w.grouped {
		t = "point_t"
	}
	var columns []string
	add := func(x, name string) { columns = append(columns, x+" AS "+w.text.Name(name)) }
	for i, name := range w.Rows.Entity {
		add(w.entity[i], name)
	}
	add(w.time(t), w.Rows.At)
	if w.resets() {
		add("r", w.Rows.Reset)
	}
	for _, o := range w.windows {
		f, value, reason := &o.facts, o.column("value"), o.column("reason")
		if w.Partial {
			add(value, o.Name())
			continue
		}
		expected := null(expr.Int64)
		if w.expects() {
			expected = f.expected
			if o.Window().Days() > 0 {
				expected = w.unlessLost(expected, "0")
			}
		}
		for i, x := range []string{
			"IF(" + reason + " = 'whole', " + value + ", NULL)", reason,
			w.unlessLost(f.observed, "0"), expected,
			w.time(w.unlessLost(f.oldest, "NULL")), w.time(w.unlessLost(f.newest, "NULL")),
		} {
			add(x, o.names()[i])
		}
	}
	return selection{columns: columns, from: w.before()}.sql()
}

func (w *writing) schema() expr.Schema {
	var out expr.Schema
	add := func(name string, t expr.Type) { out = append(out, expr.Field{Name: name, Type: t}) }
	for _, name := range w.keys() {
		add(name, w.Rows.typeOf(name))
	}
	for _, o := range w.windows {
		if w.Partial {
			add(o.Name(), o.result)
			continue
		}
		for i, t := range []expr.Type{o.result, expr.String, expr.Int64, expr.Int64, w.unit(), w.unit()} {
			add(o.names()[i], t)
		}
	}
	return out
}

// CountRows counts the rows of each stage, in their order, by one statement: what the shape
// of a query costs on tables of one's own.
func (s *Statement) CountRows() quality.Query {
	counts := make([]string, len(s.Stages))
	for i, stage := range s.Stages {
		counts[i] = fmt.Sprintf("SELECT %d AS stage, '%s' AS name, COUNT(*) AS rows_made FROM %s", i, stage.Name, stage.Name)
	}
	return quality.Query{Text: s.with(strings.Join(counts, "\nUNION ALL\n") + "\nORDER BY stage"), Parameters: s.Parameters}
}
