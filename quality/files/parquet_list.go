package files

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// list is how far the items of an ARRAY have been read.
type list struct {
	rows  []int // that each item of the batch is in
	value int   // of those at hand that comes next
	have  int   // values at hand
}

// fillList reads the next rows of an ARRAY with their items.
func (r *parquetReader) fillList(v *expr.Vector, rows int) error {
	v.Reset(expr.ArrayOf(r.filler.Type), rows)
	r.vector, r.filler.text, r.ends, r.list.rows = v.Items, r.filler.text[:0], r.ends[:0], r.list.rows[:0]
	r.long.reset(r.file.file, r.filler.Name)
	err := quality.Guard(damage, func() error { return r.items(v, rows) })
	if err != nil {
		return fmt.Errorf("after row %d: %w", r.row, err)
	}
	if len(r.long.rows) > 0 {
		v.Items.Written = r.long.written
	}
	r.finish(len(r.list.rows))
	v.Err = r.err
	return nil
}

// items reads up to where the row behind the last begins.
func (r *parquetReader) items(v *expr.Vector, rows int) error {
	for done := 0; ; {
		r.at = r.at[:0]
		from := r.list.value
		for ; r.have > 0; r.have-- {
			i := r.until - r.have
			if r.rep[i] == 0 {
				if done == rows {
					break
				}
				v.SetItems(done, 0)
				if done++; r.def[i] >= r.array.def {
					v.Valid.Set(done - 1)
				}
			}
			if r.def[i] < r.array.some {
				continue
			}
			item := len(r.list.rows)
			r.list.rows = append(r.list.rows, done-1)
			v.Offsets[done] = int32(item + 1)
			if r.def[i] >= r.column.def {
				r.at = append(r.at, item)
				r.list.value++
			}
		}
		if r.list.value > r.list.have {
			return fmt.Errorf("a page has %d values for %d items that are not NULL: the file is damaged", r.list.have, r.list.value)
		}
		v.Items.Grow(len(r.list.rows))
		if r.err == nil {
			if err := r.store(from); err != nil {
				return err
			}
		}
		if r.have > 0 {
			return nil
		}
		levels, values, err := r.more(batchRows)
		switch {
		case err != nil:
			return err
		case levels == 0 && done < rows:
			return errShort
		case levels == 0:
			return nil
		}
		r.have, r.until, r.list.value, r.list.have = levels, levels, 0, values
	}
}
