package googlesql

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/intactdata/intact/quality/expr"
)

// Planning puts constants in the place of the clock, so that nothing writes it.
func TestEveryFunctionIsWritten(t *testing.T) {
	for _, name := range expr.Functions() {
		if name == "today" || name == "now" {
			assert.NotContains(t, calls, name)
			continue
		}
		assert.Contains(t, calls, name)
	}
}
