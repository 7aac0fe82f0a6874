package faults

import (
	"math/rand/v2"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Shift writes the ids of a STRING column in another format, as one more spreadsheet or
// data frame on the way does: 0022300061 becomes 22300061, 1610612738 becomes
// 1610612738.0, 20231024_LAL_DEN becomes 20231024-LAL-DEN, BOS becomes bos, and bos BOS.
type Shift struct {
	Column string
	Where  expr.Expr
	OneIn  int
}

func (f Shift) String() string {
	return "shift the format of " + f.Column + " in " + rowsIn(f.Where, f.OneIn)
}

// Writes is the column.
func (f Shift) Writes() string { return f.Column }

func (f Shift) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	return t.write(f, f.Column, f.Where, f.OneIn, r, func(v *expr.Vector) (set, error) {
		if v.Type != expr.String {
			return set{}, &NoEffectError{f, "it is " + string(v.Type) + ", which has one format"}
		}
		return set{
			changes: func(i int) bool { return v.Valid.Get(i) && reformatted(v.Texts[i]) != v.Texts[i] },
			to:      func(i int) { v.Texts[i] = reformatted(v.Texts[i]) },
		}, nil
	})
}

// reformatted is an id in another format.
func reformatted(id string) string {
	digits := strings.Trim(id, "0123456789") == ""
	switch {
	case id == "":
		return id
	case digits && id[0] == '0' && len(id) > 1:
		if short := strings.TrimLeft(id, "0"); short != "" {
			return short
		}
		return "0"
	case digits:
		return id + ".0"
	case strings.Contains(id, "_"):
		return strings.ReplaceAll(id, "_", "-")
	case strings.Contains(id, "-"):
		return strings.ReplaceAll(id, "-", "_")
	case strings.ToUpper(id) != id:
		return strings.ToUpper(id)
	}
	return strings.ToLower(id)
}
