package quality

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Check is a claim about a table that data can refute. A check never reads rows:
// it says what must be measured, and judges what was. The interface is open; a
// kind with a method Validate() error is asked for its mistakes before any data is
// looked at, and one with In(Suite, Rule) (Check, error) for itself with what it leaves
// to the suite, or why it does not go with the rest.
type Check interface {
	// Describe says what the check claims.
	Describe() Description
	// Requests are what must be measured. The first says which rows are judged: the
	// table's where the rule's filter is TRUE, unless it is of another relation. The
	// error is a mistake in the check or the columns.
	Requests(Scope) ([]Request, error)
	// Judge turns what was measured into at least one finding for each of
	// m.Segments(). It is called only when all of it was measured, and for
	// segments that have rows to judge (all of them if Description.JudgesZero),
	// or when there are none but rows without a date. It has no clock but that of
	// the scope and does no I/O.
	Judge(Scope, Measured) []Finding
}

// Description is what reports say of a check.
type Description struct {
	Kind    string   // complete, rows, unique, …
	Columns []string // that the claim is about
	Claim   string   // in words: usage_rate populated at_least 95%
	// Judges names what is judged where that is not rows: due key.
	Judges string
	// JudgesZero: zero rows are a number that this kind can judge. For all other
	// kinds they are nothing to judge, which is never a pass.
	JudgesZero bool
	// OfDue: what the suite's calendar says was due is what is judged, so that the suite
	// needs one.
	OfDue bool
	// LooksAtNoRows: it judges what the engine knows of the table, in its Scope:
	// nothing is measured for it, and Requests is not asked.
	LooksAtNoRows bool
}

// Request asks for a metric. Its zero fields are the rule's own: its rows, its
// filter, its segments.
type Request struct {
	Metric Metric
	// Of is another relation than the suite's table. The suite's dates and filters
	// are then the relation's own affair: see Scope.Table and Scope.Judged.
	Of Relation
	// Rows limits the rows to dates and by the suite's filter, Where by the
	// check's; expr.Lit(true) is all rows.
	Rows, Where expr.Expr
	// By are columns of the rows to group by, as Scope.Groups makes them of rows that
	// are made; empty and not nil, there is one segment.
	By []string
	// Expects: where By is the rule's, the segments that these rows have are judged even
	// where the judged rows have none of them. The segment null is not.
	Expects bool
}

// key is a text that equal requests, and only those, have in common.
func (r Request) key() string {
	by := "the rule's"
	if r.By != nil {
		by = fmt.Sprintf("%q", r.By)
	}
	return fmt.Sprintf("%s of %s rows %s where %s by %s", r.asks(), r.Of.Key(), r.Rows, r.Where, by)
}

// grouping are the columns of its segments.
func (r Request) grouping(s Scope) []Column {
	if r.By == nil {
		return s.Groups()
	}
	return Columns(r.By...)
}

// asks names what is asked for.
func (r Request) asks() string {
	var parts []string
	for _, t := range r.Metric.Terms() {
		parts = append(parts, t.Key())
	}
	return strings.Join(parts, ", ")
}

// own reports whether the request is over the rows and segments that are judged.
func (r Request) own(s Scope) bool {
	return r.By == nil && r.Where.IsZero() && r.Of.Key() == s.judged.Key() && r.Rows.String() == s.judgedRows.String()
}

// Scope is what a check is asked about.
type Scope struct {
	Relation Relation
	Schema   expr.Schema
	// Info is what the engine knows of the table, its Schema among it.
	Info TableInfo
	// Others are the rows of the tables that a [Reader] names, in its order: within
	// the suite's dates where they are paired, else whole.
	Others []OtherRows
	// Date is the suite's date column, "" if it has none. Rows whose date is
	// NULL are outside of every scope and counted apart.
	Date string
	// From and To are the first and last day of the suite, zero where there is none.
	From, To civil.Date
	// dueUntil is the last day whose rows are due, zero where there is no due time.
	dueUntil civil.Date
	// Now is the clock of the run, and Zone the suite's, in which days are told.
	Now  time.Time
	Zone *time.Location
	// Rows, bound, limits the scope to dates and by the suite's filter; zero is
	// all rows.
	Rows expr.Expr
	// Where is the check's own filter as it is written; zero is all rows.
	Where expr.Expr
	// By are the group-by columns, and Expect the segments of them that have to be
	// there, as they are written.
	By     []string
	Expect [][]any
	// NullsOK: NULL where the check meets it is no failure.
	NullsOK bool
	// Except is TRUE for the rows of keys that are left out, for a check of keys that
	// are due by another table: the suite's rows are without them already.
	Except expr.Expr

	// Rows is days AND filter: the suite's dates and its own where, bound.
	days, filter expr.Expr
	// computed are columns of the rule's own, that By names.
	computed []Column
	// redact are columns whose values nothing prints.
	redact []string
	// redacts: some table of the suite has such columns.
	redacts bool
	// hidden reports which columns of the suite's tables they are.
	hidden func(table, column string) bool
	// population is which rows the rule is about, in words.
	population string
	// judged is what the first request is of, where that is not the table, and which
	// rows of it are judged.
	judged     Relation
	judgedRows expr.Expr
	// maxSegments is how many segments there may be.
	maxSegments int64
}

