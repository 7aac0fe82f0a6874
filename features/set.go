package features

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/audit"
)

// Set is what a model is to read of a table, and what must be true of it.
type Set struct {
	// Suite says where the rows are and which of them are eligible: its Date is the day of
	// the event that a row is about, its Where is TRUE of the eligible rows, its Rules are
	// further checks that the gate needs.
	quality.Suite
	// Key is what there is one row of.
	Key []string
	// Event is the time of the event, where that is told better than by Date.
	Event string
	// By are the segments, each of which has to hold by itself, and Expect and ExpectOf
	// those that must be there, as in a quality.Rule.
	By       []string
	Computed []quality.Column
	Expect   [][]any
	ExpectOf *quality.SegmentsOf
	// Rows are bounds on the rows of each segment that are trained on; none is one row.
	Rows []quality.Bound
	// Label is the column that is to be predicted. Rows without it are not trained on.
	Label string
	// LabelOf is where it is found, nil in the table itself.
	LabelOf *LabelOf
	// Features are judged each by itself, by names that are theirs alone.
	Features []Feature
	// Groups are features that have something in common.
	Groups []Group
	// Leaks are probes for what no model may know.
	Leaks Leaks
	// Served is what the model is given later, which is to be as it was trained on.
	Served Served
	// Text is the set as it is written, and File where, for its certificate: Load says so.
	Text, File string
}

// Feature is one column that the model reads.
type Feature struct {
	Name string
	// Column holds it. Defaults to the name.
	Column string
	// Optional makes its failures warnings. What could not be told of it still closes the
	// gate, since the model reads it and an error is never a pass: a set is better off
	// without a feature whose column may not be there.
	Optional bool
	// Populated are bounds on the share of rows that have a value. Defaults to all.
	Populated []quality.Bound
	// Missing are values that mean none.
	Missing []expr.Value
	// Low and High are the ends that its values lie between; NULL is open.
	Low, High expr.Value
	// Within are bounds on the share of its values that do. Defaults to all.
	Within []quality.Bound
	// Defaults are values that stand for one which was not there, and AtMost how many of
	// the populated ones they may be. Defaults to none of them.
	Defaults []expr.Value
	AtMost   []quality.Bound
	// Distinct are bounds on how many values differ, Spread on the greatest minus the
	// least.
	Distinct, Spread []quality.Bound
	// Drift is a baseline that the values are distributed as; its Column is the feature's.
	Drift *checks.Drift
	// Window is what the values are recomputed by; its one column is the feature's, and its
	// keys are the set's where it says none. Populated is then asked of the rows whose
	// window owes a value, and without bounds of its own the window of those that are
	// right: in warm-up it is to be NULL.
	Window *audit.Stored
	// Round is to how many decimals its checksum goes, nil for all: of floats that a query
	// makes anew the last bit can differ from one reading to the next.
	Round *int
	// NullIf are columns of the table that it is made of: where one is NULL so is it.
	NullIf []string
	// AvailableAt is the column that says when the value was there: strictly before the
	// row's event, or it is none that the row may be trained on.
	AvailableAt string
	// Age is how many days before the row's Date that may be, 0 for any number.
	Age int
}

func (f Feature) column() string {
	if f.Column != "" {
		return f.Column
	}
	return f.Name
}

// populated is TRUE where there is a value, and FALSE elsewhere.
func (f Feature) populated() expr.Expr {
	return expr.Col(f.column()).Populated(f.Missing...)
}

// Group is features that belong together.
type Group struct {
	Name string
	// Of are names of features.
	Of []string
	// Total is what they add up to in each row, give or take Tolerance; NULL is nothing.
	Total, Tolerance expr.Value
	// Same are columns that say where the values are from: of several each says the same,
	// and one is there, wherever the row has one of the features.
	Same []string
	// NullIf and AvailableAt are those of each of its features which has none of its own.
	NullIf      []string
	AvailableAt string
}

// event is the column that says when a row's event was.
func (s Set) event() string {
	if s.Event != "" {
		return s.Event
	}
	return s.Date
}

// settled is the set with what features leave to their groups.
func (s Set) settled() Set {
	s.Features = slices.Clone(s.Features)
	for _, g := range s.Groups {
		for i, f := range s.Features {
			if !slices.Contains(g.Of, f.Name) {
				continue
			}
			if f.AvailableAt == "" {
				f.AvailableAt = g.AvailableAt
			}
			if len(f.NullIf) == 0 {
				f.NullIf = g.NullIf
			}
			s.Features[i] = f
		}
	}
	return s
}

// windowed is the check of a feature's window.
func (s Set) windowed(f Feature) audit.Stored {
	out := *f.Window
	out.Columns = slices.Clone(out.Columns)
	for i := range out.Columns {
		out.Columns[i].Name = f.column()
	}
	if out.Keys.At == "" {
		out.Keys.At = s.Date
	}
	if len(out.Keys.Entity) == 0 {
		out.Keys.Entity = slices.DeleteFunc(slices.Clone(s.Key), func(c string) bool { return strings.EqualFold(c, out.Keys.At) })
	}
	if len(out.Bounds) == 0 {
		out.Bounds = f.Populated
	}
	return out
}

// named is a feature of the set.
func (s Set) named(name string) (Feature, bool) {
	for _, f := range s.Features {
		if f.Name == name {
			return f, true
		}
	}
	return Feature{}, false
}

// availableAt is the column that says when a feature's values were there, "" for none.
func (s Set) availableAt(name string) string {
	f, _ := s.named(name)
	return f.AvailableAt
}

// labelled are the rows that have what is to be predicted.
func (s Set) labelled() expr.Expr { return expr.Col(s.Label).Populated() }

// inTime is TRUE where what a feature says was there before the event.
func (s Set) inTime(f Feature) expr.Expr { return expr.Col(f.AvailableAt).Lt(expr.Col(s.event())) }

// Training is TRUE of those of the eligible rows that are trained on: they have a label,
// and no value that was not there before their event.
func (s Set) Training() expr.Expr {
	s = s.settled()
	parts := []expr.Expr{s.labelled()}
	var times []string
	for _, f := range s.Features {
		if f.AvailableAt != "" && !slices.Contains(times, f.AvailableAt) {
			times = append(times, f.AvailableAt)
		}
	}
	for _, at := range times {
		var some []expr.Expr
		for _, f := range s.Features {
			if f.AvailableAt == at {
				some = append(some, f.populated())
			}
		}
		parts = append(parts, expr.AnyOf(some...).Not().Or(s.inTime(Feature{AvailableAt: at})))
	}
	return expr.AllOf(parts...)
}
