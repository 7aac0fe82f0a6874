package main_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Files as a spreadsheet in Germany writes them.
const german = "Bericht\n\nSpieler;Tag;Punkte;Quote\nann;24.10.2023;1.234;0,5\nann;25.10.2023;10;k.A.\nbob;24.10.2023;7;45%\n"

func TestASuiteSaysHowItsFilesAreWritten(t *testing.T) {
	dir := write(t, map[string]string{"games.csv": german, "suite.yaml": `
suite: s
table: d.t
date: Tag
from: 2023-10-24
source: games.csv
delimiter: ;
skip_lines: 2
decimal: ","
thousands: .
nulls: [k.A., 45%]
columns: {Tag: {format: "%d.%m.%Y"}}
checks:
  - complete: Quote
    at_least: 33%
  - complete: Punkte
    where: Punkte > 1000
`})
	got := run(t, dir, "check", "suite.yaml")
	assert.Equal(t, 0, got.code, got.stdout+got.stderr)
	assert.Contains(t, got.stdout, "1 of 3")
}

func TestWindowSaysHowItsFilesAreWritten(t *testing.T) {
	dir := write(t, map[string]string{"games.csv": german})
	args := []string{"window", "games.csv", "--entity", "Spieler", "--at", "Tag", "--value", "Punkte", "--last", "1",
		"--delimiter", ";", "--skip-lines", "2", "--decimal", ",", "--thousands", ".", "--nulls", "k.A.", "--format", "Tag=%d.%m.%Y"}
	got := run(t, dir, args...)
	assert.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "Bericht\n\nSpieler;Tag;Punkte;Quote;Punkte_avg_last_1;")
	assert.Contains(t, got.stdout, "ann;25.10.2023;10;k.A.;1234;whole;1;\n")
	got = run(t, dir, append(args, "--format", "Tga=%d.%m.%Y")...)
	assert.Equal(t, 2, got.code, got.stderr)
	assert.Contains(t, got.stderr, `"Tga", which no file has`)
	got = run(t, dir, append(args, "--delimiter", ";;")...)
	assert.Equal(t, 2, got.code, got.stderr)
}

func TestWindowReadsSeveralFiles(t *testing.T) {
	files := map[string]string{
		"2024-01.csv": "e,at,v\na,2024-01-01,1\na,2024-01-02,2",
		"2024-02.csv": "e,at,v\na,2024-02-01,3\n",
	}
	got := run(t, write(t, files), "window", "2024-*.csv", "--entity", "e", "--at", "at", "--value", "v", "--last", "1")
	assert.Equal(t, 0, got.code, got.stderr)
	assert.Equal(t, "e,at,v,v_avg_last_1,v_avg_last_1_reason,v_avg_last_1_observed,v_avg_last_1_expected\n"+
		"a,2024-01-01,1,,warmup,0,\na,2024-01-02,2,1,whole,1,\na,2024-02-01,3,2,whole,1,\n", got.stdout)

	files["2024-02.csv"] = "v,AT,e\nx,2024-02-01,a\n"
	got = run(t, write(t, files), "window", "2024-*.csv", "--entity", "e", "--at", "at", "--value", "v", "--last", "1")
	assert.Equal(t, 3, got.code, got.stderr)
	assert.Contains(t, got.stderr, `2024-02.csv:2: column "v": "x" is a word (1 of 3 cells, beside 2 numbers)`)

	files["2024-02.csv"] = "v,AT,e\n3,2024-02-01,a\n"
	got = run(t, write(t, files), "window", "2024-*.csv", "--entity", "e", "--at", "at", "--value", "v", "--last", "1", "--file", "month")
	assert.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "a,2024-02-01,3,2024-02,2,whole,1,\n")
}

func TestNotesAreTold(t *testing.T) {
	dir := write(t, map[string]string{"games.csv": "k,pct\na,45%\nb,100%\n", "suite.yaml": "suite: s\ntable: d.t\nsource: games.csv\nchecks: [complete: pct]\n"})
	got := run(t, dir, "check", "suite.yaml")
	assert.Equal(t, 0, got.code, got.stdout)
	assert.Contains(t, got.stderr, `note: games.csv:2: column "pct": "45%" is a number in dress (2 of 2 cells)`)
}

func TestAnIdThatADoubleDoesNotHoldIsNoKeyOfAnotherTable(t *testing.T) {
	const suite = "suite: s\ntable: d.t\nsource: a.csv\ntables:\n  d.o: {source: b.csv}\nchecks:\n- %s\n"
	for _, ids := range [][2]string{{"9007199254740992", "9007199254740993"}, {"9007199254740993", "9007199254740992"}} {
		for _, check := range []string{
			"cover: id\n  of: {table: d.o}", "only: id\n  of: {table: d.o}", "match: id\n  of: {table: d.o}",
			"compare: [v]\n  key: id\n  of: {table: d.o}", "complete: v\n  where: {key: id, table: d.o}",
		} {
			got := run(t, write(t, map[string]string{
				"a.csv": "id,v\n" + ids[0] + ",1\n.5,2\n", "b.csv": "id,v\n" + ids[1] + ",1\n.5,2\n",
				"s.yaml": fmt.Sprintf(suite, check),
			}), "check", "s.yaml")
			assert.Equal(t, 3, got.code, "%s: %s", check, got.stdout)
			assert.Contains(t, got.stdout, "9007199254740993 and 9007199254740992 are two keys and one FLOAT64", check)
		}
	}
}

func TestAnIdThatADoubleDoesNotHoldIsNoEntity(t *testing.T) {
	rows := "e,d,v\n9007199254740992,2024-01-01,1\n9007199254740993,2024-01-02,100\nNaN,2024-01-02,0\n"
	got := run(t, write(t, map[string]string{"rows.csv": rows}), "window", "rows.csv", "--entity", "e", "--at", "d", "--value", "v", "--last", "1")
	assert.Equal(t, 3, got.code, got.stderr)
	assert.Contains(t, got.stderr, "rows.csv:3: column \"e\": 9007199254740993 and 9007199254740992 are two keys and one FLOAT64")
	assert.Empty(t, got.stdout)
	got = run(t, write(t, map[string]string{"rows.csv": strings.ReplaceAll(rows, "NaN", "1")}), "window", "rows.csv", "--entity", "e", "--at", "d", "--value", "v", "--last", "1")
	assert.Equal(t, 0, got.code, "INT64 holds them")
}
