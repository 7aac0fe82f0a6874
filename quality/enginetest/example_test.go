package enginetest_test

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// printing stands for the *testing.T of a test.
type printing struct{}

func (printing) Helper()                           {}
func (printing) Context() context.Context          { return context.Background() }
func (printing) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (printing) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// The engine under test is the one in memory. It is said to deviate where it does
// not, which is all that Exercise finds.
func ExampleExercise() {
	load := func(_ context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
		sources := map[string]expr.Source{}
		for _, t := range tables {
			sources["mine."+t.Name] = enginetest.Source(t)
		}
		open := func() (quality.Engine, error) { return rows.NewEngine(sources), nil }
		return open, "mine", nil
	}
	enginetest.Exercise(printing{}, enginetest.Subject{
		Load:       load,
		Deviations: map[string]string{"in/values": "an older version took NULL for a value"},
	})
	// Output:
	// case "in/values": the engine agrees, take it off the list of deviations (an older version took NULL for a value)
}
