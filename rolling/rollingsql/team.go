package rollingsql

import (
	"fmt"
	"strings"
)

// expectByTeam makes the expected keys of entities out of rows and the games of teams,
// as [rolling.ByTeam] does. A row whose game is there was expected. A game that no row
// of its team is of is missing for every entity whose newest earlier row of the game's
// reset is of that team. The games that are left out here owe no row of anybody.
//
// Rows are read once whole and twice for their keys: lost games are few, so that what
// the rows are joined with is small.
func (w *writing) expectByTeam(listed []string) []string {
	w.stages = append(w.stages, Stage{"listed", strings.Join(listed, "\nUNION ALL\n")})
	own := ownOrder(w.order)
	game := append([]string{"team", "t"}, ownOrder(w.order[:len(w.Expected.Order)])...)
	ofGame := " OVER (PARTITION BY " + list(game...) + ")"
	entity := append([]string{"kind"}, w.entity...)
	columns := []string{"*", fmt.Sprintf("COUNTIF(kind = %d)%s > 0 AS scheduled", isGame, ofGame), fmt.Sprintf("COUNTIF(kind = %d)%s > 0 AS played", isRow, ofGame)}
	if w.resets() {
		columns = append(columns, fmt.Sprintf("MIN(IF(kind = %d, own_r, NULL))%s AS game_r", isGame, ofGame))
		entity = append(entity, "own_r")
	}
	for _, c := range append([]string{"t"}, own...) {
		columns = append(columns, "LEAD("+c+") OVER (PARTITION BY "+list(entity...)+" ORDER BY "+list(append([]string{"t"}, own...)...)+") AS next_"+c)
	}
	w.stage("told", selection{columns: columns, from: "listed"})
	w.told = true

	rows, missing := branch{}, branch{"kind": fmt.Sprint(isExpected), "asked": "FALSE", "excused": "FALSE", "due": "game.due", "scheduled": "FALSE"}
	for _, f := range w.sourceColumns() {
		rows[f.Name] = f.Name
	}
	for _, name := range w.entity {
		missing[name] = "entity." + name
	}
	for _, name := range w.times() {
		missing[name] = "game." + name
	}
	for _, name := range ownOrder(w.order[:len(w.Expected.Order)]) {
		missing[name] = "game." + name
	}
	key := []string{"t"}
	if len(w.Expected.Order) > 0 {
		key = append(key, own...)
	}
	on := []string{"entity.team = game.team", after("game.", "entity.", key), "(entity.next_t IS NULL OR " + after("entity.next_", "game.", key) + ")"}
	if w.resets() {
		missing["own_r"] = "game.own_r"
		on = append(on, "entity.own_r = game.own_r")
	}
	return []string{
		selection{columns: w.columnsOf(rows), from: "told", where: []string{fmt.Sprintf("kind = %d", isRow)}}.sql(),
		selection{columns: w.columnsOf(missing), from: fmt.Sprintf(
			"(SELECT * FROM told WHERE kind = %d) AS entity\nJOIN (SELECT * FROM told WHERE kind = %d AND NOT played AND NOT excused) AS game\n  ON %s",
			isRow, isGame, strings.Join(on, " AND "))}.sql(),
	}
}

func ownOrder(order []string) []string {
	out := make([]string, len(order))
	for i, name := range order {
		out[i] = "own_" + name
	}
	return out
}

// after says that one key comes after another.
func after(a, b string, key []string) string {
	first := a + key[0] + " > " + b + key[0]
	if len(key) == 1 {
		return first
	}
	return "(" + first + " OR " + a + key[0] + " = " + b + key[0] + " AND " + after(a, b, key[1:]) + ")"
}
