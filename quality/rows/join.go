package rows

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// join keeps the right side, a row for each key, and sends the left rows on as
// they come. Left rows that come before the right side has ended are kept too.
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
	done    bool          // the right side has ended
	ended   bool          // the left side has
	left    []int32       // scratch: left rows that are sent
	rows    []int32       // and the right row of each
	batch   expr.Batch
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
	j.keys.consume(b)
	if j.keys.err != nil {
		return j.keys.err
	}
	j.other = j.other[:0]
	for _, c := range j.carried {
		j.other = append(j.other, b.Columns[c])
	}
	return j.right.push(j.other, b.Rows)
}

func (j rightSide) end() error {
	j.done = true
	j.met = make([]bool, j.right.rows)
	early := j.early
	j.early = nil
	b := &expr.Batch{Columns: make([]expr.Vector, len(early.columns))}
	for low := 0; low < early.rows; low += batchRows {
		high := min(low+batchRows, early.rows)
		b.Rows = high - low
		for i := range early.columns {
			early.columns[i].slice(&b.Columns[i], early.columns[i].typ, low, high)
		}
		if err := j.match(b); err != nil {
			return err
		}
	}
	if j.ended {
		return j.rest()
	}
	return nil
}

// leftSide takes the left rows.
type leftSide struct{ *join }

func (j leftSide) take(b *expr.Batch) error {
	if !j.done {
		return j.early.push(b.Columns, b.Rows)
	}
	return j.match(b)
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
	j.left, j.rows = j.left[:0], j.rows[:0]
	for i, id := range ids {
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
			gather(&j.batch.Columns[c], &b.Columns[c], j.left)
		}
	}
	j.carry(len(b.Columns))
	return j.send(&j.batch)
}

func (j *join) carry(from int) {
	for i := range j.right.columns {
		j.right.columns[i].gather(&j.batch.Columns[from+i], j.rows)
	}
}

// rest sends, for a full join, the right rows that no left row met: their keys
// stand in the left's columns.
func (j *join) rest() error {
	if j.node.Kind != quality.FullJoin {
		return j.finish()
	}
	left := len(j.node.Left.Schema())
	for low := 0; low < j.right.rows; low += batchRows {
		j.rows = j.rows[:0]
		for r := low; r < min(low+batchRows, j.right.rows); r++ {
			if !j.met[r] {
				j.rows = append(j.rows, int32(r))
			}
		}
		j.batch.Rows = len(j.rows)
		for c := range left {
			j.batch.Columns[c].Reset(j.schema[c].Type, len(j.rows))
		}
		for i, c := range j.leftAt {
			j.keys.table.parts[i].gather(&j.batch.Columns[c], j.rows)
		}
		j.carry(left)
		if err := j.send(&j.batch); err != nil {
			return err
		}
	}
	return j.finish()
}
