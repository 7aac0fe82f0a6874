package expr

// A span is the least and the largest INT64 of a vector, found once for each batch.
type span struct {
	compared  int // how many literals are held against the values
	turn      int
	low, high int64
}

// worthSpan is from how many literals on it pays to find the span.
const worthSpan = 3

// outside is of column = literal: it reports whether no value of a batch can be that, which
// need not be looked for then. It is nil of other expressions.
func outside(e Expr, args []*cell) func(turn, rows int) bool {
	n, ok := e.node.(CompareExpr)
	if !ok || n.Op != Equal {
		return nil
	}
	if _, ok = n.Right.node.(LiteralExpr); !ok {
		return nil
	}
	of, literal := args[0], args[1]
	of.span.compared++
	return func(turn, rows int) bool {
		if of.span.compared < worthSpan || of.out.Type != Int64 || literal.out.Type != Int64 || rows == 0 || !literal.out.Valid.Get(0) {
			return false
		}
		of.findSpan(turn, rows)
		is := literal.out.Ints[0]
		return is < of.span.low || is > of.span.high
	}
}

// findSpan takes what stands for NULL for values: the span is no narrower then.
func (c *cell) findSpan(turn, rows int) {
	if c.span.turn == turn {
		return
	}
	low, high := c.out.Ints[0], c.out.Ints[0]
	for _, x := range c.out.Ints[:rows] {
		low, high = min(low, x), max(high, x)
	}
	c.span.turn, c.span.low, c.span.high = turn, low, high
}
