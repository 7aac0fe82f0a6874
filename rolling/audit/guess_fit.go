package audit

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
)

// fit holds stored columns against rules over one population, as of every step-th row.
func (g *guessing) fit(ctx context.Context, p population, rules []rule, step int) error {
	if len(rules) == 0 {
		return nil
	}
	var all set
	at := make([]int, len(rules))
	for i, r := range rules {
		var err error
		if at[i], err = all.add(r.Spec); err != nil {
			return err
		}
	}
	a := g.audited(p)
	a.inputs[0] = thinned{a.inputs[0], step}
	points := newPoints(a)
	from := panel.Tables{Rows: g.Rows, Expected: g.Expected, Points: panel.Table{Name: g.Stored.Name, Source: points}}
	loaded, err := panel.Load(ctx, a.spec(all.named), from, g.Now)
	if err != nil {
		return err
	}
	answers, err := loaded.Compute()
	if err != nil {
		return err
	}
	every := make([]int32, points.n)
	for i := range every {
		every[i] = int32(i)
	}
	var read [panel.Dropped + 1]*panel.Others
	for i, r := range rules {
		if read[r.Reading] == nil {
			if read[r.Reading], err = loaded.Otherwise(r.Reading, all.named, every); err != nil {
				return err
			}
		}
		c := g.asked[r.column]
		found := Candidate{Definition: r.Definition, Counted: p.counted, Same: p.same, Reset: p.reset, odd: r.odd}
		exact, rounded := found.over(Tolerance{Absolute: absolute}, -1), found.over(Decimals(max(0, c.decimals)), c.decimals)
		strict := answers.Windows(at[i])
		for point := range every {
			stored := points.stored(r.column, point)
			var is, whole number
			is.v, is.ok = read[r.Reading].Value(at[i], point)
			whole.v, whole.ok = panel.Number(strict, point)
			exact.add(stored, is, whole)
			rounded.add(stored, is, whole)
		}
		// That values were rounded is so where it explains more of them.
		if c.decimals >= 0 && rounded.Equal-exact.Equal > exact.Values/20 {
			exact = rounded
		}
		c.take(exact)
	}
	return nil
}

// over is the candidate with a tolerance.
func (c Candidate) over(t Tolerance, decimals int) Candidate {
	c.Within, c.Decimals = t, decimals
	return c
}

// add takes up a row.
func (c *Candidate) add(stored, is, whole number) {
	switch {
	case stored.ok:
		c.Values++
		if c.Within.near(stored, is) {
			if c.Equal++; c.Reading == panel.Present && !whole.ok {
				c.Partial++
			}
		}
	case c.Reading == panel.Present && whole.ok:
		c.Due++
	}
}

// decimalsOf is to how many decimals values were rounded, −1 if to none that is short.
func decimalsOf(values []float64) int {
	most := 0
	for _, v := range values {
		if v != v {
			continue
		}
		_, decimals, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
		if most = max(most, len(decimals)); most > 6 {
			return -1
		}
	}
	return most
}

// thinned is every step-th row of a source.
type thinned struct {
	expr.Source
	step int
}

func (s thinned) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	if s.step <= 1 {
		return s.Source.Scan(ctx, columns)
	}
	return func(yield func(*expr.Batch, error) bool) {
		row := 0
		for b, err := range s.Source.Scan(ctx, columns) {
			if err != nil {
				yield(nil, err)
				return
			}
			var rows []int32
			for i := range b.Rows {
				if (row+i)%s.step == 0 {
					rows = append(rows, int32(i))
				}
			}
			row += b.Rows
			out := *b
			out.Rows, out.Lines, out.Columns = len(rows), nil, make([]expr.Vector, len(b.Columns))
			for c := range b.Columns {
				out.Columns[c] = picked(&b.Columns[c], rows)
			}
			if !yield(&out, nil) {
				return
			}
		}
	}
}
