package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// figures is a metric of whole numbers by name; a sum of nothing is 0.
type figures []quality.NamedTerm

func (f figures) Terms() []quality.Term {
	out := make([]quality.Term, len(f))
	for i, t := range f {
		out[i] = t.Term
	}
	return out
}

// Read makes an INT64 of each: sums are decimals.
func (f figures) Read(_ int64, values []expr.Value) (any, error) {
	out := counts{}
	for i, v := range values {
		if v.IsNull() {
			continue
		}
		whole, err := expr.ParseValue(expr.Int64, v.String())
		if err != nil {
			return nil, fmt.Errorf("%s was measured as %s, which is no count", f[i].Term.Key(), v.SQL())
		}
		out[f[i].Name], _ = whole.Go().(int64)
	}
	return out, nil
}

// counts is what figures read as.
type counts map[string]int64

// plus adds those of other rows.
func (c counts) plus(other counts) counts {
	out := counts{}
	for _, of := range []counts{c, other} {
		for name, n := range of {
			out[name] += n
		}
	}
	return out
}
