package rollingsql

import (
	"fmt"
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// The columns of what the last statement of a script selects: how many answers of each
// window have which reason; and of what [Query.Due] selects, in rows without a window: how
// many of the keys that were due are listed, owe a row, and have one.
const (
	TallyWindow  = "window_name"
	TallyReason  = "reason"
	TallyWindows = "windows"

	TallyListed = "listed"
	TallyOwing  = "owing"
	TallyMet    = "met"
)

// tally writes that statement, over answers.
func (q *Query) tally(text *googlesql.Text) func(answers string) string {
	windows := make([]string, len(q.Specs))
	for i, spec := range q.Specs {
		windows[i] = "STRUCT(" + text.Value(spec.Name()) + " AS " + TallyWindow + ", " + text.Name(spec.Name()+ReasonSuffix) + " AS " + TallyReason + ")"
	}
	return func(answers string) string {
		group := []string{"answer." + TallyWindow, "answer." + TallyReason}
		return selection{
			columns: append(slices.Clip(group), "COUNT(*) AS "+TallyWindows),
			from:    answers + ", UNNEST([" + list(windows...) + "]) AS answer",
			group:   group,
		}.sql()
	}
}

// Due writes the SELECT that counts the keys that were due. A list that knows none of the
// rows finds nothing missing, so this is asked before answers are written. It is zero where
// no keys were due.
func (q *Query) Due(r googlesql.Renderer) (quality.Query, error) {
	tables, err := q.tables(r)
	if err != nil || !q.expects() {
		return quality.Query{}, err
	}
	text := googlesql.NewText()
	w, err := q.writing(text, tables)
	if err != nil {
		return quality.Query{}, err
	}
	met, err := w.met()
	if err != nil {
		return quality.Query{}, err
	}
	return text.Query(met)
}

// met counts the keys that were due, and those that are of rows as well.
func (w *writing) met() (string, error) {
	if err := w.dueKeys(); err != nil {
		return "", err
	}
	facts := selection{
		columns: []string{"COALESCE(SUM(listed), 0) AS listed", "COALESCE(SUM(owing), 0) AS owing", "COUNTIF(listed > 0 AND held > 0) AS met"},
		from:    w.before(),
	}
	text := (&Statement{Stages: w.stages}).with(facts.sql())
	var named []string
	for _, fact := range [...]string{TallyListed, TallyOwing, TallyMet} {
		named = append(named, "STRUCT("+w.text.Value(fact)+" AS name, "+fact+" AS n)")
	}
	return selection{
		columns: []string{as(null(expr.String), TallyWindow), as("fact.name", TallyReason), as("fact.n", TallyWindows)},
		from:    "(\n" + text + "\n), UNNEST([" + list(named...) + "]) AS fact",
	}.sql(), nil
}

// dueKeys is the keys of rows and of what was due, each with how many of them it has.
func (w *writing) dueKeys() error {
	if err := w.source(); err != nil {
		return err
	}
	expected := fmt.Sprintf("kind = %d", isExpected)
	held, listed, owing := fmt.Sprintf("COUNTIF(kind = %d)", isRow), "COUNTIF("+expected+")", "COUNTIF("+expected+" AND NOT excused)"
	if w.byTeam() { // a game that has rows is told by them
		held = fmt.Sprintf("COUNTIF(kind = %d AND scheduled)", isRow)
		listed, owing = listed+" + "+held, owing+" + "+held
	}
	key := append(slices.Clone(w.entity), "t")
	if w.resets() {
		key = append(key, "own_r")
	}
	w.stage("due_keys", selection{columns: append(slices.Clone(w.entity), as(held, "held"), as(listed, "listed"), as(owing, "owing")), from: w.before(), group: key})
	return nil
}

// SeenColumn says of an entity whether the keys that were due let a hole of its rows be
// seen: they owe a row, and one of them is that of a row if there are any.
const SeenColumn = "seen"

// Entities is a query of those that rows or expected keys know, [Query.EntityColumns] and
// then [SeenColumn]. tables are those of [Query.In], without points.
func (q *Query) Entities(text *googlesql.Text, tables []string) (string, error) {
	whole := *q
	whole.Points, whole.From, whole.To = nil, civil.Date{}, civil.Date{}
	w, err := whole.writing(text, tables)
	if err != nil {
		return "", err
	}
	if err := w.dueKeys(); err != nil {
		return "", err
	}
	seen := "COUNTIF(listed > 0 AND held > 0) > 0"
	if !w.byTeam() {
		seen = "SUM(owing) > 0 AND (" + seen + " OR SUM(held) = 0)"
	}
	columns := append(slices.Clone(w.entity), as(seen, SeenColumn))
	return (&Statement{Stages: w.stages}).with(selection{columns: columns, from: w.before(), group: w.entity}.sql()), nil
}

// EntityColumns are what [Query.Entities] calls the columns of an entity.
func (q *Query) EntityColumns() []string { return numbered("e", len(q.Rows.Entity)) }
