package rows

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// join keeps the right side, a row for each key, and sends the left rows on as
// they come. Left rows that come before the right side has ended are kept too. What
// is too much goes to disk: right rows, and left rows that might meet those.
type join struct {
	*stage
	node    quality.JoinNode
	keys    *grouping     // of the right side: a group is a row
	leftAt  []int         // the keys' places in a left row
	rightAt []int         // and in a right row
	carried []int         // the right side's other columns
	right   *stack        // the columns carried
	met     []bool        // right rows that a left row met
	other   []expr.Vector // scratch
	early   *stack        // left rows that came too early
	disk    struct {
		early, left, right Sorter
	}
	done  bool    // the right side has ended
	ended bool    // the left side has
	left  []int32 // scratch: left rows that are sent
	rows  []int32 // and the right row of each
	batch expr.Batch
}

func newJoin(n quality.JoinNode, s *stage) (*join, error) {
	l, r := n.Left.Schema(), n.Right.Schema()
	j := &join{stage: s, node: n, early: newStack(l), batch: expr.Batch{Columns: make([]expr.Vector, len(s.schema))}}
	var left, right []string
	for _, on := range n.On {
		left, right = append(left, on.Left), append(right, on.Right)
	}
	var err error
	if j.leftAt, err = fields(l, left); err != nil {
		return nil, err
	}
	if j.rightAt, err = fields(r, right); err != nil {
		return nil, err
	}
	var carried expr.Schema
	for c, f := range r {
		if !slices.Contains(j.rightAt, c) {
			j.carried = append(j.carried, c)
			carried = append(carried, f)
		}
	}
	j.right = newStack(carried)
	j.keys = newGrouping(right, j.rightAt)
	return j, nil
}

// rightSide takes the right rows of a join.
type rightSide struct{ *join }

func (j rightSide) take(b *expr.Batch) error {
	if j.err != nil { // of the other side
		return j.err
	}
	j.other = j.other[:0]
	for _, c := range j.carried {
		j.other = append(j.other, b.Columns[c])
	}
	if j.disk.right != nil {
		return put(j.disk.right, j.keys.keys(b, j.rightAt), j.other, b.Rows)
	}
	if j.keys.consume(b); j.keys.err != nil {
		return j.keys.err
	}
	if err := j.right.push(j.other, b.Rows); err != nil || j.measure() {
		return err
	}
	var err error
	j.disk.right, err = j.spill(j.what(), j.right.rows)
	return err
}

func (j *join) what() string {
	return "the right side of a join on (" + strings.Join(j.keys.columns, ", ") + ")"
}

// measure says what is kept, and reports whether that is within the limit.
func (j *join) measure() bool {
	held := j.keys.bytes() + j.right.bytes() + int64(j.right.rows)
	if j.early != nil {
		held += j.early.bytes()
	}
	return j.fits(held)
}

func (j rightSide) end() error {
	j.done = true
	j.met = make([]bool, j.right.rows)
	if err := j.unearly(j.match); err != nil {
		return err
	}
	if j.ended {
		return j.rest()
	}
	return nil
}

// leftSide takes the left rows.
type leftSide struct{ *join }

func (j leftSide) take(b *expr.Batch) error {
	switch {
	case j.err != nil:
		return j.err
	case j.done:
		return j.match(b)
	}
	// What is kept of the rows does not tell the digits of their keys.
	if err := j.keys.meet(j.keys.keys(b, j.leftAt), b.Rows); err != nil {
		return err
	}
	if j.disk.early != nil {
		return put(j.disk.early, nil, b.Columns, b.Rows)
	}
	if err := j.early.push(b.Columns, b.Rows); err != nil || j.measure() {
		return err
	}
	return j.spillEarly()
}

func (j leftSide) end() error {
	if j.ended = true; j.done {
		return j.rest()
	}
	return nil
}

// match sends left rows with the right row of their key.
func (j *join) match(b *expr.Batch) error {
	ids, err := j.keys.find(b, j.leftAt)
	if err != nil {
		return err
	}
	if j.disk.right != nil {
		if ids, err = j.postpone(b, ids); err != nil {
			return err
		}
	}
	j.left, j.rows = j.left[:0], j.rows[:0]
	for i, id := range ids {
		if id == postponed {
			continue
		}
		found := id != unnumbered
		if found {
			j.met[id] = true
		}
		if j.node.Kind == quality.InnerJoin && !found || j.node.Kind == quality.AntiJoin && found {
			continue
		}
		j.left = append(j.left, int32(i))
		right := int32(-1)
		if found {
			right = int32(id)
		}
		j.rows = append(j.rows, right)
	}
	j.batch.Rows = len(j.left)
	for c := range b.Columns {
		if j.batch.Columns[c] = b.Columns[c]; len(j.left) < b.Rows {
			j.batch.Columns[c] = expr.Vector{}
			j.batch.Columns[c].Gather(&b.Columns[c], j.left)
		}
	}
	j.carry(len(b.Columns))
	j.send(&j.batch)
	return nil
}

func (j *join) carry(from int) {
	for i := range j.right.columns {
		j.right.columns[i].gather(&j.batch.Columns[from+i], j.rows)
	}
}

// rest ends the rows: for a full join with the right rows that no left row met, whose
// keys stand in the left's columns.
func (j *join) rest() error {
	left := len(j.node.Left.Schema())
	for low := 0; j.node.Kind == quality.FullJoin && low < j.right.rows; low += batchRows {
		j.rows = j.rows[:0]
		for r := low; r < min(low+batchRows, j.right.rows); r++ {
			if !j.met[r] {
				j.rows = append(j.rows, int32(r))
			}
		}
		j.batch.Rows = len(j.rows)
		for c := range left {
			j.batch.Columns[c] = expr.Vector{} // it may be a left row's own
			j.batch.Columns[c].Reset(j.schema[c].Type, len(j.rows))
		}
		for i, c := range j.leftAt {
			if part := &j.keys.table.parts[i]; part.store != nothing {
				part.gather(&j.batch.Columns[c], j.rows)
			}
		}
		j.carry(left)
		j.send(&j.batch)
	}
	j.keys, j.right, j.met = nil, nil, nil
	j.holds(0)
	if j.disk.right != nil {
		if err := j.merge(); err != nil {
			return err
		}
	}
	j.finish()
	return nil
}
