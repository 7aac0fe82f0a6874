package windows

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// exactKeys see to it that FLOAT64 keys which differ in their digits only are not
// taken for one, by what a part of a key is for.
type exactKeys map[string]*expr.ExactKeys

func (e exactKeys) add(part string, v *expr.Vector, rows int) error {
	if e[part] == nil {
		e[part] = &expr.ExactKeys{}
	}
	return e[part].Add(v, rows, nil)
}

// tellApart looks at the keys of a batch.
func (k *keys) tellApart(b *expr.Batch) error {
	whose := "entity"
	if k.ofTeams {
		whose = "team"
	}
	for _, owner := range k.owners {
		for i, c := range owner {
			if err := k.apart.add(fmt.Sprintf("%s %d", whose, i), &b.Columns[c], b.Rows); err != nil {
				return err
			}
		}
	}
	others := map[string]int{"reset": k.reset, "team 0": k.team}
	for i, c := range k.order {
		others[fmt.Sprintf("order %d", i)] = c
	}
	for part, c := range others {
		if c < 0 {
			continue
		}
		if err := k.apart.add(part, &b.Columns[c], b.Rows); err != nil {
			return err
		}
	}
	return nil
}
