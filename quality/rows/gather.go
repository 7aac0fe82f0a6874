package rows

import (
	"github.com/intactdata/intact/quality/expr"
)

// gather sets a vector to rows of another in any order; a row below 0 is NULL.
func gather(out, in *expr.Vector, rows []int32) {
	out.Reset(in.Type, len(rows))
	if out.Err = in.Err; in.Err != nil {
		return
	}
	for i, r := range rows {
		if r < 0 || !in.Valid.Get(int(r)) {
			continue
		}
		out.Valid.Set(i)
		switch {
		case in.Ints != nil:
			out.Ints[i] = in.Ints[r]
		case in.Floats != nil:
			out.Floats[i] = in.Floats[r]
		case in.Texts != nil:
			out.Texts[i] = in.Texts[r]
		case in.Decimals != nil:
			out.Decimals[i] = in.Decimals[r]
		case in.Bools != nil && in.Bools.Get(int(r)):
			out.Bools.Set(i)
		}
	}
}
