package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// NaN compares as if it were a number, and what was lost in it is told as a NULL is:
// in as many rows as would have another answer with NULL.
func TestWindowTellsPredicatesThatRestOnNaN(t *testing.T) {
	const games = "player,game_date,bench,minutes,points\nann,2026-01-01,false,30,1\nann,2026-01-02,false,NaN,2\nann,2026-01-03,true,NaN,4\nann,2026-01-04,false,,8\n"
	dir := write(t, map[string]string{"games.csv": games})
	for predicate, says := range map[string]string{
		"minutes > 0":                       "counted: minutes > 0 rests on a NaN in 2 of 4 rows of games.csv",
		"minutes != 0":                      "counted: minutes != 0 rests on a NaN in 2 of 4 rows",
		"bench IS NOT TRUE AND minutes > 0": "rests on a NaN in 1 of 4 rows", // who sat on the bench did not play
		"minutes IS NOT NULL":               "rests on a NaN in 2 of 4 rows",
		"minutes + 1 > 0":                   "rests on a NaN in 2 of 4 rows",
		"COALESCE(minutes, 0) > 0":          "", // FALSE for both
		"bench":                             "",
	} {
		got := run(t, dir, windowArgs("--counted", predicate)...)
		require.Equal(t, 0, got.code, got.stderr)
		if says == "" {
			assert.NotContains(t, got.stderr, "NaN", predicate)
		} else {
			assert.Contains(t, got.stderr, says, predicate)
		}
	}
	got := run(t, dir, windowArgs("--counted", "minutes > 0")...)
	assert.Contains(t, got.stderr, "counted: minutes > 0 is NULL for 1 of 4 rows: ")
}

// So where it says which keys owe a row, for those that do not are not missed.
func TestWindowTellsKeysThatRestOnNaN(t *testing.T) {
	dir := write(t, map[string]string{
		"games.csv": gameHeader + game("ann", "2026-01-01", "4") + game("ann", "2026-01-03", "4"),
		"sheet.csv": "player,game_date,minutes\nann,2026-01-01,30\nann,2026-01-02,NaN\nann,2026-01-03,30\n",
	})
	got := run(t, dir, windowArgs("--expected", "sheet.csv", "--expected-where", "minutes > 0")...)
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "ann,2026-01-03,false,30,4,4,whole,1,1")
	assert.Contains(t, got.stderr, "expected-where: minutes > 0 rests on a NaN in 1 of 3 rows of sheet.csv: ")
}

// A key is no NaN, as it is no NULL.
func TestWindowRefusesKeysThatAreNaN(t *testing.T) {
	dir := write(t, map[string]string{"games.csv": "player,game_date,points\n1.5,2026-01-01,4\nNaN,2026-01-02,6\n"})
	got := run(t, dir, windowArgs()...)
	assert.Equal(t, 3, got.code)
	assert.Contains(t, got.stderr, "games.csv:3: player is NaN, and a key needs it")
}
