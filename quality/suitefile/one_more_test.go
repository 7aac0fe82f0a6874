package suitefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

func TestOneMoreCheckIsReadAsTheSuiteHasIt(t *testing.T) {
	found, err := suitefile.Parse("s.yaml", []byte(`
suite: games
table: d.games
common: {where: minutes > 0, by: season}
checks:
- id: whole
  complete: usage
`), standard.Kinds()...)
	require.NoError(t, err)
	r, err := found[0].OneMore("- complete: points\n  by: team\n")
	require.NoError(t, err)
	require.Equal(t, "minutes > 0", r.Where.String())
	require.Equal(t, []string{"team"}, r.By)
	require.Len(t, found[0].Suite.Rules, 1)

	for text, why := range map[string]string{
		"- complete: points\n  id: whole\n":   `two checks have the id "whole"`,
		"- grid: day\n":                       "calendar",
		"- compleet: points\n":                "check to add:1:3: ",
		"- complete: a\n- complete: b\n":      "it is 2 checks",
		"- complete: a\n  where: minutes >\n": "check to add:2:",
		"complete: a\n":                       "a list",
	} {
		_, err := found[0].OneMore(text)
		require.ErrorContains(t, err, why, text)
	}
}
