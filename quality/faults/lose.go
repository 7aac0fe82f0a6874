package faults

import (
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Lose loses rows: those of a segment, of a date, or all of them.
type Lose struct {
	Where expr.Expr
	OneIn int
}

func (f Lose) String() string { return "lose " + rowsIn(f.Where, f.OneIn) }

// Writes is "".
func (f Lose) Writes() string { return "" }

func (f Lose) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	met, err := t.meets(f, f.Where)
	if err != nil {
		return nil, 0, err
	}
	lost := some(met, f.OneIn, r)
	return t.without(lost), len(lost), nil
}

// without is the table without some rows, which are in order.
func (t *Table) without(lost []int32) *Table {
	kept := make([]int32, 0, t.Rows()-len(lost))
	for i := range int32(t.Rows()) {
		if len(lost) > 0 && lost[0] == i {
			lost = lost[1:]
			continue
		}
		kept = append(kept, i)
	}
	return t.pick(kept)
}
