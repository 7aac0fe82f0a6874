package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

// What raw SQL names of a relation it may read; what stands in its literals and
// comments it does not, and one of two columns of a name nothing can.
func TestBoundRawSQLReadsTheColumnsItNames(t *testing.T) {
	raw := expr.RawSQL("MOD(minutes_played, 2) = 0 AND `Season` != 'salary' /* tip_off */ AND points > 0 -- line")
	require.Empty(t, raw.Columns(), "nobody knows yet which are columns")
	bound, err := raw.Not().BindPredicate(gameSchema)
	require.NoError(t, err)
	require.Equal(t, []string{"minutes_played", "season"}, bound.Columns())
	require.Equal(t, raw.Not().String(), bound.String())
}
