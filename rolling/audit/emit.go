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
	made := make([]column, len(columns))
	at := make([]int, len(columns))
	for c, name := range columns {
		if expr.Named(a.through, name) {
			at[c] = len(read)
			read = append(read, name)
			continue
		}
		made[c] = f.column(name)
	}
	if len(read) == 0 { // the rows must be counted
		read = a.through[:1]
	}
	next := numbering{others: f.points.others}
	out := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
	for b, err := range expr.Scan(ctx, a.inputs[0], read) {
		if err != nil {
			yield(nil, err)
			return
		}
		points := next.of(b.Rows)
		if next.point > f.points.n {
			yield(nil, fmt.Errorf("%s has more rows than when its windows were computed: it changes while it is read", a.tables[0]))
			return
		}
		out.Rows, out.File, out.Lines = b.Rows, b.File, b.Lines
		for c, m := range made {
			if m.fill == nil {
				out.Columns[c] = b.Columns[at[c]]
				continue
			}
			out.Columns[c].Reset(m.typ, b.Rows)
			m.fill(&out.Columns[c], points)
		}
		if !yield(out, nil) {
			return
		}
	}
	if next.point != f.points.n {
		yield(nil, fmt.Errorf("%s has fewer rows than when its windows were computed: it changes while it is read", a.tables[0]))
	}
}

// numbering says which point each row of a table is.
type numbering struct {
	others     []int // rows that are none, from the next one on
	row, point int
	points     []int
}

// of are those of the next rows; −1 is none. They are good until it is called again.
func (n *numbering) of(rows int) []int {
	n.points = n.points[:0]
	for range rows {
		if len(n.others) > 0 && n.others[0] == n.row {
			n.others = n.others[1:]
			n.points = append(n.points, -1)
		} else {
			n.points = append(n.points, n.point)
			n.point++
		}
		n.row++
	}
	return n.points
}

// A column is filled with the values of points.
type column struct {
	typ  expr.Type
	fill func(v *expr.Vector, points []int)
}

func (f *findings) column(name string) column {
	switch name {
	case matchedColumn:
		return truths(f.known)
	case dueColumn:
		return truths(f.due)
	}
	n := slices.IndexFunc(f.points.a.Columns, func(c Column) bool {
		return slices.Contains([]string{classColumn(c.Name), toldColumn(c.Name), recomputedColumn(c.Name), reasonColumn(c.Name)}, name)
	})
	stored := f.points.a.Columns[n].Name
	switch name {
	case classColumn(stored):
		return column{expr.Int64, func(v *expr.Vector, points []int) {
			v.Valid = v.Valid.Fill(len(points))
			for i, p := range points {
				if v.Ints[i] = int64(Unkeyed); p >= 0 {
					v.Ints[i] = int64(f.classes[n][p])
				}
			}
		}}
	case toldColumn(stored):
		return column{expr.Bool, func(v *expr.Vector, points []int) {
			v.Valid = v.Valid.Fill(len(points))
			for i, p := range points {
				if p >= 0 && f.told[n].Valid(p) {
					v.Bools.Set(i)
				}
			}
		}}
	}
	w := f.answers.Windows(f.columns[n].declared)
	if name == recomputedColumn(stored) {
		return column{expr.Float64, func(v *expr.Vector, points []int) {
			for i, p := range points {
				if p < 0 {
					continue
				}
				if x, whole := panel.Number(w, p); whole {
					v.Valid.Set(i)
					v.Floats[i] = x
				}
			}
		}}
	}
	return column{expr.String, func(v *expr.Vector, points []int) {
		for i, p := range points {
			if p >= 0 {
				v.Valid.Set(i)
				v.Texts[i] = w.Reason(p).String()
			}
		}
	}}
}

// truths is what is known of points; nil is of none.
func truths(of []bool) column {
	return column{expr.Bool, func(v *expr.Vector, points []int) {
		for i, p := range points {
			if p < 0 || of == nil {
				continue
			}
			v.Valid.Set(i)
			if of[p] {
				v.Bools.Set(i)
			}
		}
	}}
}
