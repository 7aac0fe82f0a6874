package harness

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/intactdata/intact/quality"
)

// Run measures the suites on the engine and reports each check as a subtest of t,
// named suite/check, with a subtest for each segment that does not pass. The
// engine is asked once for all suites, under t's context.
func Run(t *testing.T, engine quality.Engine, suites ...quality.Suite) {
	t.Helper()
	run(adapter{t}, engine, time.Now(), suites)
}

// reporter is the part of *testing.T that Run needs, so that what it asserts can
// itself be tested.
type reporter interface {
	Helper()
	Context() context.Context
	Run(name string, test func(reporter)) bool
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
}

type adapter struct{ *testing.T }

func (a adapter) Run(name string, test func(reporter)) bool {
	return a.T.Run(name, func(t *testing.T) { test(adapter{t}) })
}

func run(t reporter, engine quality.Engine, now time.Time, suites []quality.Suite) {
	t.Helper()
	report, err := quality.Run(t.Context(), engine, now, suites...)
	if err != nil {
		t.Errorf("the suites were not run: %v", err)
		return
	}
	for _, s := range report.Suites {
		t.Run(s.Suite, func(t reporter) {
			t.Helper()
			for _, c := range s.Checks {
				t.Run(c.ID, func(t reporter) {
					t.Helper()
					reportCheck(t, s, c)
				})
			}
		})
	}
}

func reportCheck(t reporter, s quality.SuiteReport, c quality.CheckReport) {
	t.Helper()
	context := fmt.Sprintf("%s: %s", s.Table, c.Claim)
	if c.Where != "" {
		context += " where " + c.Where
	}
	if s.Owner != "" {
		context += fmt.Sprintf(" (owner: %s)", s.Owner)
	}
	if len(c.Findings) == 0 {
		say(t, c.Verdict, context, c.Reason)
		return
	}
	for _, f := range c.Findings {
		name := f.Segment.String()
		switch {
		case f.Verdict == quality.Pass:
		case name == "":
			say(t, f.Verdict, context, f.Reason)
		default:
			t.Run(name, func(t reporter) {
				t.Helper()
				say(t, f.Verdict, context, f.Reason)
			})
		}
	}
}

// say fails the test if the verdict blocks, and logs it otherwise.
func say(t reporter, v quality.Verdict, context, reason string) {
	t.Helper()
	if v.Blocks() {
		t.Errorf("%s: %s\n%s", v, reason, context)
		return
	}
	if v != quality.Pass {
		t.Logf("%s: %s\n%s", v, reason, context)
	}
}
