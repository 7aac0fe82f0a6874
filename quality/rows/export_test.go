package rows

import "github.com/intactdata/intact/quality/expr"

// Piece is some rows of a batch; low is a multiple of 64.
func Piece(b *expr.Batch, low, high int) *expr.Batch {
	out := &expr.Batch{Rows: high - low}
	for i := range b.Columns {
		v := b.Columns[i].Part(low, high)
		v.Err = b.Columns[i].Err
		out.Columns = append(out.Columns, v)
	}
	return out
}

// SpillAtOnce lets what can go to disk go there after the first batch.
func SpillAtOnce() Option { return func(e *Engine) { e.spillAt = new(int64) } }

// Limit is the memory that an engine gives a plan.
func Limit(e *Engine) int64 { return e.budget().limit }
