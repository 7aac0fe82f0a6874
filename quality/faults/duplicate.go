package faults

import (
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Duplicate writes rows once more, behind all others: a backfill that ran twice.
type Duplicate struct {
	Where expr.Expr
	OneIn int
}

func (f Duplicate) String() string { return "duplicate " + rowsIn(f.Where, f.OneIn) }

// Writes is "".
func (f Duplicate) Writes() string { return "" }

func (f Duplicate) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	met, err := t.meets(f, f.Where)
	if err != nil {
		return nil, 0, err
	}
	again := some(met, f.OneIn, r)
	rows := make([]int32, t.Rows(), t.Rows()+len(again))
	for i := range rows {
		rows[i] = int32(i)
	}
	return t.pick(append(rows, again...)), len(again), nil
}
