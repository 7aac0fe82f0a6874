package rows

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// join keeps the right side, a row for each key, and sends the left rows on as
// they come. Left rows that come before the right side has ended are kept too.
type join struct {
	*stage
	node    quality.JoinNode
	keys    *grouping // of the right side: a group is a row
	leftAt  []int     // the keys' places in a left row
	rightAt []int     // and in a right row
	carried []int     // the right side's other columns
	right   *stack
	met     []bool // right rows that a left row met
	early   *stack // left rows that came too early
	done    bool   // the right side has ended
	ended   bool   // the left side has
	rows    []int32
	batch   expr.Batch
}

func newJoin(n quality.JoinNode, s *stage) (*join, error) {
	l, r := n.Left.Schema(), n.Right.Schema()
	j := &join{stage: s, node: n, right: newStack(r), early: newStack(l), batch: expr.Batch{Columns: make([]expr.Vector, len(s.schema))}}
	isKey := map[int]bool{}
	for _, on := range n.On {
		left, err := l.Field(on.Left)
		if err != nil {
			return nil, err
		}
		right, err := r.Field(on.Right)
		if err != nil {
			return nil, err
		}
		j.leftAt = append(j.leftAt, l.Position(left.Name))
		j.rightAt = append(j.rightAt, r.Position(right.Name))
		isKey[r.Position(right.Name)] = true
	}
	for c := range r {
		if !isKey[c] {
			j.carried = append(j.carried, c)
		}
	}
	j.keys = newGrouping(names(r), j.rightAt)
	return j, nil
}

// rightSide takes the right rows of a join.
type rightSide struct{ *join }

func (j rightSide) take(b *expr.Batch) error {
	j.keys.consume(b)
	if j.keys.err != nil {
		return j.keys.err
	}
	return j.right.push(b)
}

func (j rightSide) end() error {
	j.done = true
	j.met = make([]bool, j.right.rows)
	early := j.early
	j.early = nil
	if early.rows > 0 {
		b := &expr.Batch{Columns: make([]expr.Vector, len(early.columns))}
		for low := 0; low < early.rows; low += batchRows {
			high := min(low+batchRows, early.rows)
			b.Rows = high - low
			for i := range early.columns {
				b.Columns[i] = part(&early.columns[i], low, high)
			}
			if err := j.match(b); err != nil {
				return err
			}
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
		return j.early.push(b)
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
	var keep []int32
	j.rows = j.rows[:0]
	for i, id := range ids {
		found := id != unnumbered
		if found {
			j.met[id] = true
		}
		if j.node.Kind == quality.InnerJoin && !found || j.node.Kind == quality.AntiJoin && found {
			continue
		}
		keep = append(keep, int32(i))
		right := int32(-1)
		if found {
			right = int32(id)
		}
		j.rows = append(j.rows, right)
	}
	j.batch.Rows = len(keep)
	for c := range b.Columns {
		gather(&j.batch.Columns[c], &b.Columns[c], keep)
	}
	j.carry(len(b.Columns))
	return j.send(&j.batch)
}

func (j *join) carry(from int) {
	for i, c := range j.carried {
		gather(&j.batch.Columns[from+i], &j.right.columns[c], j.rows)
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
			gather(&j.batch.Columns[c], &j.right.columns[j.rightAt[i]], j.rows)
		}
		j.carry(left)
		if err := j.send(&j.batch); err != nil {
			return err
		}
	}
	return j.finish()
}
