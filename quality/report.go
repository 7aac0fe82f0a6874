package quality

import (
	"errors"
	"fmt"
)

// Report is what the suites of a run came to.
type Report struct {
	Verdict Verdict
	Suites  []SuiteReport
}

// SuiteReport is what one suite came to.
type SuiteReport struct {
	Suite   string
	Table   string
	Owner   string
	Verdict Verdict
	// Queries is how many statements served the suite.
	Queries int
	// BytesScanned is what the run's statements read, nil where the engine does
	// not know.
	BytesScanned *int64
	Checks       []CheckReport
}

// CheckReport is what one check came to.
type CheckReport struct {
	ID      string
	Kind    string
	Columns []string
	Claim   string
	// Where is the check's filter, "" for none, and WhereCounts how many rows of
	// the scope it was TRUE, FALSE and NULL for; nil if it was not measured.
	Where       string
	WhereCounts *Counts
	Verdict     Verdict
	// Reason is one line: that of the worst finding, and how many are like it.
	Reason   string
	Findings []Finding
}

// Err is nil unless the verdict blocks; then it names every check that does, and
// why. A processor returns it instead of writing.
func (r *Report) Err() error {
	var errs []error
	for _, s := range r.Suites {
		for _, c := range s.Checks {
			if c.Verdict.Blocks() {
				errs = append(errs, fmt.Errorf("%s, %s: %s: %s", s.Table, c.ID, c.Verdict, c.Reason))
			}
		}
	}
	return errors.Join(errs...)
}
