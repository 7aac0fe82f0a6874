package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
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
		runs := next.of(b.Rows)
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
			if m.unkeyed != nil {
				m.unkeyed(&out.Columns[c], b.Rows)
			}
			for _, r := range runs {
				m.fill(&out.Columns[c], r)
			}
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
	runs       []run
}

// A run is rows of a batch that are points one after the other.
type run struct{ row, point, n int }

// of are the runs of the next rows: those in none are no points. They are good until it is
// called again.
func (n *numbering) of(rows int) []run {
	n.runs = n.runs[:0]
	from, end := n.row, n.row+rows
	for n.row < end {
		to := end
		if len(n.others) > 0 {
			to = min(to, n.others[0])
		}
		if to > n.row {
			n.runs = append(n.runs, run{n.row - from, n.point, to - n.row})
			n.point += to - n.row
		}
		if n.row = to; to < end {
			n.others = n.others[1:]
			n.row++
		}
	}
	return n.runs
}

// A column is filled with the values of points.
type column struct {
	typ     expr.Type
	unkeyed func(v *expr.Vector, rows int) // what rows that are no points have; nil is NULL
	fill    func(v *expr.Vector, r run)
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
		return column{expr.Int64, func(v *expr.Vector, rows int) {
			v.Valid = v.Valid.Fill(rows)
			for i := range v.Ints {
				v.Ints[i] = int64(Unkeyed)
			}
		}, func(v *expr.Vector, r run) {
			ints := v.Ints[r.row:][:r.n]
			for i, class := range f.classes[n][r.point:][:r.n] {
				ints[i] = int64(class)
			}
		}}
	case toldColumn(stored):
		return column{expr.Bool, func(v *expr.Vector, rows int) { v.Valid = v.Valid.Fill(rows) }, func(v *expr.Vector, r run) {
			copyBits(v.Bools, r, f.told[n])
		}}
	case recomputedColumn(stored):
		return column{expr.Float64, nil, func(v *expr.Vector, r run) {
			copy(v.Floats[r.row:], f.recomputed[n][r.point:][:r.n])
			copyBits(v.Valid, r, f.whole[n])
		}}
	}
	w := f.answers.Windows(f.columns[n].declared)
	return column{expr.String, nil, func(v *expr.Vector, r run) {
		for i := range r.n {
			v.Valid.Set(r.row + i)
			v.Texts[r.row+i] = w.Reason(r.point + i).String()
		}
	}}
}

// truths is what is known of points; nil is of none.
func truths(of []bool) column {
	return column{expr.Bool, nil, func(v *expr.Vector, r run) {
		if of == nil {
			return
		}
		for i, is := range of[r.point:][:r.n] {
			v.Valid.Set(r.row + i)
			if is {
				v.Bools.Set(r.row + i)
			}
		}
	}}
}

// copyBits sets the bits of the rows of a run to those of its points.
func copyBits(to expr.Bitmap, r run, of expr.Bitmap) {
	for i := 0; i < r.n; {
		row, point := r.row+i, r.point+i
		n := min(r.n-i, 64-row&63, 64-point&63)
		bits := of[point>>6] >> (point & 63)
		if n < 64 {
			bits &= 1<<n - 1
		}
		to[row>>6] |= bits << (row & 63)
		i += n
	}
}
