package quality_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
)

func TestSegmentsOfOtherTablesAreOtherClaims(t *testing.T) {
	rule := func(id, table string) quality.Rule {
		return quality.Rule{
			ID: id, Check: checks.Complete{Columns: []string{"points"}}, By: []string{"team"},
			ExpectOf: &quality.SegmentsOf{Table: table},
		}
	}
	s := quality.Suite{Name: "s", Table: "d.t", Rules: []quality.Rule{rule("a", "d.x"), rule("b", "d.y"), rule("c", "d.x")}}
	require.Equal(t, []string{"c claims what a does: one of them is enough"}, s.Warnings())
}
