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
	schema expr.Schema
}

// count is a number of rows; it is never NULL.
func (c cells) count(at int) (int64, error) {
	n, ok := c.values[at].(int64)
	if !ok || n < 0 {
		return 0, fmt.Errorf("column %d of the result is %v where a count was expected", at+1, c.values[at])
	}
	return n, nil
}

// counts reads several counts at once.
func (c cells) counts(at ...int) ([]int64, error) {
	out := make([]int64, len(at))
	for i, column := range at {
		var err error
		if out[i], err = c.count(column); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// segment reads the values of the group-by columns, which start at a column of
// the result.
func (c cells) segment(at int, by []string) (quality.Segment, error) {
	values := make([]expr.Value, len(by))
	for i, name := range by {
		f, err := c.schema.Field(name)
		if err != nil {
			return quality.Segment{}, err
		}
		if values[i], err = valueOf(f.Type, c.values[at+i]); err != nil {
			return quality.Segment{}, fmt.Errorf("a segment of %s: %w", name, err)
		}
	}
	return quality.NewSegment(by, values), nil
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
