package audit

import (
	"context"
	"iter"
	"math"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// Rows computes the windows, holds the stored values against them, and reads the rows
// once more for what comes through.
func (d derivation) Rows(inputs []expr.Source) expr.Source { return audited{d, inputs} }

type audited struct {
	derivation
	inputs []expr.Source
}

// Schema is that of the inputs as they are now.
func (a audited) Schema(ctx context.Context) (expr.Schema, error) {
	var schemas []expr.Schema
	for _, in := range a.inputs {
		s, err := in.Schema(ctx)
		if err != nil {
			return nil, err
		}
		schemas = append(schemas, s)
	}
	return a.derivation.Schema(schemas)
}

// Scan gives the rows in the order of the stored ones.
func (a audited) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		f, err := a.find(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		f.emit(ctx, a, columns, yield)
	}
}

// findings are what the stored values are.
type findings struct {
	*windows
	within  []Tolerance
	points  *points
	answers *panel.Answers
	known   []bool // by point: whether the rows know of its entity
	classes [][]Class
	told    []rolling.Bitmap
}

// find holds the stored values against the windows. Those that are right, or rightly
// NULL, need no variants; the others do, and few rows are theirs.
func (a audited) find(ctx context.Context) (*findings, error) {
	w, err := a.windows()
	if err != nil {
		return nil, err
	}
	specs := slices.Concat(w.strict.named, w.leaking.named)
	rows := a.inputs[1]
	if w.changed {
		// One of them has the column read that all of them are over.
		specs = append(specs, w.readings[panel.Present].named[w.columns[0].changed])
		rows = instants{rows, a.Changed}
	}
	f := &findings{windows: w, within: a.within, points: newPoints(a)}
	from := panel.Tables{Rows: panel.Table{Name: a.tables[1], Source: rows}, Points: panel.Table{Name: a.tables[0], Source: f.points}}
	if len(a.inputs) > 2 {
		from.Expected = panel.Table{Name: a.tables[2], Source: a.inputs[2]}
	}
	loaded, err := panel.Load(ctx, a.spec(specs), from, a.now)
	if err != nil {
		return nil, err
	}
	if f.answers, err = loaded.Compute(); err != nil {
		return nil, err
	}
	if err := a.unrevised(ctx); err != nil {
		return nil, err
	}
	f.known = loaded.KnownPoints()
	unsettled := f.settle()
	return f, f.vary(loaded, unsettled)
}

// unrevised is ErrRevised where the stored table turned out to be of other types than the
// plan was made by.
func (a audited) unrevised(ctx context.Context) error {
	now, err := a.inputs[0].Schema(ctx)
	if err != nil {
		return err
	}
	for _, f := range a.schemas[0] {
		if i := now.Position(f.Name); i < 0 || now[i].Type != f.Type {
			return expr.ErrRevised
		}
	}
	return nil
}

// evidence of a point, without variants.
func (f *findings) evidence(column, point int) evidence {
	h := &f.columns[column]
	w := f.answers.Windows(h.declared)
	e := evidence{stored: f.points.stored(column, point), reason: w.Reason(point)}
	e.declared.v, e.declared.ok = panel.Number(w, point)
	e.present = e.declared
	e.including.v, e.including.ok = panel.Number(f.answers.Windows(len(f.strict.named)+h.including), point)
	return e
}

// settle classifies what needs no variants, and returns the points that do.
func (f *findings) settle() []int32 {
	var unsettled []int32
	n := f.points.n
	f.classes, f.told = make([][]Class, len(f.columns)), make([]rolling.Bitmap, len(f.columns))
	open := rolling.NewBitmap(n)
	for c := range f.columns {
		f.classes[c], f.told[c] = make([]Class, n), rolling.NewBitmap(n)
		for p := range n {
			e := f.evidence(c, p)
			class := f.within[c].settled(&e)
			switch {
			case e.stored.ok && !f.known[p]:
				f.classes[c][p] = Unmatched
			case class != 0 && (!e.stored.ok || e.including.ok):
				f.classes[c][p] = class
				if f.within[c].told(&e) {
					f.told[c].Set(p)
				}
			default:
				open.Set(p)
			}
		}
	}
	for p := range n {
		if open.Valid(p) {
			unsettled = append(unsettled, int32(p))
		}
	}
	return unsettled
}

// vary holds what is not settled against the variants.
func (f *findings) vary(loaded *panel.Panel, points []int32) error {
	if len(points) == 0 {
		return nil
	}
	var read [panel.Dropped + 1]*panel.Others
	for r := range read {
		var err error
		if read[r], err = loaded.Otherwise(panel.Reading(r), f.readings[r].named, points); err != nil {
			return err
		}
	}
	for c := range f.columns {
		h := &f.columns[c]
		for k, p := range points {
			if f.classes[c][p] != 0 {
				continue
			}
			value := func(r panel.Reading, i int) (n number) {
				n.v, n.ok = read[r].Value(i, k)
				return n
			}
			e := f.evidence(c, int(p))
			e.present, e.including = value(panel.Present, h.present), value(panel.Present, h.leaking)
			e.zeros, e.dropped = value(panel.Zeros, h.zeros), value(panel.Dropped, h.dropped)
			for _, i := range h.others {
				e.others = append(e.others, value(panel.Present, i))
			}
			if f.changed {
				newest := value(panel.Present, h.changed)
				made := f.points.made[p]
				e.changed = newest.ok && made != math.MinInt64 && int64(newest.v) > made
			}
			f.classes[c][p] = f.within[c].classify(&e)
			if f.within[c].told(&e) {
				f.told[c].Set(int(p))
			}
		}
	}
	return nil
}