// Table is the rows of the suite's table in scope, for relations made from them.
func (s Scope) Table() Relation { return s.Relation.Filter(s.Rows) }

// Judged is Table where the check's own filter is TRUE.
func (s Scope) Judged() Relation { return s.Table().Filter(s.Where) }

// Redacted reports whether nothing may print a value of the column.
func (s Scope) Redacted(column string) bool { return expr.Shows(s.redact, column) }

// Hides reports whether a column of some rows shows what nothing may print, from
// whichever table and under whatever name it comes.
func (s Scope) Hides(of Relation, column string) bool {
	return s.hidden != nil && of.shows(column, s.hidden)
}

// Redacts reports whether any table of the suite has columns that nothing may print.
func (s Scope) Redacts() bool { return s.redacts }

// Shown is a value of a column as reports print it, where it is not redacted.
func (s Scope) Shown(column string, v expr.Value) string {
	if s.Redacted(column) {
		return "a value that is redacted"
	}
	return v.SQL()
}

// Groups are the group-by columns as keys of an Aggregate of Judged rows: a request of
// what is made of that is by Scope.By.
func (s Scope) Groups() []Column {
	out := Columns(s.By...)
	for i, name := range s.By {
		for _, c := range s.computed {
			if expr.SameColumn(c.Name, name) {
				out[i] = c
			}
		}
	}
	return out
}

// Population asks for the FilterCounts of the rows in scope by the check's filter,
// in each segment: where it is TRUE they are judged. Where another relation is
// judged it is the rows of it that the first request takes. It is measured for every
// check.
func (s Scope) Population() Request {
	of := s.Where
	if !s.judged.IsZero() {
		of = expr.Expr{}
	}
	return Request{Of: s.judged, Metric: tallied(of, s.Schema), Rows: s.judgedRows, Where: expr.Lit(true)}
}

// ByColumns are the columns that rows are grouped by, and that computed ones are made
// of: what a relation has to let through.
func (s Scope) ByColumns() []string {
	var out []string
	for _, c := range s.Groups() {
		out = union(out, c.Of.Columns())
	}
	return out
}

// Undated asks for the Counts of the rows whose date is NULL, which no segment
// holds. It is measured for every check of a suite with a date column.
func (s Scope) Undated() Request {
	return Request{
		Metric: Tally{expr.Lit(true)},
		Rows:   expr.AllOf(expr.Col(s.Date).IsNull(), s.filter),
		Where:  expr.Lit(true),
		By:     []string{},
	}
}

// Measured is what was measured for one check.
type Measured interface {
	// Segments are those to judge, expected ones included even when they are
	// absent, in the order of their values.
	Segments() iter.Seq[Segment]
	// Get reads what was measured for a request in one segment: a metric over no
	// row where there was none. An error makes the check unknown, whatever it goes
	// on to find.
	Get(Request, Segment) (any, error)
}

// Get reads what was measured for a request as the type that its metric reads as:
//
//	counts, err := quality.Get[quality.Counts](m, scope.Population(), segment)
func Get[T any](m Measured, r Request, s Segment) (T, error) {
	var none T
	got, err := m.Get(r, s)
	if err != nil {
		return none, err
	}
	typed, ok := got.(T)
	if !ok {
		return none, fmt.Errorf("%T reads as %T, not as %T", r.Metric, got, none)
	}
	return typed, nil
}

// Finding is what a check comes to in one segment.
type Finding struct {
	Segment Segment
	// Subject is the column that the finding is about, where a check is about
	// several; else "".
	Subject string
	Verdict Verdict
	Reason  string // one line, with the numbers in it
	// Observed is nil when nothing could be observed.
	Observed *Observed
	Bounds   []Bound // that Observed was held against
	Details  []Detail
	// AtFault are rows that a failure is due to, of checks that are a [Tracer].
	AtFault []AtFault
	// Selections are all of those rows, each sort of them, where Suite.Explain asks for
	// it, and Explain is a query of them as somebody wrote it who knows how, "" if none
	// was written.
	Selections []Selection
	Explain    string
}

// Bound is the bounds with their limits as decimals: at_least 0.95.
func (f Finding) Bound() string { return joinBounds(f.Bounds, Bound.String) }

// Detail is a further value that stands beside what was observed.
type Detail struct {
	Name  string // as in JSON: surplus_rows
	Value Observed
}

// CountDetail is a count beside what was observed.
func CountDetail(name string, n int64) Detail { return Detail{name, *ObservedCount(n)} }
