package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/intactdata/intact/harness/emulator"
)

// rawSuite filters by a column that nothing but its raw SQL names.
const rawSuite = `suite: s
table: d.games
source: games.csv
checks:
  - complete: points
    at_least: 50%
    where: {sql: "Season != 'x'"}
  - unique: player
    where: {sql: "points > 0 AND SEASON = 'A'"}
`

// Columns that raw SQL names are loaded into the emulator and told by plan, and what
// cannot be loaded of them is the affair of whoever names them.
func TestColumnsThatRawSQLNamesAreRead(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	dir := folder(t, rawSuite, "season,player,points,f\nA,ann,3,NaN\nA,bob,,NaN\nB,ann,5,0.5\n")
	got := run(t, dir, "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 0, got.code, got.stdout+got.stderr)
	assert.Contains(t, got.stdout, "(TRUE 3, FALSE 0, NULL 0)")
	assert.Contains(t, got.stdout, "(TRUE 1, FALSE 1, NULL 1)")

	got = run(t, dir, "plan", "suite.yaml")
	assert.Contains(t, got.stdout, "reads    2 columns: season, points")
	assert.Contains(t, got.stdout, "reads    3 columns: season, player, points")

	got = run(t, folder(t, rawSuite, "season,player,points\n0.5,ann,3\nNaN,ann,5\n"), "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code)
	assert.Contains(t, got.stdout, `row 2, column "season": it is NaN`)
}
