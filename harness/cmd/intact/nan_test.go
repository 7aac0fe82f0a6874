package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A number that was lost as NaN is not above 0, and leaves the population of a
// filter without being NULL.
func TestReportsTellWhatRestsOnNaN(t *testing.T) {
	dir := folder(t, `
suite: games
table: d.games
source: games.csv
where: minutes >= 0 OR minutes IS NULL
checks:
- complete: points
  where: minutes > 0
`, "minutes,points\n30,10\nNaN,\n20,9\n,8\n")
	got := run(t, dir, "check", "suite.yaml")
	assert.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "rows of where minutes >= 0 OR minutes IS NULL (TRUE 3, FALSE 1, NULL 0; 1 rests on a NaN)")
	assert.Contains(t, got.stdout, "where minutes > 0 (TRUE 2, FALSE 0, NULL 1) ", "of the suite's rows none rests on NaN")

	got = run(t, dir, "check", "suite.yaml", "-o", "json")
	assert.Contains(t, got.stdout, `"nan": 1`)
}

func TestASegmentOfNaNCanBeExpected(t *testing.T) {
	const suite = `
suite: odds
table: d.odds
source: games.csv
checks:
- rows: {at_least: 1}
  by: odd
  expect: `
	for expect, want := range map[string]struct {
		code int
		says string
	}{
		"[NaN]":          {0, "odd=NaN"},
		"[NaN, -inf, 2]": {0, "odd=-Inf"},
		"[{odd: NaN}]":   {0, "odd=NaN"},
		"[[nan]]":        {0, "odd=NaN"},
		"[inf]":          {1, "odd=+Inf: 0 rows, not at_least 1"},
		`["2"]`:          {3, `a segment of odd cannot be 2: '2' is no FLOAT64 (write it without quotes, or declare odd STRING)`},
		"[none]":         {3, `a segment of odd cannot be none`},
	} {
		t.Run(expect, func(t *testing.T) {
			got := run(t, folder(t, suite+expect+"\n", "odd\n2\nNaN\n-inf\nNaN\n"), "check", "suite.yaml")
			assert.Equal(t, want.code, got.code, got.stdout+got.stderr)
			assert.Contains(t, got.stdout, want.says)
		})
	}
}
