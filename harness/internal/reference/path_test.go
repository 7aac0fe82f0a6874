package reference

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDottedTablesBecomeOneIdentifier(t *testing.T) {
	names := []string{"p-1.d.t", "plain"}
	for in, want := range map[string]string{
		"FROM p-1.d.t":                   "FROM `p-1.d.t`",
		"FROM `p-1`.`d`.`t` AS x":        "FROM `p-1.d.t` AS x",
		"FROM `p-1.d.t`":                 "FROM `p-1.d.t`",
		"SELECT p-1.d.t.x":               "SELECT `p-1.d.t`.x",
		"p-1.d.t2, p-1 . d . t":          "p-1.d.t2, `p-1.d.t`",
		"'p-1.d.t' \"p-1.d.t\"":          "'p-1.d.t' \"p-1.d.t\"",
		`'it\'s p-1.d.t', p-1.d.t`:       "'it\\'s p-1.d.t', `p-1.d.t`",
		"'''p-1.d.t\n'p-1.d.t'''":        "'''p-1.d.t\n'p-1.d.t'''",
		"-- p-1.d.t\n# p-1.d.t\np-1.d.t": "-- p-1.d.t\n# p-1.d.t\n`p-1.d.t`",
		"/* p-1.d.t */ plain":            "/* p-1.d.t */ plain",
		"`it's` = 1 FROM p-1.d.t --'":    "`it's` = 1 FROM `p-1.d.t` --'",
		"x.p-1.d.t":                      "x.p-1.d.t",
	} {
		assert.Equal(t, want, joinPaths(in, names), in)
	}
}
