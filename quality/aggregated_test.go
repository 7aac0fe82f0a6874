package quality_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

func TestAggregatesStandForTerms(t *testing.T) {
	got, err := quality.ParseAggregated("MAX(line) = max_if(line, is_active) AND count() > 1 AND max(line) < cap")
	require.NoError(t, err)
	var terms []string
	for _, term := range got.Terms {
		terms = append(terms, term.Term.Key())
	}
	require.Equal(t, []string{"max(line)", "max(IF(is_active, line, NULL))", "count()"}, terms)
	require.Equal(t, []string{"max(line)", "max(IF(is_active, line, NULL))", "count()", "cap"}, got.Of.Columns())
	require.Equal(t, "max(line) = max(IF(is_active, line, NULL)) AND count() > 1 AND max(line) < cap", got.String())
}

func TestMistakesInAggregates(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"max(sum(x)) = 1", "sum(x) stands within another aggregate, and there is none of groups"},
		{"max(x, y) = 1", "max takes 1 value"},
		{"max_if(x) = 1", "max_if takes a value and a predicate"},
		{"count(x) = 1", "count takes nothing: it counts rows; write count_if(x IS NOT NULL) for values"},
		{"median(x) = 1", "there is no function median"},
		{"max(x = 1", ") is expected"},
	} {
		_, err := quality.ParseAggregated(tt.text)
		require.ErrorContains(t, err, tt.want, tt.text)
	}
}
