package audit

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/intactdata/intact/quality/expr"
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
	// By point, whether the rows or what was due know of its entity, and whether the latter
	// lets a hole of it be seen; nil where that is not told.
	known, due []bool
	classes    [][]Class
	told       []expr.Bitmap
	whole      []expr.Bitmap // the windows are
	recomputed [][]float64
}

// find holds the stored values against the windows. Those that are right, rightly NULL,
// or leaks of whole windows need no variants; the others do, and few rows are theirs.
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
	f.known, f.due = f.answers.KnownPoints()
	return f, f.vary(loaded, f.settle())
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

// settle classifies what needs no variants, each column by itself, and returns the points
// that do.
func (f *findings) settle() []int32 {
	n := f.points.n
	f.classes, f.recomputed = make([][]Class, len(f.columns)), make([][]float64, len(f.columns))
	f.told, f.whole = make([]expr.Bitmap, len(f.columns)), make([]expr.Bitmap, len(f.columns))
	open := make([]expr.Bitmap, len(f.columns))
	var all sync.WaitGroup
	for c := range f.columns {
		f.classes[c], f.told[c], f.whole[c], open[c] = make([]Class, n), f.told[c].Reset(n), f.whole[c].Reset(n), open[c].Reset(n)
		all.Go(func() { f.settleColumn(c, open[c]) })
	}
	all.Wait()
	return unsettled(open)
}

// settleColumn marks the points of a column that are not settled, 64 at a time.
func (f *findings) settleColumn(c int, open expr.Bitmap) {
	h, within, stored := &f.columns[c], f.within[c], f.points.values[c]
	within.Relative = within.relative()
	declared, including := panel.Numbers(f.answers.Windows(h.declared)), panel.Numbers(f.answers.Windows(len(f.strict.named)+h.including))
	f.recomputed[c] = declared
	for w := range open {
		from, to := w*64, min(w*64+64, len(stored))
		classes, known := f.classes[c][from:to], f.known[from:to]
		declared, including := declared[from:to], including[from:to]
		var whole, told, unsettled uint64
		for j, v := range stored[from:to] {
			d, i := declared[j], including[j] // NaN is near nothing
			bit := uint64(1) << (j & 63)
			if d == d {
				whole |= bit
			}
			class := Class(0)
			switch {
			case v != v && d == d:
				class = Missing
			case v != v:
				class = RightlyNull
			case !known[j]:
				class = Unmatched
			case i == i && (v == d || within.within(v, d)):
				if class = Right; i != d && !within.within(i, d) {
					told |= bit
				}
			case d == d && (v == i || within.within(v, i)) && !within.within(i, d): // of whole windows what is there is all
				class = Leak
				told |= bit
			default:
				unsettled |= bit
			}
			classes[j] = class
		}
		f.whole[c][w], f.told[c][w], open[w] = whole, told, unsettled
	}
}
