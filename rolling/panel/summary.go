package panel

import (
	"github.com/intactdata/intact/rolling"
)

// Summary is how many windows are whole, and why the others are not.
type Summary struct {
	Windows []WindowSummary
	// Rows is how many there were to compute from.
	Rows int
	// Unjudged says why no window was held against anything, "" where one was:
	// that nothing is missing is no finding then.
	Unjudged string
	// Expects says that the keys which were due are known.
	Expects    bool
	Predicates []PredicateSummary
}

// PredicateSummary is how far a predicate answers.
type PredicateSummary struct {
	Setting, Text, File string
	Rows                int
	// Nulls is how many of the rows it is NULL for, NaNs for how many it would be
	// something else were a NaN NULL.
	Nulls, NaNs int
}

// WindowSummary is that of one window.
type WindowSummary struct {
	Name     string
	Windows  int
	Whole    int
	Refusals []Refusal // in the order of reasons
	// Unexpected is how many windows hold a row that no expected key names. It
	// counts like any other.
	Unexpected int
	Stranger   string // the first such row
}

// Refusal is how often a reason was given, and for a fault where first.
type Refusal struct {
	Reason  rolling.Reason
	Windows int
	Example string
}

// Fault reports whether any window was refused because the data is wrong.
func (s *Summary) Fault() bool {
	for _, w := range s.Windows {
		for _, r := range w.Refusals {
			if r.Reason.Fault() {
				return true
			}
		}
	}
	return false
}
