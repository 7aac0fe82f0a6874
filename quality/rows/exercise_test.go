package rows_test

import (
	"testing"

	"github.com/intactdata/intact/quality/enginetest"
)

func TestExercise(t *testing.T) {
	enginetest.Exercise(t, enginetest.Subject{Load: enginetest.Memory})
}
