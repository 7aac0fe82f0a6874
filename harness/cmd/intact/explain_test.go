package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The query of the rows at fault is there where it is asked for.
func TestExplainShowsTheQueryOfTheRowsAtFault(t *testing.T) {
	dir := write(t, map[string]string{"games.csv": whole + "2023-24,2023-10-25,ann,9,\n", "suite.yaml": suite})
	const query = "FROM `d`.`games` AS intact_row"
	asked := run(t, dir, "check", "--explain", "suite.yaml")
	assert.Equal(t, 1, asked.code, asked.stderr)
	assert.Contains(t, asked.stdout, "    "+query)
	assert.NotContains(t, asked.stdout, "@intact")
	assert.Contains(t, run(t, dir, "check", "--explain", "-o", "json", "suite.yaml").stdout, `"explain": "SELECT`)

	assert.NotContains(t, run(t, dir, "check", "suite.yaml").stdout, query)
	assert.NotContains(t, run(t, dir, "check", "-o", "json", "suite.yaml").stdout, `"explain"`)
}
