package rows

import (
	"math/bits"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Operators that look at each row by itself keep no rows.

// filter sends the rows where a predicate is TRUE.
type filter struct {
	*stage
	where computed
	trues expr.Bitmap
	rows  []int32
	batch expr.Batch
}

func newFilter(n quality.FilterNode, s *stage) (sink, error) {
	c, err := compute(n.In.Schema(), n.Where)
	return &filter{stage: s, where: c, batch: expr.Batch{Columns: make([]expr.Vector, len(s.schema))}}, err
}

func (f *filter) take(b *expr.Batch) error {
	f.where.evaluator.Next(b)
	v, err := f.where.of[0].Vector()
	if err != nil {
		return err
	}
	f.trues = v.Trues(f.trues, b.Rows)
	f.rows = f.rows[:0]
	for w, word := range f.trues {
		for ; word != 0; word &= word - 1 {
			f.rows = append(f.rows, int32(w*64+bits.TrailingZeros64(word)))
		}
	}
	if len(f.rows) == b.Rows {
		f.send(b)
		return nil
	}
	f.batch.Rows = len(f.rows)
	for i := range b.Columns {
		f.batch.Columns[i].Gather(&b.Columns[i], f.rows)
	}
	f.send(&f.batch)
	return nil
}

func (f *filter) end() error {
	f.finish()
	return nil
}

// expand sends, for each of several lists of columns, a batch of them. A project
// has one list.
type expand struct {
	*stage
	lists []computed
	batch expr.Batch
}

func newExpand(in expr.Schema, lists [][]quality.Column, s *stage) (sink, error) {
	e := &expand{stage: s, batch: expr.Batch{Columns: make([]expr.Vector, len(s.schema))}}
	for _, list := range lists {
		of := make([]expr.Expr, len(list))
		for i, c := range list {
			of[i] = c.Of
		}
		c, err := compute(in, of...)
		if err != nil {
			return nil, err
		}
		e.lists = append(e.lists, c)
	}
	return e, nil
}

func (e *expand) take(b *expr.Batch) error {
	e.batch.Rows = b.Rows
	for _, list := range e.lists {
		if err := list.columns(b, e.batch.Columns, e.schema); err != nil {
			return err
		}
		e.send(&e.batch)
	}
	return nil
}

func (e *expand) end() error {
	e.finish()
	return nil
}

// branch is one input of a union: its columns in the union's order.
type branch struct {
	*stage
	at    []int
	open  *int // how many branches have not ended
	batch expr.Batch
}

func newBranch(in expr.Schema, s *stage, open *int) (sink, error) {
	at, err := positions(in, names(s.schema))
	*open++
	return &branch{stage: s, at: at, open: open, batch: expr.Batch{Columns: make([]expr.Vector, len(at))}}, err
}

func (u *branch) take(b *expr.Batch) error {
	u.batch.Rows = b.Rows
	for i, c := range u.at {
		u.batch.Columns[i] = b.Columns[c]
		if t := u.schema[i].Type; b.Columns[c].Type == expr.Null && t != expr.Null {
			u.batch.Columns[i] = expr.Vector{}
			u.batch.Columns[i].Reset(t, b.Rows)
		}
	}
	u.send(&u.batch)
	return nil
}

func (u *branch) end() error {
	if *u.open--; *u.open > 0 {
		return nil
	}
	u.finish()
	return nil
}

// days sends each row once for each day between two dates of it.
type days struct {
	*stage
	ends  computed
	rows  []int32
	day   []int64
	batch expr.Batch
}

func newDays(n quality.DaysNode, s *stage) (sink, error) {
	c, err := compute(n.In.Schema(), n.From, n.To)
	return &days{stage: s, ends: c, batch: expr.Batch{Columns: make([]expr.Vector, len(s.schema))}}, err
}

func (d *days) take(b *expr.Batch) error {
	var ends [2]expr.Vector
	dates := expr.Schema{{Type: expr.Date}, {Type: expr.Date}}
	if err := d.ends.columns(b, ends[:], dates); err != nil {
		return err
	}
	for row := range b.Rows {
		if !ends[0].Valid.Get(row) || !ends[1].Valid.Get(row) {
			continue
		}
		for day := ends[0].Ints[row]; day <= ends[1].Ints[row]; day++ {
			d.rows, d.day = append(d.rows, int32(row)), append(d.day, day)
			if len(d.rows) == batchRows {
				if err := d.flush(b); err != nil {
					return err
				}
			}
		}
	}
	return d.flush(b)
}

func (d *days) flush(b *expr.Batch) error {
	n := len(d.rows)
	d.batch.Rows = n
	for i := range b.Columns {
		d.batch.Columns[i].Gather(&b.Columns[i], d.rows)
	}
	last := &d.batch.Columns[len(b.Columns)]
	last.Reset(expr.Date, n)
	last.Valid = last.Valid.Fill(n)
	copy(last.Ints, d.day)
	d.rows, d.day = d.rows[:0], d.day[:0]
	d.send(&d.batch)
	return nil
}

func (d *days) end() error {
	d.finish()
	return nil
}
