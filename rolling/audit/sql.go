package audit

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling/panel"
	"github.com/intactdata/intact/rolling/panelsql"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// SQL makes the same rows. Windows are answered twice, as they are declared and as the
// rows may be read otherwise; the stored rows and the answers of their keys stand under
// one another, and each row takes those of its key over from them:
//
//	held      stored rows, answers, and the entities that are known
//	answered  what is known of the key, beside each row
//
// The rows that windows are over are read twice, and their entities once more.
func (d derivation) SQL(inputs []string) (quality.Query, error) {
	windows, err := d.windows()
	if err != nil {
		return quality.Query{}, err
	}
	w := &writing{derivation: d, windows: windows, text: googlesql.NewText(), inputs: inputs}
	if w.where, err = w.askedFor(); err != nil {
		return quality.Query{}, err
	}
	held, err := w.held()
	if err != nil {
		return quality.Query{}, err
	}
	return w.text.Query(
		"WITH held AS (", held, "),",
		"answered AS (", w.answered(), ")",
		w.classified())
}

// writing is a statement as it is written.
type writing struct {
	derivation
	*windows
	text   *googlesql.Text
	inputs []string // the tables as they stand behind FROM
	where  string   // which stored rows are asked for
}

// What a row of held is.
const (
	isStored = iota
	isStrict // the answer of a declared window
	isRead   // that of the rows as they are read otherwise
	isKnown  // an entity that rows or keys know, whose reading is 1 where holes of it can be seen
)

// branch is the columns of one kind of rows, by name. What it lacks is NULL.
type branch map[string]string

// columns are those of held, with their types.
func (w *writing) columns() expr.Schema {
	out := expr.Schema{{Name: "kind", Type: expr.Int64}, {Name: "reading", Type: expr.Int64}}
	add := func(name string, t expr.Type) { out = append(out, expr.Field{Name: name, Type: t}) }
	for i, own := range w.key() {
		add(part(i), w.typeOf(own))
	}
	for i := range w.Columns {
		add(numbered("stored", i), expr.Float64)
	}
	if w.changed {
		add("made", expr.Int64)
	}
	for i, name := range w.through {
		add(numbered("through", i), w.typeOf(name))
	}
	for i := range w.strict.named {
		add(numbered("strict", i), expr.Float64)
		add(numbered("reason", i), expr.String)
	}
	for i := range w.loose().named {
		add(numbered("loose", i), expr.Float64)
	}
	return out
}

func numbered(name string, i int) string { return fmt.Sprintf("%s%d", name, i) }

// part is a column of the key.
func part(i int) string { return numbered("key", i) }

func (w *writing) parts() []string {
	out := make([]string, len(w.key()))
	for i := range out {
		out[i] = part(i)
	}
	return out
}

// typeOf is the type of a column of the stored table.
func (w *writing) typeOf(name string) expr.Type {
	f, _ := w.schemas[0].Field(name)
	if f.Type == expr.Null {
		return expr.String
	}
	return f.Type
}

// loose are the windows that nothing refuses, of any reading.
func (w *writing) loose() *set { return &w.readings[panel.Present] }

func (w *writing) selected(b branch, from string, tail ...string) string {
	var columns []string
	for _, f := range w.columns() {
		x, ok := b[f.Name]
		if !ok {
			x = "CAST(NULL AS " + string(f.Type) + ")"
		}
		columns = append(columns, x+" AS "+f.Name)
	}
	return "SELECT " + strings.Join(columns, ", ") + "\nFROM " + strings.Join(append([]string{from}, tail...), "\n")
}

// held is stored rows, answers and known entities under one another.
func (w *writing) held() (string, error) {
	declared := w.declared()
	strict, err := w.strictAnswers(declared)
	if err != nil {
		return "", err
	}
	read, err := w.readAnswers()
	if err != nil {
		return "", err
	}
	known, err := w.known(declared)
	return strings.Join([]string{w.storedRows(), strict, read, known}, "\nUNION ALL\n"), err
}

func (w *writing) storedRows() string {
	w.text.Over(w.schemas[0])
	b := branch{"kind": fmt.Sprint(isStored)}
	for i, own := range w.key() {
		b[part(i)] = w.text.Column(own)
	}
	for i, c := range w.Columns {
		x := w.text.Column(c.Name)
		f, _ := w.schemas[0].Field(c.Name)
		switch f.Type {
		case expr.Float64:
			x = "IF(IS_NAN(" + x + ") OR IS_INF(" + x + "), NULL, " + x + ")"
		case expr.Null:
			x = "CAST(NULL AS FLOAT64)"
		default:
			x = "CAST(" + x + " AS FLOAT64)"
		}
		b[numbered("stored", i)] = x
	}
	if w.changed {
		b["made"] = w.instant(w.schemas[0], w.Made)
	}
	for i, name := range w.through {
		b[numbered("through", i)] = w.text.Column(name)
	}
	return w.selected(b, w.text.Rows(w.inputs[0]), "WHERE "+w.where)
}

