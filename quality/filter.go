package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// checkFilter refuses a filter that is TRUE for no row, or for every one, whatever the
// data is.
func checkFilter(where expr.Expr) error {
	switch err := where.Mistake(); {
	case err != nil:
		return err
	case where.IsZero():
		return nil
	case where.NeverTrue():
		return fmt.Errorf("%s is TRUE for no row, whatever the data is", where)
	case where.TrueForAll():
		return fmt.Errorf("%s is TRUE for every row: leave it out", where)
	}
	return nil
}

// FilterCounts is how many rows a filter is TRUE, FALSE and NULL for.
type FilterCounts struct {
	Counts
	// NaN is how many of all those rows rest on a NaN: were it NULL, the filter
	// would be something else.
	NaN int64
}

// String is the counts as reports write them.
func (c FilterCounts) String() string {
	return fmt.Sprintf("(TRUE %s, FALSE %s, NULL %s%s)", Grouped(c.True), Grouped(c.False), Grouped(c.Null), c.nan())
}

// nan is the tail of the counts, where there is anything to tell.
func (c FilterCounts) nan() string {
	if c.NaN == 0 {
		return ""
	}
	return "; " + Plural(c.NaN, "rests", "rest") + " on a NaN"
}

// Plus adds the counts of other rows.
func (c FilterCounts) Plus(o FilterCounts) FilterCounts {
	return FilterCounts{c.Counts.Plus(o.Counts), c.NaN + o.NaN}
}

// filterTally is a Tally of a filter that tells where it rests on NaN; it reads as
// FilterCounts.
type filterTally struct {
	Tally
	rests expr.Expr // zero where it can meet none
}

// tallied is the metric of a filter over rows of the schema; the zero Expr is TRUE
// for every row. Of one that cannot be bound nothing is told: it is refused where
// it is measured.
func tallied(filter expr.Expr, schema expr.Schema) filterTally {
	if filter.IsZero() {
		filter = expr.Lit(true)
	}
	out := filterTally{Tally: Tally{filter}}
	if bound, err := filter.BindPredicate(schema); err == nil {
		out.rests = bound.RestsOnNaN()
	}
	return out
}

func (t filterTally) Terms() []Term {
	out := t.Tally.Terms()
	if !t.rests.IsZero() {
		out = append(out, CountWhere(t.rests))
	}
	return out
}

func (t filterTally) Read(rows int64, values []expr.Value) (any, error) {
	n := len(t.Tally.Terms())
	counts, err := t.Tally.Read(rows, values[:n])
	if err != nil {
		return nil, err
	}
	rests, err := integers(values[n:])
	if err != nil {
		return nil, err
	}
	out := FilterCounts{Counts: counts.(Counts)}
	for _, r := range rests {
		out.NaN = r
	}
	return out, nil
}

// or is an expression, or another where it says nothing.
func or(e, other expr.Expr) expr.Expr {
	if e.IsZero() {
		return other
	}
	return e
}

// filter binds a filter; that of every row is none.
func filter(e expr.Expr, schema expr.Schema) (expr.Expr, error) {
	if e.IsZero() || e.AlwaysTrue() {
		return expr.Expr{}, nil
	}
	return e.BindPredicate(schema)
}
