package rollingsql

import "fmt"

// judged says of each key in each history what it is there.
func (w *writing) judged() {
	from := w.before()
	rows, expected, sure := "n > 0", "expected > 0", "" // that it is known which history they belong to
	either := func(condition string) string { return condition }
	columns := append(append([]string{}, w.entity...), w.times()...)
	columns = append(append(columns, "item"), w.order...)
	begins := fmt.Sprintf("item = %d", atKeys)
	if w.resets() {
		from += fmt.Sprintf(", UNNEST(IF(r IS NULL AND item = %d, GENERATE_ARRAY(1, histories_of), [history])) AS h", atKeys)
		columns = append(columns, "h", "r")
		begins += " AND r IS NOT NULL"
		sure = " AND NOT everywhere"
		either = func(condition string) string { return "(everywhere OR " + condition + ")" }
		rows += " AND IF(everywhere, r IS NULL, COALESCE(r = row_r, FALSE))"
		expected += " AND COALESCE(r = expected_r, FALSE)"
		if w.gamesLackOrder() {
			expected += " AND (n > 0 OR beside = 0)"
		}
	}
	took := rows + " AND " + either("excused < n")
	place := took
	columns = append(columns, as(rows+" AND n > 1", "twice"), as(begins, "begins"))
	if w.expects() {
		lost := "NOT (" + rows + ")" + sure + " AND " + expected + " AND NOT absent"
		place += " OR " + lost
		columns = append(columns, as(lost+" AND NOT late", "missing"), as(lost+" AND late", "waiting"),
			as(expected+" AND "+either("("+place+")"), "due"))
	}
	columns = append(columns, as(place, "place"))
	for _, m := range w.measures {
		good := rows + sure + " AND n = 1 AND counted = 1"
		for _, v := range m.values {
			good += " AND " + v.name + " IS NOT NULL"
		}
		columns = append(columns, as(good, m.good), as(took+" AND n = 1 AND NOT ("+good+")", m.null))
	}
	for _, v := range w.values {
		columns = append(columns, v.name)
	}
	w.stage("judged", selection{columns: columns, from: from})
}

// inOrder is the order of keys and points in a history.
func (w *writing) inOrder() string {
	return " OVER (PARTITION BY " + w.part + " ORDER BY " + list(append([]string{"t", "item"}, w.order...)...) + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
}

// ranked counts the places so far.
func (w *writing) ranked() {
	columns := []string{"*", "COUNTIF(place)" + w.inOrder() + " AS k"}
	if w.days != nil {
		columns = append(columns, "MIN(IF(begins, "+w.count()+", NULL)) OVER (PARTITION BY "+w.part+") AS start")
	}
	w.stage("ranked", selection{columns: columns, from: w.before()})
}
