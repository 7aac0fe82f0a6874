package panel

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// agree refuses keys of other types than the rows': they would never meet.
func (k *keys) agree(setting string, other *keys) error {
	if k.unit != other.unit && k.unit != expr.Null && other.unit != expr.Null {
		return fmt.Errorf("%s: the times are %s in %s and %s in %s: both must be DATE, or both TIMESTAMP", k.words.Say(setting, ""), k.unit, k.table.Name, other.unit, other.table.Name)
	}
	same := func(a, b int) error {
		of, is := k.typeOf(a), other.typeOf(b)
		if of == is || of == expr.Null || is == expr.Null {
			return nil
		}
		return k.differ(setting, k.columns[a], of, other, is)
	}
	if k.reset >= 0 {
		if err := same(k.reset, other.reset); err != nil {
			return err
		}
	}
	for _, owner := range other.owners {
		for i, c := range owner {
			mine := k.team
			if other.codes == k.codes {
				mine = k.owners[0][i]
			}
			if err := same(mine, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *keys) typeOf(column int) expr.Type {
	f, err := k.schema.Field(k.columns[column])
	if err != nil {
		return expr.Null
	}
	return f.Type
}
