package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// Keys counts how often each combination of some columns occurs; it reads as
// KeyCounts. It is one figure over the whole scope: where rows are grouped, a key
// belongs to the first segment it occurs in (in the order of their values) and
// every further row of it is surplus in its own segment, so that the figures of
// the segments add up to those of the scope.
type Keys struct{ Of []string }

// KeyCounts is what Keys reads as; Rows = Distinct + Surplus + Null.
type KeyCounts struct {
	Rows       int64
	Distinct   int64 // keys without a NULL part
	Duplicated int64 // those of them that occur more than once
	Surplus    int64 // rows beyond the first of their key
	Null       int64 // rows whose key has a NULL part
}

// Terms are the parts of KeyCounts.
func (k Keys) Terms() []Term {
	columns := make([]expr.Expr, len(k.Of))
	for i, name := range k.Of {
		columns[i] = expr.Col(name)
	}
	var out []Term
	for _, op := range []TermOp{OpKeyDistinct, OpKeyDuplicated, OpKeySurplus, OpKeyNull} {
		out = append(out, Term{op, columns})
	}
	return out
}

// Read puts the parts together: every row is the first of its key, beyond the first,
// or without a key; a key is told as duplicated where one of its surplus rows is.
func (k Keys) Read(rows int64, values []expr.Value) (any, error) {
	n, err := integers(values)
	if err != nil {
		return nil, err
	}
	c := KeyCounts{Rows: rows, Distinct: n[0], Duplicated: n[1], Surplus: n[2], Null: n[3]}
	if keyed := c.Distinct + c.Surplus; keyed < 0 || keyed > rows || keyed+c.Null != rows || c.Duplicated > c.Surplus {
		return nil, fmt.Errorf("the counts contradict each other: of %d rows %d are the first of their key, %d beyond it (of %d keys) and %d without a key",
			c.Rows, c.Distinct, c.Surplus, c.Duplicated, c.Null)
	}
	return c, nil
}

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
