package quality

import (
	"iter"

	"github.com/intactdata/intact/quality/expr"
)

// Check is a claim about a table that data can refute. A check never reads rows:
// it says which metrics it needs, and judges what was measured. The interface is
// open; a kind that needs rows of its own implements Deriver as well, and one with
// a method Validate() error is asked for its mistakes before any data is looked at.
type Check interface {
	// Describe says what the check claims.
	Describe() Description
	// Metrics are measured over the rows of the scope where Scope.Where is TRUE,
	// for each segment. The error is a mistake in the check or the columns.
	Metrics(Scope) ([]Metric, error)
	// Judge turns measurements into at least one finding for each of
	// m.Segments(). It is called only when all metrics were measured, and for
	// segments that have rows to judge (all of them if Description.JudgesZero),
	// or when there are none but Undated rows.
	// It has no clock and does no I/O.
	Judge(Scope, Measured) []Finding
}

// Deriver is a Check on rows that are made from the table's. Scope.Relation and
// the rest of the scope say what they are made from; what Derive returns is what
// the check's metrics, segments and filter are resolved against.
type Deriver interface {
	Check
	Derive(Scope) (Relation, error)
}

// Description is what reports say of a check.
type Description struct {
	Kind    string   // complete, rows, unique, …
	Columns []string // that the claim is about
	Claim   string   // in words: usage_rate populated at_least 95%
	// JudgesZero: zero rows are a number that this kind can judge. For all other
	// kinds they are nothing to judge, which is never a pass.
	JudgesZero bool
}

// Scope is what a check is asked about.
type Scope struct {
	Relation Relation
	Schema   expr.Schema
	// Date is the suite's date column, "" if it has none. Rows whose date is
	// NULL are outside of every scope and counted apart.
	Date string
	// Rows, bound, limits the scope to dates and by the suite's filter; zero is
	// all rows.
	Rows expr.Expr
	// Where is the check's own filter as it is written; zero is all rows.
	Where expr.Expr
	// By are the group-by columns.
	By []string
	// NullsOK: NULL where the check meets it is no failure.
	NullsOK bool

	// Rows is days AND filter: the suite's dates and its own where, bound.
	days, filter expr.Expr
}

// Measured is what was measured for one check.
type Measured interface {
	// Segments are those to judge, expected ones included even when they are
	// absent, in the order of their values.
	Segments() iter.Seq[Segment]
	// Population counts the rows of the segment by the check's filter: TRUE are
	// judged.
	Population(Segment) Counts
	// Undated counts the rows whose date is NULL, which no segment holds.
	Undated() int64
	// Get returns a metric that the check asked for. An error makes the check
	// unknown, whatever it goes on to find.
	Get(Metric, Segment) (Measurement, error)
}

// Finding is what a check comes to in one segment.
type Finding struct {
	Segment Segment
	Verdict Verdict
	Reason  string // one line, with the numbers in it
	// Observed is nil when nothing could be observed.
	Observed *Observed
	Bounds   []Bound // that Observed was held against
	Detail   []Detail
}

// Bound is the bounds with their limits as decimals: at_least 0.95.
func (f Finding) Bound() string { return joinBounds(f.Bounds, Bound.String) }

// Observed is an exact share or count.
type Observed struct {
	Numerator   int64
	Denominator int64 // 0 in a share: there was nothing to judge
	IsCount     bool  // Numerator is a count, and there is no denominator
}

// String is the share or count as reports write it: 12,068 of 25,285.
func (o Observed) String() string {
	if o.IsCount {
		return Grouped(o.Numerator)
	}
	return Grouped(o.Numerator) + " of " + Grouped(o.Denominator)
}

// ObservedShare is numerator of denominator.
func ObservedShare(numerator, denominator int64) *Observed {
	return &Observed{Numerator: numerator, Denominator: denominator}
}

// ObservedCount is a count.
func ObservedCount(n int64) *Observed { return &Observed{Numerator: n, IsCount: true} }

// Detail is a further count that stands beside what was observed.
type Detail struct {
	Name  string
	Count int64
}
