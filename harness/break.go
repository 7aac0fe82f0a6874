package harness

import (
	"errors"
	"testing"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
)

// breakSeed decides which rows a fault of Break meets.
const breakSeed = 1

// Break breaks rows, by one fault after the other: those of rows.Of, rows.Columns or
// files.Open. What comes out is the source of an engine on which a suite should fail:
// see [Fails]. It is the same each time; other seeds are for [faults.Table.Break]. A
// fault that would change nothing fails the test.
func Break(t testing.TB, of expr.Source, by ...faults.Fault) *faults.Table {
	t.Helper()
	held, err := faults.Hold(t.Context(), of)
	if err == nil && len(by) == 0 {
		err = errors.New("no fault is named")
	}
	if err != nil {
		t.Fatalf("the rows were not broken: %v", err)
	}
	broken, effects, err := held.Break(breakSeed, by...)
	if err != nil {
		t.Fatalf("the rows were not broken: %v", err)
	}
	for _, e := range effects {
		t.Log(e)
	}
	return broken
}

func fails(t reporter, engine quality.Engine, now time.Time, suites []quality.Suite) {
	t.Helper()
	report := judged(t, engine, now, suites)
	if report == nil {
		return
	}
	for _, s := range report.Suites {
		t.Run(s.Suite, func(t reporter) {
			t.Helper()
			if !s.Verdict.Blocks() {
				t.Errorf("%s: the suite lets %s go on, none of its checks blocks", s.Verdict, s.Table)
				return
			}
			for _, c := range s.Checks {
				if c.Verdict.Blocks() {
					t.Logf("%s: %s: %s", c.Verdict, c.ID, c.Reason)
				}
			}
		})
	}
}
