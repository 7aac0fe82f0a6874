package googlesql

import (
	"fmt"
	"math/big"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// cells reads one row of a result.
type cells struct {
	values []any
}

// count is a number of rows; it is never NULL.
func (c cells) count(at int) (int64, error) {
	n, ok := c.values[at].(int64)
	if !ok || n < 0 {
		return 0, fmt.Errorf("column %d of the result is %v where a count was expected", at+1, c.values[at])
	}
	return n, nil
}

// value is a value of a term.
func (c cells) value(at int, t expr.Type) (expr.Value, error) {
	v, err := valueOf(t, c.values[at])
	if err != nil {
		return v, fmt.Errorf("column %d of the result: %w", at+1, err)
	}
	return v, nil
}

// segment reads the values of the group-by columns, which start at a column of
// the result.
func (c cells) segment(at int, by []quality.Column) (quality.Segment, error) {
	names, values := make([]string, len(by)), make([]expr.Value, len(by))
	for i, b := range by {
		var err error
		if values[i], err = valueOf(b.Of.Type(), c.values[at+i]); err != nil {
			return quality.Segment{}, fmt.Errorf("a segment of %s: %w", b.Name, err)
		}
		names[i] = b.Name
	}
	return quality.NewSegment(names, values), nil
}

// valueOf types what the client read: NUMERIC and BIGNUMERIC alike as *big.Rat,
// and a TIMESTAMP as the microseconds that it was grouped by.
func valueOf(t expr.Type, v any) (expr.Value, error) {
	if r, ok := v.(*big.Rat); ok && t == expr.BigNumeric {
		return expr.ParseValue(t, r.FloatString(38))
	}
	if us, ok := v.(int64); ok && t == expr.Timestamp {
		v = time.UnixMicro(us)
	}
	out, err := expr.ValueOf(v)
	if err == nil && !out.IsNull() && out.Type() != t {
		err = fmt.Errorf("the result has %s where the column is %s", out.SQL(), t)
	}
	return out, err
}
