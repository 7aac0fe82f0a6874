package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// Metric is a number to be measured: terms over rows, and a reading of their
// values. It has no body of its own, so every engine measures every metric.
type Metric interface {
	// Terms are what is measured; there is at least one.
	Terms() []Term
	// Read makes the measurement of how many rows were looked at and the terms'
	// values over them, in the terms' order.
	Read(rows int64, values []expr.Value) (any, error)
}

// Tally counts the rows where a predicate is TRUE, FALSE and NULL; it reads as
// Counts.
type Tally struct{ Of expr.Expr }

// Terms count where the predicate is TRUE, and where it is NULL if it can be.
func (t Tally) Terms() []Term {
	if t.Of.NeverNull() {
		return []Term{CountWhere(t.Of)}
	}
	return []Term{CountWhere(t.Of), CountWhere(t.Of.IsNull())}
}

// Read takes the rest of the rows for FALSE.
func (t Tally) Read(rows int64, values []expr.Value) (any, error) {
	n, err := integers(values)
	if err != nil {
		return nil, err
	}
	c := Counts{True: n[0]}
	if len(n) > 1 {
		c.Null = n[1]
	}
	if c.True > rows || c.Null > rows-c.True {
		return nil, fmt.Errorf("the counts contradict each other: %s is TRUE for %d and NULL for %d of %d rows", t.Of, c.True, c.Null, rows)
	}
	c.False = rows - c.True - c.Null
	return c, nil
}

// Counts is what a Tally reads as.
type Counts struct{ True, False, Null int64 }

// Rows is how many rows were counted.
func (c Counts) Rows() int64 { return c.True + c.False + c.Null }

// String is the counts as reports write them.
func (c Counts) String() string {
	return fmt.Sprintf("(TRUE %s, FALSE %s, NULL %s)", Grouped(c.True), Grouped(c.False), Grouped(c.Null))
}

// Plus adds the counts of other rows.
func (c Counts) Plus(other Counts) Counts {
	return Counts{c.True + other.True, c.False + other.False, c.Null + other.Null}
}

// integers are values that terms counted.
func integers(values []expr.Value) ([]int64, error) {
	out := make([]int64, len(values))
	for i, v := range values {
		n, ok := v.Go().(int64)
		if !ok || n < 0 {
			return nil, fmt.Errorf("%s was measured where a count was expected", v.SQL())
		}
		out[i] = n
	}
	return out, nil
}
