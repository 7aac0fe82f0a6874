package enginetest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
)

func TestAnEngineThatAgreesPasses(t *testing.T) {
	r := exercise(t, enginetest.Subject{Load: enginetest.Memory, Oracle: enginetest.Memory})
	assert.Empty(t, r.fatal)
	assert.Empty(t, r.errors)
}

// recorder is a T that keeps what it is told.
type recorder struct {
	*testing.T
	errors []string
	fatal  string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.fatal = fmt.Sprintf(format, args...)
	panic(r)
}

func exercise(t *testing.T, s enginetest.Subject) (r *recorder) {
	t.Helper()
	r = &recorder{T: t}
	defer func() {
		if got := recover(); got != nil && got != any(r) {
			panic(got)
		}
	}()
	enginetest.Exercise(r, s)
	return r
}

// without loses the last row of every table.
func without(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
	short := make([]enginetest.Table, len(tables))
	for i, t := range tables {
		t.Rows = t.Rows[:max(len(t.Rows)-1, 0)]
		short[i] = t
	}
	return enginetest.Memory(ctx, short)
}

func TestAnEngineThatLosesARowFailsByName(t *testing.T) {
	r := exercise(t, enginetest.Subject{Load: without, Oracle: enginetest.Memory})
	all := strings.Join(r.errors, "\n")
	for _, id := range []string{"compare/integer", "keys/of the whole table", "verdict/unique fails where the surplus is", "random/plain 0.0.0"} {
		assert.Contains(t, all, fmt.Sprintf("case %q: the engine answers otherwise", id))
	}
	assert.Contains(t, all, "- TFNFT\n+ TFNF")
}

func TestADeviationThatAgreesFails(t *testing.T) {
	r := exercise(t, enginetest.Subject{Load: enginetest.Memory, Deviations: map[string]string{"in/values": "so it was said"}})
	require.Len(t, r.errors, 1)
	assert.Equal(t, `case "in/values": the engine agrees, take it off the list of deviations (so it was said)`, r.errors[0])
}

func TestADeviationOfNoCaseFails(t *testing.T) {
	r := exercise(t, enginetest.Subject{Load: enginetest.Memory, Deviations: map[string]string{"in/vaules": "a slip"}})
	require.Len(t, r.errors, 1)
	assert.Equal(t, `there is no case "in/vaules", which is listed as a deviation or as unsteady`, r.errors[0])
}

func TestAnUnsteadyCaseIsNotJudged(t *testing.T) {
	listed := map[string]string{"compare/integer": "it wavers"}
	assert.Empty(t, exercise(t, enginetest.Subject{Load: enginetest.Memory, Unsteady: listed}).errors)
	r := exercise(t, enginetest.Subject{Load: without, Unsteady: listed})
	assert.NotContains(t, strings.Join(r.errors, "\n"), `case "compare/integer"`)
}

func TestADeviationThatDeviatesIsLetThrough(t *testing.T) {
	r := exercise(t, enginetest.Subject{Load: without, Deviations: map[string]string{"compare/integer": "it loses rows"}})
	assert.NotContains(t, strings.Join(r.errors, "\n"), `"compare/integer"`)
}

func TestTablesThatCannotBeLoadedEndTheExercise(t *testing.T) {
	r := &recorder{T: t}
	assert.PanicsWithValue(t, r, func() {
		enginetest.Exercise(r, enginetest.Subject{Load: func(context.Context, []enginetest.Table) (enginetest.Open, string, error) {
			return nil, "", errors.New("no room")
		}})
	})
	assert.Equal(t, "load the tables: no room", r.fatal)
}

// Each plan has a fresh engine; Together is one plan for each file and each list.
func TestPlansHaveAnEngineEach(t *testing.T) {
	opened, loads := 0, 0
	counting := func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
		loads++
		open, dataset, err := enginetest.Memory(ctx, tables)
		return func() (quality.Engine, error) { opened++; return open() }, dataset, err
	}
	assert.Empty(t, exercise(t, enginetest.Subject{Load: counting}).errors)
	assert.Greater(t, opened, 100)
	opened, loads = 0, 0
	assert.Empty(t, exercise(t, enginetest.Subject{Load: counting, Together: true}).errors)
	assert.LessOrEqual(t, opened, loads) // a list of which each case is alone has no plan
}

func TestAnEngineThatCannotBeOpenedEndsTheExercise(t *testing.T) {
	r := &recorder{T: t}
	assert.PanicsWithValue(t, r, func() {
		enginetest.Exercise(r, enginetest.Subject{Load: func(context.Context, []enginetest.Table) (enginetest.Open, string, error) {
			return func() (quality.Engine, error) { return nil, errors.New("no key") }, "memory", nil
		}})
	})
	assert.Equal(t, "open an engine: no key", r.fatal)
}
