package quality

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"
)

// Report is what the suites of a run came to.
type Report struct {
	// At is the clock of the run, and Engine what measured.
	At     time.Time
	Engine string
	// ReadAt is the one instant that all tables were read at, zero where there is none.
	ReadAt time.Time
	// Version is that of the program which ran the suites, "" unless it says so.
	Version string
	// Queries is how many statements were run for all suites. BytesScanned is what
	// they read, and BytesBilled what is paid for, nil where the engine does not know.
	Queries                   int
	BytesScanned, BytesBilled *int64

	Verdict Verdict
	Suites  []SuiteReport
}

// SuiteReport is what one suite came to.
type SuiteReport struct {
	Suite string
	Table string
	Owner string
	// Scope is the rows that the suite looked at.
	Scope   ScopeReport
	Verdict Verdict
	// Queries is how many statements served the suite.
	Queries int
	// BytesScanned is what the statements read that served the suite, nil where
	// the engine does not know. A statement that served several suites counts in
	// full for each of them.
	BytesScanned *int64
	// Warnings are what is odd about the suite itself: the same claim twice.
	Warnings []string
	Checks   []CheckReport
}

// ScopeReport is the rows that a suite looked at: its dates and its filter.
type ScopeReport struct {
	// Date is the date column, "" for none; From and To are the first and last
	// day, zero for none, of Zone's calendar.
	Date     string
	From, To civil.Date
	Zone     string
	// Where is the suite's filter, "" for none, and WhereCounts how many rows of
	// its dates it was TRUE, FALSE and NULL for; nil if that was not measured.
	Where       string
	WhereCounts *FilterCounts
}

// String is the scope in words: "game_date from 2021-10-01, where minutes > 0".
func (s ScopeReport) String() string {
	var parts []string
	if s.From != (civil.Date{}) || s.To != (civil.Date{}) {
		days := s.Date
		if s.From != (civil.Date{}) {
			days += " from " + s.From.String()
		}
		if s.To != (civil.Date{}) {
			days += " to " + s.To.String()
		}
		if s.Zone != "UTC" {
			days += " in " + s.Zone
		}
		parts = append(parts, days)
	}
	if s.Where != "" {
		where := "where " + s.Where
		if n := s.WhereCounts; n != nil {
			where += " " + n.String()
		}
		parts = append(parts, where)
	}
	return strings.Join(parts, ", ")
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
	WhereCounts *FilterCounts
	Verdict     Verdict
	// Reason is one line: that of the worst finding, and how many are like it.
	Reason   string
	Findings []Finding
	// Waiver is what the check's waiver came to, nil without one.
	Waiver *WaiverReport
}

// WaiverReport is what a waiver came to.
type WaiverReport struct {
	Owner, Reason string
	Until         civil.Date // the last day it holds
	Expired       bool
	// Waives is how many findings it lets through.
	Waives int
	// MeetsNothing: nothing fails that it is for, so that it can be taken out.
	MeetsNothing bool
	// Unmet are those of its segments in which nothing fails.
	Unmet []Segment
}

// String says what is to be done about the waiver, "" for nothing.
func (w WaiverReport) String() string {
	of := fmt.Sprintf("the waiver of %s until %s", w.Owner, w.Until)
	switch {
	case w.MeetsNothing && w.Expired:
		return of + " has expired and meets nothing: take it out"
	case w.MeetsNothing:
		return of + " meets nothing: take it out"
	case w.Expired:
		return of + " has expired"
	case len(w.Unmet) > 0:
		names := make([]string, len(w.Unmet))
		for i, s := range w.Unmet {
			names[i] = s.String()
		}
		return of + " meets nothing in " + strings.Join(names, ", ")
	}
	return ""
}

// ByCause parts the checks: together are those that nothing was found of for one and
// the same reason, such as a file that cannot be read.
func (s SuiteReport) ByCause() [][]CheckReport {
	var out [][]CheckReport
	at := map[string]int{}
	for _, c := range s.Checks {
		cause := fmt.Sprintf("%s: %s", c.Verdict, c.Reason)
		i, told := at[cause]
		if len(c.Findings) > 0 || !told {
			i = len(out)
			out = append(out, nil)
		}
		if len(c.Findings) == 0 {
			at[cause] = i
		}
		out[i] = append(out[i], c)
	}
	return out
}

// Err is nil unless the verdict blocks; then it says why, of every check that does.
// A processor returns it instead of writing.
func (r *Report) Err() error {
	var errs []error
	for _, s := range r.Suites {
		for _, c := range s.ByCause() {
			if c[0].Verdict.Blocks() {
				errs = append(errs, fmt.Errorf("%s, %s: %s: %s", s.Table, AndMore(c[0].ID, len(c)), c[0].Verdict, c[0].Reason))
			}
		}
	}
	if r.Verdict.Blocks() && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("the report is %s, and no check says why", r.Verdict))
	}
	return errors.Join(errs...)
}
