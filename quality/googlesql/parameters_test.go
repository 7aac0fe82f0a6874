package googlesql

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

func TestAParameterStandsForOneValue(t *testing.T) {
	one, two := mustValue(t, 1), mustValue(t, 2)
	p := newParameters()
	require.NoError(t, p.adopt(map[string]expr.Value{"Intact_1": one}))
	assert.Equal(t, "@intact_2", p.name(two), "intact_1 is taken, whatever its case")
	assert.Equal(t, "@intact_2", p.name(two), "equal values share a parameter")
	assert.ErrorContains(t, p.adopt(map[string]expr.Value{"intact_1": two}), "@intact_1 stands for 1 and for 2")
	assert.ErrorContains(t, p.adopt(map[string]expr.Value{"Least": one, "least": two}), "@least stands for 1 and for 2")
	require.NoError(t, p.adopt(map[string]expr.Value{"INTACT_1": one}))
	assert.Equal(t, map[string]expr.Value{"Intact_1": one, "intact_2": two, "Least": one}, p.values, "none is declared twice")
}

// The instant of a snapshot is named before a derivation's parameters are known.
func TestAnAuthorsNameIsNotTakenByOurs(t *testing.T) {
	p := newParameters()
	p.name(mustValue(t, 1))
	assert.NoError(t, p.adopt(map[string]expr.Value{"p1": mustValue(t, 2)}))
}

func mustValue(t *testing.T, x any) expr.Value {
	t.Helper()
	v, err := expr.ValueOf(x)
	require.NoError(t, err)
	return v
}
