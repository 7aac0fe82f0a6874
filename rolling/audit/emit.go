package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
)

// emit gives the rows of the stored table with what was found of them.
func (f *findings) emit(ctx context.Context, a audited, columns []string, yield func(*expr.Batch, error) bool) {
	var read []string
	made := make([]func(v *expr.Vector, i, point int), len(columns))
	types := make([]expr.Type, len(columns))
	at := make([]int, len(columns))
	for c, name := range columns {
		if expr.Named(a.through, name) {
			at[c] = len(read)
			read = append(read, name)
			continue
		}
		types[c], made[c] = f.column(name)
	}
	if len(read) == 0 { // the rows must be counted
		read = a.through[:1]
	}
	row, point, skipped := 0, 0, 0
	out := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
	for b, err := range a.inputs[0].Scan(ctx, read) {
		if err != nil {
			yield(nil, err)
			return
		}
		out.Rows, out.File, out.Lines = b.Rows, b.File, b.Lines
		for c := range columns {
			if made[c] == nil {
				out.Columns[c] = b.Columns[at[c]]
			} else {
				out.Columns[c].Reset(types[c], b.Rows)
			}
		}
		for i := range b.Rows {
			p := point
			if skipped < len(f.points.others) && f.points.others[skipped] == row {
				skipped++
				p = -1
			} else {
				point++
			}
			row++
			if p >= f.points.n {
				yield(nil, fmt.Errorf("%s has more rows than when its windows were computed: it changes while it is read", a.tables[0]))
				return
			}
			for c := range columns {
				if made[c] != nil {
					made[c](&out.Columns[c], i, p)
				}
			}
		}
		if !yield(out, nil) {
			return
		}
	}
	if point != f.points.n {
		yield(nil, fmt.Errorf("%s has fewer rows than when its windows were computed: it changes while it is read", a.tables[0]))
	}
}

// column makes the values of a column; the point of a row without one is −1.
func (f *findings) column(name string) (expr.Type, func(v *expr.Vector, i, point int)) {
	if name == matchedColumn {
		return expr.Bool, func(v *expr.Vector, i, p int) {
			if p < 0 {
				return
			}
			v.Valid.Set(i)
			if f.known[p] {
				v.Bools.Set(i)
			}
		}
	}
	n := slices.IndexFunc(f.points.a.Columns, func(c Column) bool {
		return slices.Contains([]string{classColumn(c.Name), toldColumn(c.Name), recomputedColumn(c.Name), reasonColumn(c.Name)}, name)
	})
	h, stored := f.columns[n], f.points.a.Columns[n].Name
	switch name {
	case classColumn(stored):
		return expr.Int64, func(v *expr.Vector, i, p int) {
			v.Valid.Set(i)
			if v.Ints[i] = int64(Unkeyed); p >= 0 {
				v.Ints[i] = int64(f.classes[n][p])
			}
		}
	case toldColumn(stored):
		return expr.Bool, func(v *expr.Vector, i, p int) {
			v.Valid.Set(i)
			if p >= 0 && f.told[n].Valid(p) {
				v.Bools.Set(i)
			}
		}
	case recomputedColumn(stored):
		w := f.answers.Windows(h.declared)
		return expr.Float64, func(v *expr.Vector, i, p int) {
			if p < 0 {
				return
			}
			if x, whole := panel.Number(w, p); whole {
				v.Valid.Set(i)
				v.Floats[i] = x
			}
		}
	}
	w := f.answers.Windows(h.declared)
	return expr.String, func(v *expr.Vector, i, p int) {
		if p >= 0 && w.Reason(p) > 0 {
			v.Valid.Set(i)
			v.Texts[i] = w.Reason(p).String()
		}
	}
}
