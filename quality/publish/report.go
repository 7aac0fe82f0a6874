package publish

import (
	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
)

// Report is what became of a publication.
type Report struct {
	Table    string
	From, To civil.Date
	Run      string
	Token    int64
	// Published: the rows are in the table. Already: an earlier try of the run had put
	// them there, and nothing was done.
	Published, Already bool
	// Read is how many rows there were, Aside how many of them were set aside and Sent how
	// many were left; Replaced is how many stood in the days before, whose rows they are
	// instead of.
	Read, Aside, Sent, Replaced int64
	// SetAside is what each rule that sets rows aside came to.
	SetAside []SetAside
	// Reason is why nothing was published, "" where it was.
	Reason string
	// Verdict is the worst of all guards and suites.
	Verdict quality.Verdict
	// Guards and Suites are in the order in which they were run: what is not in it was not
	// reached.
	Runs []*quality.Report
}

// SetAside is what a rule with set_aside came to.
type SetAside struct {
	Suite, ID string
	Rows      int64 // that break it
	Observed  *quality.Observed
	Bound     quality.Bound
	Holds     bool
}

// take adds a run of suites and reports whether it lets the rows go on.
func (r *Report) take(run *quality.Report) bool {
	r.Runs = append(r.Runs, run)
	r.Verdict = max(r.Verdict, run.Verdict)
	if !run.Verdict.Blocks() {
		return true
	}
	for _, s := range run.Suites {
		for _, c := range s.Checks {
			if c.Verdict == run.Verdict && r.Reason == "" {
				r.Reason = c.ID + " of " + s.Suite + ": " + c.Reason
			}
		}
	}
	return false
}
