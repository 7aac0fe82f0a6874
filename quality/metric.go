package quality

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Class fixes the statement that measures a metric: metrics of one class on one
// relation share as few statements as the class allows.
type Class int

// The classes. Fold metrics of a relation all share one statement, whatever
// they are grouped by; keyed metrics share one for each key set.
const (
	Fold Class = iota
	Keyed
)

func (c Class) String() string {
	if c == Keyed {
		return "keyed"
	}
	return "fold"
}

// Metric is a number to be measured over the rows of a scope, for each segment.
// The set of metrics is closed, so that every engine can measure all of them.
// Metrics with equal keys are measured once.
type Metric interface {
	Key() string
	Class() Class
	// Merges reports whether the measurement of a whole is the Merge of the
	// measurements of its parts.
	Merges() bool
	// Columns are those that the metric reads.
	Columns() []string

	bind(expr.Schema) (Metric, error)
	zero() Measurement
}

// Measurement is the value of a metric in one segment: Counts for a Tally,
// KeyCounts for Keys.
type Measurement interface {
	// Contradiction says why these counts can be those of no rows at all, nil if
	// they can.
	Contradiction() error
	// measured is how many rows were looked at.
	measured() int64
}

// Tally counts the rows where a predicate is TRUE, FALSE and NULL.
type Tally struct{ Of expr.Expr }

// Counts is the measurement of a Tally.
type Counts struct{ True, False, Null int64 }

// Rows is how many rows were counted.
func (c Counts) Rows() int64 { return c.True + c.False + c.Null }

// Contradiction: no count is below 0, nor is a sum that is too large for one.
func (c Counts) Contradiction() error {
	if min(c.True, c.False, c.Null, c.True+c.False, c.Rows()) < 0 {
		return fmt.Errorf("the counts contradict each other: a predicate is TRUE for %d, FALSE for %d and NULL for %d of %d rows",
			c.True, c.False, c.Null, c.Rows())
	}
	return nil
}

func (c Counts) measured() int64 { return c.Rows() }

// Key is the predicate's text.
func (t Tally) Key() string { return "tally " + t.Of.String() }

// Class is Fold.
func (t Tally) Class() Class { return Fold }

// Merges: the counts of parts add up.
func (t Tally) Merges() bool { return true }

// Columns are those of the predicate.
func (t Tally) Columns() []string { return t.Of.Columns() }

func (t Tally) bind(s expr.Schema) (Metric, error) {
	of, err := t.Of.BindPredicate(s)
	return Tally{of}, err
}

func (t Tally) zero() Measurement { return Counts{} }

// In looks the counts up among what was measured.
func (t Tally) In(m Measured, s Segment) (Counts, error) { return lookup[Counts](m, t, s) }

// Keys counts how often each combination of some columns occurs. It is one
// figure over the whole scope: where rows are grouped, a key belongs to the
// first segment it occurs in (in the order of their values) and every further
// row of it is surplus in its own segment, so that the figures of the segments
// add up to those of the scope.
type Keys struct{ Of []string }

// KeyCounts is the measurement of Keys; Rows = Distinct + Surplus + Null.
type KeyCounts struct {
	Rows       int64
	Distinct   int64 // keys without a NULL part
	Duplicated int64 // those of them that occur more than once
	Surplus    int64 // rows beyond the first of their key
	Null       int64 // rows whose key has a NULL part
}

// Contradiction: every row is the first of its key, beyond the first, or without a
// key; a key is told as duplicated where one of its surplus rows is.
func (k KeyCounts) Contradiction() error {
	keyed := k.Distinct + k.Surplus
	if min(k.Distinct, k.Duplicated, k.Surplus, k.Null, keyed) < 0 || keyed+k.Null != k.Rows || k.Rows < keyed || k.Duplicated > k.Surplus {
		return fmt.Errorf("the counts contradict each other: of %d rows %d are the first of their key, %d beyond it (of %d keys) and %d without a key",
			k.Rows, k.Distinct, k.Surplus, k.Duplicated, k.Null)
	}
	return nil
}

func (k KeyCounts) measured() int64 { return k.Rows }

// Key is the list of columns.
func (k Keys) Key() string {
	names := make([]string, len(k.Of))
	for i, c := range k.Of {
		names[i] = expr.QuoteName(c)
	}
	return "keys " + strings.Join(names, ", ")
}

// Class is Keyed.
func (k Keys) Class() Class { return Keyed }

// Merges: no, a key can occur in both parts.
func (k Keys) Merges() bool { return false }

// Columns are those of the key.
func (k Keys) Columns() []string { return k.Of }

// bind brings the columns into the schema's order: a key set is one however it is
// written.
func (k Keys) bind(s expr.Schema) (Metric, error) {
	names, err := resolveColumns(s, k.Of)
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(s.Position(a), s.Position(b)) })
	return Keys{names}, err
}

func (k Keys) zero() Measurement { return KeyCounts{} }

// In looks the counts up among what was measured.
func (k Keys) In(m Measured, s Segment) (KeyCounts, error) { return lookup[KeyCounts](m, k, s) }

// resolveColumns gives columns that values are compared of the schema's spelling.
func resolveColumns(s expr.Schema, names []string) ([]string, error) {
	out := make([]string, len(names))
	for i, name := range names {
		f, err := s.Field(name)
		if err != nil {
			return nil, err
		}
		if !f.Type.Computable() {
			return nil, fmt.Errorf("column %q is %s, whose values cannot be grouped", f.Name, f.Type)
		}
		out[i] = f.Name
	}
	return out, nil
}

// Merge is the measurement of two parts together.
func Merge(a, b Measurement) (Measurement, error) {
	x, ok1 := a.(Counts)
	y, ok2 := b.(Counts)
	if !ok1 || !ok2 {
		return nil, fmt.Errorf("a %T and a %T do not merge", a, b)
	}
	return Counts{x.True + y.True, x.False + y.False, x.Null + y.Null}, nil
}

func lookup[M Measurement](m Measured, of Metric, s Segment) (M, error) {
	var none M
	got, err := m.Get(of, s)
	if err != nil {
		return none, err
	}
	typed, ok := got.(M)
	if !ok {
		return none, fmt.Errorf("%s was measured as %T, not as %T", of.Key(), got, none)
	}
	return typed, nil
}
