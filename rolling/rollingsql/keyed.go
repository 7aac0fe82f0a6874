package rollingsql

import (
	"fmt"
)

// keyed brings rows and expected keys of one key together, and the points of one time.
// Each row that is a point is a key and a point of the same scan.
func (w *writing) keyed() {
	points := make([]string, len(w.items))
	for i, item := range w.items {
		points[i] = fmt.Sprint(item)
	}
	items := fmt.Sprintf("UNNEST(IF(kind = %d, [%s], IF(asked, [%d, %[2]s], [%[3]d]))) AS item", isPoint, list(points...), atKeys)

	group := append(append([]string{}, w.entity...), w.times()...)
	group = append(group, "item")
	columns := append([]string{}, group...)
	isKey := fmt.Sprintf("item = %d", atKeys)
	for _, name := range w.order {
		columns = append(columns, "IF("+isKey+", own_"+name+", NULL) AS "+name)
		group = append(group, name)
	}
	if w.resets() {
		columns = append(columns, "IF("+isKey+", NULL, own_r) AS of_r")
		group = append(group, "of_r")
	}
	row := fmt.Sprintf("kind = %d AND %s", isRow, isKey)
	rows := "COUNTIF(" + row + ")"
	columns = append(columns,
		as(rows, "n"),
		"COUNTIF("+row+" AND counted) AS counted",
		"COUNTIF("+row+" AND NOT counted) AS excused")
	if w.resets() {
		of := func(function string) string { return function + "(IF(" + row + ", own_r, NULL))" }
		columns = append(columns,
			as(of("MIN"), "row_r"),
			// Which history the key belongs to is not known: every one sees it.
			fmt.Sprintf("COUNTIF(kind IN (%d, %d) AND own_r IS NULL) > 0 OR COALESCE(%s < %s, FALSE) AS everywhere", isRow, isPoint, of("MIN"), of("MAX")),
			"ARRAY_AGG(DISTINCT "+w.historyOf()+" IGNORE NULLS) AS histories")
	}
	if w.expects() {
		columns = append(columns, w.expectation(rows, row)...)
	}
	for _, v := range w.values {
		columns = append(columns, "MIN(IF("+row+", "+v.name+", NULL)) AS "+v.name)
	}
	w.stage("keyed", selection{columns: columns, from: "source, " + items, group: group})
}

// historyOf is the reset of a history that a row of the source belongs to.
func (w *writing) historyOf() string {
	if w.byTeam() {
		return fmt.Sprintf("IF(scheduled AND item = %d, COALESCE(own_r, game_r), own_r)", atKeys)
	}
	return "own_r"
}

// expectation is what is expected at a key: how many times, of which history, whether it is
// no loss, and whether it is late. Two that differ are an error of the statement.
func (w *writing) expectation(rows, row string) []string {
	expected := fmt.Sprintf("kind = %d", isExpected)
	of := func(function, column string) string { return function + "(IF(" + expected + ", " + column + ", NULL))" }
	if w.byTeam() {
		// An entity with a row was there; its game is expected if it is on the list.
		out := []string{"IF(" + rows + " > 0, COUNTIF(" + row + " AND scheduled), COUNTIF(" + expected + ")) AS expected",
			"FALSE AS absent", as(w.isLate(of("MIN", "due")), "late")}
		if w.resets() {
			out = append(out, "IF("+rows+" > 0, MIN(IF("+row+" AND scheduled, "+w.historyOf()+", NULL)), "+of("MIN", "own_r")+") AS expected_r")
		}
		return out
	}
	differ := fmt.Sprintf("COUNTIF(%s AND excused) NOT IN (0, COUNTIF(%s)) OR %s < %s", expected, expected, of("MIN", "due"), of("MAX", "due"))
	out := []string{}
	if w.resets() {
		differ += " OR " + of("MIN", "own_r") + " < " + of("MAX", "own_r")
		out = append(out, of("MIN", "own_r")+" AS expected_r")
	}
	message := w.text.Value(fmt.Sprintf("expected keys: a key of %s is expected twice and the two differ in whether or when it is due, or in the reset: keep the one that is right", w.Expected.Table))
	return append(out, "IF("+differ+", ERROR("+message+"), COUNTIF("+expected+")) AS expected",
		"COUNTIF("+expected+" AND excused) > 0 AS absent", as(w.isLate(of("MIN", "due")), "late"))
}

// spread gives each history of an entity the keys that it sees. A history is numbered,
// and a key whose history is not known goes to all of the entity's: so many more rows
// as there are such keys, times the resets of their entities.
func (w *writing) spread() {
	if w.gamesLackOrder() {
		w.stage("beside", selection{columns: []string{"*", "SUM(n) OVER (PARTITION BY " + list(w.entity...) + ", t) AS beside"}, from: w.before()})
	}
	w.stage("seen", selection{
		columns: []string{"* EXCEPT (histories, nth)", "histories[SAFE_OFFSET(nth)] AS r"},
		from:    w.before() + ", UNNEST(GENERATE_ARRAY(IF(everywhere, -1, 0), COALESCE(ARRAY_LENGTH(histories), 0) - 1)) AS nth",
	})
	entity := list(w.entity...)
	w.stage("numbered", selection{columns: []string{"*", "DENSE_RANK() OVER (PARTITION BY " + entity + " ORDER BY r) AS history"}, from: w.before()})
	w.stage("spanned", selection{columns: []string{"*", "MAX(history) OVER (PARTITION BY " + entity + ") AS histories_of"}, from: w.before()})
}
