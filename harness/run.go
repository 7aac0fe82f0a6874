package harness

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// reporter is the part of *testing.T that Run needs, so that what it asserts can
// itself be tested.
type reporter interface {
	Helper()
	Context() context.Context
	Deadline() (time.Time, bool)
	Run(name string, test func(reporter)) bool
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
}

type adapter struct{ *testing.T }

func (a adapter) Run(name string, test func(reporter)) bool {
	return a.T.Run(name, func(t *testing.T) { test(adapter{t}) })
}

// grace is what is left to report in when the engine has not answered in time:
// past its deadline go test kills the process, and nothing is told.
const grace = 5 * time.Second

func run(t reporter, engine quality.Engine, now time.Time, suites []quality.Suite) {
	t.Helper()
	explained := slices.Clone(suites)
	for i := range explained {
		explained[i].Explain = strings.Contains(suites[i].Table, ".") // what has no dataset is no table of BigQuery
	}
	judgment := judged(t, engine, now, explained)
	if judgment == nil {
		return
	}
	report.Explain(judgment, "")
	for _, s := range judgment.Suites {
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

// judged runs the suites until shortly before the deadline of go test, nil if they could
// not be run.
func judged(t reporter, engine quality.Engine, now time.Time, suites []quality.Suite) *quality.Report {
	t.Helper()
	ctx := t.Context()
	if deadline, ok := t.Deadline(); ok {
		var stop context.CancelFunc
		ctx, stop = context.WithDeadline(ctx, deadline.Add(-grace))
		defer stop()
	}
	report, err := quality.Run(ctx, engine, now, suites...)
	if err != nil {
		t.Errorf("the suites were not run: %v", err)
	}
	return report
}

func reportCheck(t reporter, s quality.SuiteReport, c quality.CheckReport) {
	t.Helper()
	claim := s.Table + ": " + report.Claim(c)
	if s.Owner != "" {
		claim += fmt.Sprintf(" (owner: %s)", s.Owner)
	}
	if len(c.Findings) == 0 {
		say(t, c.Verdict, claim, c.Reason)
		return
	}
	for _, f := range c.Findings {
		name := f.Segment.String()
		switch {
		case f.Verdict == quality.Pass:
		case name == "":
			say(t, f.Verdict, claim, traced(f))
		default:
			t.Run(name, func(t reporter) {
				t.Helper()
				say(t, f.Verdict, claim, traced(f))
			})
		}
	}
}

// traced is the reason of a finding, below it rows that it is due to, and the query of
// all of them, to look further with in BigQuery.
func traced(f quality.Finding) string {
	reason := f.Reason
	if f.Subject != "" { // which column, of a check that has several
		reason = f.Subject + ": " + reason
	}
	lines := append([]string{reason}, report.RowsAtFault(f, quality.MostRowsAtFault)...)
	if f.Explain != "" {
		lines = append(lines, strings.Split(f.Explain, "\n")...)
	}
	return strings.Join(lines, "\n  ")
}

// say fails the test if the verdict blocks, and logs it otherwise.
func say(t reporter, v quality.Verdict, claim, reason string) {
	t.Helper()
	if v.Blocks() {
		t.Errorf("%s: %s\n%s", v, reason, claim)
		return
	}
	if v != quality.Pass {
		t.Logf("%s: %s\n%s", v, reason, claim)
	}
}