// askedFor says which of the stored rows are asked for. What comes above can filter them
// by it again, but reads no partition less for it.
func (w *writing) askedFor() (string, error) {
	if w.asked.IsZero() {
		return "TRUE", nil
	}
	w.text.Over(w.schemas[0])
	bound, err := w.asked.BindPredicate(w.schemas[0])
	if err != nil {
		return "", err
	}
	return w.text.Predicate(bound), nil
}

// instant is a time as microseconds.
func (w *writing) instant(s expr.Schema, name string) string {
	f, _ := s.Field(name)
	x := w.text.Column(name)
	switch f.Type {
	case expr.Date:
		return fmt.Sprintf("UNIX_DATE(%s) * %d", x, dayMicros)
	case expr.DateTime:
		return "DATETIME_DIFF(" + x + ", DATETIME '1970-01-01 00:00:00', MICROSECOND)"
	case expr.Null:
		return "CAST(NULL AS INT64)"
	}
	return "UNIX_MICROS(" + x + ")"
}

// keyed says that a stored row is asked for, and no part of its key is NULL.
func (w *writing) keyed() string {
	w.text.Over(w.schemas[0])
	out := []string{"(" + w.where + ")"}
	for _, own := range w.key() {
		out = append(out, w.text.Column(own)+" IS NOT NULL")
	}
	return strings.Join(out, " AND ")
}

// declared is the query of the windows as they are declared. Its points are the stored rows,
// under the names that their key has among the rows.
func (w *writing) declared() *rollingsql.Query {
	from := panelsql.Tables{
		Rows:   panelsql.Table{Name: w.tables[1], Schema: w.schemas[1]},
		Points: panelsql.Table{Name: w.tables[0]},
	}
	for _, own := range w.key() {
		from.Points.Schema = append(from.Points.Schema, expr.Field{Name: w.From.there(own), Type: w.typeOf(own)})
	}
	if w.Stored.Expected != "" {
		from.Expected = panelsql.Table{Name: w.tables[2], Schema: w.schemas[2]}
	}
	q := panelsql.Query(w.spec(w.strict.named), from, w.now)
	q.From, q.To = w.from, w.to
	return q
}

// strictAnswers are the windows as they are declared.
func (w *writing) strictAnswers(q *rollingsql.Query) (string, error) {
	w.text.Over(w.schemas[0])
	var columns []string
	for _, own := range w.key() {
		columns = append(columns, w.text.Column(own)+" AS "+w.text.Name(w.From.there(own)))
	}
	points := "(SELECT " + strings.Join(columns, ", ") + " FROM " + w.text.Rows(w.inputs[0]) + " WHERE " + w.keyed() + ")"
	statement, err := q.In(w.text, append(w.inputs[1:len(w.inputs):len(w.inputs)], points))
	if err != nil {
		return "", err
	}
	w.text.Over(nil)
	b := branch{"kind": fmt.Sprint(isStrict)}
	for i, own := range w.key() {
		b[part(i)] = w.text.Column(w.From.there(own))
	}
	for i, s := range w.strict.named {
		b[numbered("strict", i)] = "CAST(" + w.text.Column(s.Name()) + " AS FLOAT64)"
		b[numbered("reason", i)] = w.text.Column(s.Name() + rollingsql.ReasonSuffix)
	}
	return w.selected(b, w.text.Rows("(\n"+statement.Text+"\n)")), nil
}

// known are the entities that rows, or the keys that were due, know of.
func (w *writing) known(of *rollingsql.Query) (string, error) {
	b := branch{"kind": fmt.Sprint(isKnown)}
	if of.Expected != nil {
		entities, err := of.Entities(w.text, w.inputs[1:])
		for i, name := range of.EntityColumns() {
			b[part(i)] = name
		}
		b["reading"] = "IF(" + rollingsql.SeenColumn + ", 1, 0)"
		return w.selected(b, w.text.Rows("(\n"+entities+"\n)")), err
	}
	w.text.Over(w.schemas[1])
	var group []string
	for i, name := range of.Rows.Entity {
		b[part(i)] = w.text.Column(name)
		group = append(group, b[part(i)])
	}
	return w.selected(b, w.text.Rows(w.inputs[1]), "GROUP BY "+strings.Join(group, ", ")), nil
}
