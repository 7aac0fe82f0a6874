package rows

import (
	"bytes"
	"iter"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// postponed is in the place of a left row's match which may be on disk.
const postponed = unnumbered - 1

// spillEarly puts the left rows that came too early on disk.
func (j *join) spillEarly() error {
	var err error
	if j.disk.early, err = j.spill("what waits for "+j.what(), j.early.rows); err != nil {
		return err
	}
	err = j.early.batches(func(b *expr.Batch) error { return put(j.disk.early, nil, b.Columns, b.Rows) })
	j.early = newStack(j.node.Left.Schema())
	j.measure()
	return err
}

// unearly takes the left rows that came too early.
func (j *join) unearly(match func(*expr.Batch) error) error {
	early := j.early
	j.early = nil
	if j.disk.early == nil {
		return early.batches(match)
	}
	var rows record
	rows.reset(j.node.Left.Schema())
	for rec, err := range j.disk.early.Sorted() {
		if err == nil {
			err = rows.read(rec)
		}
		if err == nil && rows.full() {
			err = match(rows.batch())
			rows.reset(j.node.Left.Schema())
		}
		if err != nil {
			return err
		}
	}
	return match(rows.batch())
}

// postpone puts the left rows on disk whose match may be there.
func (j *join) postpone(b *expr.Batch, ids []uint32) ([]uint32, error) {
	if j.disk.left == nil {
		var err error
		if j.disk.left, err = j.spill(j.what(), j.right.rows); err != nil {
			return nil, err
		}
	}
	var later []int32
	for row, id := range ids {
		null := slices.ContainsFunc(j.leftAt, func(c int) bool { return !b.Columns[c].Valid.Get(row) })
		if id == unnumbered && !null {
			later = append(later, int32(row))
			ids[row] = postponed
		}
	}
	columns := make([]expr.Vector, len(b.Columns))
	for c := range columns {
		columns[c].Gather(&b.Columns[c], later)
	}
	var keys []*expr.Vector
	for _, c := range j.leftAt {
		keys = append(keys, &columns[c])
	}
	return ids, put(j.disk.left, keys, columns, len(later))
}

// pairs are left and right rows beside each other, on their way on.
type pairs struct {
	*join
	left, right record
}

func (p *pairs) reset() {
	l := len(p.node.Left.Schema())
	p.left.reset(p.schema[:l])
	p.right.reset(p.schema[l:])
}

// add adds a pair of which each side may be nil, and the cells of its key.
func (p *pairs) add(left, right, key []byte) error {
	switch {
	case p.node.Kind == quality.InnerJoin && (left == nil || right == nil),
		p.node.Kind == quality.AntiJoin && right != nil,
		p.node.Kind != quality.FullJoin && left == nil:
		return nil
	}
	if left == nil {
		for _, c := range p.leftAt {
			var err error
			if key, err = readCell(key, &p.left.whole[c], p.left.Rows); err != nil {
				return err
			}
		}
		p.left.Rows++
	} else if err := p.left.read(left); err != nil {
		return err
	}
	if right == nil {
		p.right.Rows++
	} else if err := p.right.read(right); err != nil {
		return err
	}
	if p.left.full() {
		p.flush()
	}
	return nil
}

func (p *pairs) flush() {
	l, r := p.left.batch(), p.right.batch()
	p.send(&expr.Batch{Rows: l.Rows, Columns: slices.Concat(l.Columns, r.Columns)})
	p.reset()
}

// picked are the columns at some places. Where a key never holds a value on one side its
// type is another one there.
func picked(s expr.Schema, at []int) expr.Schema {
	out := make(expr.Schema, len(at))
	for i, c := range at {
		out[i] = s[c]
	}
	return out
}

// merge joins what is on disk, both sides in the order of their keys.
func (j *join) merge() error {
	right, stop := iter.Pull2(j.disk.right.Sorted())
	defer stop()
	var key, row []byte // of the right row at hand
	met, more := false, true
	ofLeft, ofRight := picked(j.node.Left.Schema(), j.leftAt), picked(j.node.Right.Schema(), j.rightAt)
	p := &pairs{join: j}
	p.reset()
	next := func() error {
		if key != nil && !met {
			if err := p.add(nil, row, key); err != nil {
				return err
			}
		}
		rec, err, ok := right()
		if more = ok; !ok || err != nil {
			key = nil
			return err
		}
		cells, err := cut(rec, ofRight)
		key, row = append([]byte{}, cells...), append([]byte{}, rec[len(cells):]...)
		met = false
		return err
	}
	if err := next(); err != nil {
		return err
	}
	if j.disk.left != nil {
		for rec, err := range j.disk.left.Sorted() {
			if err != nil {
				return err
			}
			cells, err := cut(rec, ofLeft)
			if err != nil {
				return err
			}
			for more && bytes.Compare(key, cells) < 0 {
				if err := next(); err != nil {
					return err
				}
			}
			var with []byte
			if more && bytes.Equal(key, cells) {
				with, met = row, true
			}
			if err := p.add(rec[len(cells):], with, nil); err != nil {
				return err
			}
		}
	}
	for more {
		if err := next(); err != nil {
			return err
		}
	}
	p.flush()
	return nil
}
