package enginetest_test

import (
	"testing"

	"github.com/intactdata/intact/quality/enginetest"
)

func TestMemory(t *testing.T) {
	enginetest.Exercise(t, enginetest.Subject{Load: enginetest.Memory})
}
