package audit

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// What the rows as they are read otherwise are called, and their columns.
const (
	readingColumn = "intact_reading"
	countedColumn = "intact_counted"
	atColumn      = "intact_at"
	resetColumn   = "intact_reset"
)

func entityColumn(i int) string { return numbered("intact_entity_", i) }
func orderColumn(i int) string  { return numbered("intact_order_", i) }

// readAnswers are the windows over the rows as each reading takes them. A reading is a
// part of the entity, so that one query, which reads the rows once, answers all of them.
func (w *writing) readAnswers() (string, error) {
	w.text.Over(w.schemas[1])
	spec := w.spec(nil)
	keys := rollingsql.Keys{Entity: []string{readingColumn}, At: atColumn}
	schema := expr.Schema{{Name: readingColumn, Type: expr.Int64}}
	columns := []string{"reading AS " + readingColumn}
	add := func(x, name string, t expr.Type) {
		columns, schema = append(columns, x+" AS "+w.text.Name(name)), append(schema, expr.Field{Name: name, Type: t})
	}
	column := func(name, as string) error {
		f, err := w.schemas[1].Field(name)
		add(w.text.Column(name), as, f.Type)
		return err
	}
	for i, name := range spec.Entity {
		keys.Entity = append(keys.Entity, entityColumn(i))
		if err := column(name, entityColumn(i)); err != nil {
			return "", err
		}
	}
	if err := column(spec.At, atColumn); err != nil {
		return "", err
	}
	if spec.Reset != "" {
		keys.Reset = resetColumn
		if err := column(spec.Reset, resetColumn); err != nil {
			return "", err
		}
	}
	pointKeys, pointSchema := keys, schema[:len(schema):len(schema)]
	for i, name := range spec.Order {
		keys.Order = append(keys.Order, orderColumn(i))
		if err := column(name, orderColumn(i)); err != nil {
			return "", err
		}
	}
	if err := w.readValues(add); err != nil {
		return "", err
	}
	var readings []string
	for r := range w.readings {
		readings = append(readings, fmt.Sprint(r))
	}
	each := ", UNNEST([" + strings.Join(readings, ", ") + "]) AS reading"
	q := &rollingsql.Query{
		Rows:    rollingsql.Source{Table: w.tables[1], Schema: schema, Keys: keys},
		Points:  &rollingsql.Source{Table: w.tables[0], Schema: pointSchema, Keys: pointKeys},
		Counted: expr.Col(countedColumn), Specs: w.loose().named,
		Zone: spec.Zone, HistoryFrom: spec.HistoryFrom, Now: w.now, From: w.from, To: w.to, Partial: true,
	}
	rows := "(SELECT " + strings.Join(columns, ", ") + " FROM " + w.text.Rows(w.inputs[1]) + each + ")"
	w.text.Over(w.schemas[0])
	points := []string{"reading AS " + readingColumn}
	as := pointKeys.Entity[1:]
	as = append(as[:len(as):len(as)], atColumn, resetColumn)
	for i, own := range w.key() {
		points = append(points, w.text.Column(own)+" AS "+as[i])
	}
	asked := "(SELECT " + strings.Join(points, ", ") + " FROM " + w.text.Rows(w.inputs[0]) + each + " WHERE " + w.keyed() + ")"
	statement, err := q.In(w.text, []string{rows, asked})
	if err != nil {
		return "", err
	}
	w.text.Over(nil)
	b := branch{"kind": fmt.Sprint(isRead), "reading": w.text.Column(readingColumn)}
	for i := range w.key() {
		b[part(i)] = w.text.Column(as[i])
	}
	for i, s := range w.loose().named {
		b[numbered("loose", i)] = "CAST(" + w.text.Column(s.Name()) + " AS FLOAT64)"
	}
	return w.selected(b, w.text.Rows("(\n"+statement.Text+"\n)")), nil
}

// readValues adds what each reading takes the values for, as [panel.Reading] says.
func (w *writing) readValues(add func(x, name string, t expr.Type)) error {
	counted := "TRUE"
	if !w.Keys.Counted.IsZero() {
		e := w.Keys.Counted.At(w.now, w.clock())
		bound, err := e.BindPredicate(w.schemas[1])
		if err != nil {
			return fmt.Errorf("counted: %w", err)
		}
		counted = "COALESCE(" + w.text.Predicate(bound) + ", FALSE)"
	}
	add(fmt.Sprintf("IF(reading = %d, %s, TRUE)", panel.Present, counted), countedColumn, expr.Bool)
	seen := map[string]bool{}
	for _, s := range w.loose().named {
		for _, name := range []string{s.Statistic().Column(), s.Statistic().Per()} {
			if name == "" || seen[name] {
				continue
			}
			seen[name] = true
			if err := w.readValue(name, counted, add); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writing) readValue(name, counted string, add func(x, name string, t expr.Type)) error {
	f, err := w.schemas[1].Field(name)
	if err != nil {
		return err
	}
	x, usable := w.text.Column(name), ""
	switch {
	case w.changed && strings.EqualFold(name, w.Changed):
		add(w.instant(w.schemas[1], name), name, expr.Int64)
		return nil
	case f.Type == expr.Null:
		x, f.Type = "CAST(NULL AS FLOAT64)", expr.Float64
	case f.Type == expr.Bool:
		x, f.Type = "CAST("+x+" AS INT64)", expr.Int64
	case f.Type == expr.Float64:
		usable = " AND NOT IS_NAN(" + x + ") AND NOT IS_INF(" + x + ")"
	}
	add(fmt.Sprintf("CASE reading WHEN %d THEN %s WHEN %d THEN IF(%s AND %[2]s IS NOT NULL%[5]s, %[2]s, 0) ELSE IF(%[4]s, %[2]s, NULL) END",
		panel.Present, x, panel.Zeros, counted, usable), name, f.Type)
	return nil
}
