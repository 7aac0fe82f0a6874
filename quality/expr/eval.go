package expr

import "fmt"

// Evaluator computes bound expressions over batches of rows, column by column.
// What several expressions share is computed once for each batch. It is not safe
// for concurrent use.
type Evaluator struct {
	columns map[string]int // position in a batch
	cells   map[string]*cell
	batch   *Batch
	turn    int
}

// cell is the value of one expression over the current batch.
type cell struct {
	fill func(*Batch, *Vector) error
	out  Vector
	err  error
	turn int

	span span // of its values, where many literals are held against it
}

// NewEvaluator takes the columns that batches will hold, in their order.
func NewEvaluator(columns []string) *Evaluator {
	ev := &Evaluator{columns: map[string]int{}, cells: map[string]*cell{}}
	for i, c := range columns {
		ev.columns[c] = i
	}
	return ev
}

// Next moves on to a batch; vectors of the one before are no longer valid.
func (ev *Evaluator) Next(b *Batch) { ev.batch, ev.turn = b, ev.turn+1 }

// Computed is an expression that an Evaluator has been prepared for.
type Computed struct {
	ev *Evaluator
	c  *cell
}

// Vector is the expression's value for each row of the current batch. The error
// is that of a column that could not be read.
func (c Computed) Vector() (*Vector, error) { return c.ev.value(c.c) }

func (ev *Evaluator) value(c *cell) (*Vector, error) {
	if c.turn != ev.turn {
		c.turn = ev.turn
		c.err = c.fill(ev.batch, &c.out)
	}
	return &c.out, c.err
}

// Prepare takes a bound expression. Raw SQL cannot be computed in memory.
func (ev *Evaluator) Prepare(e Expr) (Computed, error) {
	c, err := ev.prepare(e)
	return Computed{ev, c}, err
}

func (ev *Evaluator) prepare(e Expr) (*cell, error) {
	key := e.String()
	if c, ok := ev.cells[key]; ok {
		return c, nil
	}
	var args []*cell
	for _, child := range children(e.node) {
		c, err := ev.prepare(child)
		if err != nil {
			return nil, err
		}
		args = append(args, c)
	}
	fill, err := ev.filler(e, args)
	if err != nil {
		return nil, err
	}
	c := &cell{fill: fill}
	ev.cells[key] = c
	return c, nil
}

// filler makes the function that computes one node from its operands.
func (ev *Evaluator) filler(e Expr, args []*cell) (func(*Batch, *Vector) error, error) {
	switch n := e.node.(type) {
	case ColumnExpr:
		at, ok := ev.columns[n.Name]
		if !ok {
			return nil, fmt.Errorf("column %q is not among those read", n.Name)
		}
		return func(b *Batch, out *Vector) error {
			*out = b.Columns[at]
			return out.Err
		}, nil
	case RawExpr:
		return nil, fmt.Errorf("raw SQL {%s} needs an engine that runs SQL; rows in memory cannot answer it", n.SQL)
	case LiteralExpr:
		return constant(n.Value), nil
	}
	apply, err := operation(e)
	if err != nil {
		return nil, err
	}
	in := make([]*Vector, len(args))
	beyond := outside(e, args)
	return func(b *Batch, out *Vector) error {
		for i, a := range args {
			v, err := ev.value(a)
			if err != nil {
				return err
			}
			in[i] = v
		}
		out.Reset(e.Type(), b.Rows)
		if beyond != nil && beyond(ev.turn, b.Rows) {
			copy(out.Valid, in[0].Valid)
			return nil
		}
		apply(in, out, b.Rows)
		return out.Err
	}, nil
}

// apply computes a node: out is reset to n rows, all NULL.
type apply func(in []*Vector, out *Vector, n int)

func operation(e Expr) (apply, error) {
	switch n := e.node.(type) {
	case CompareExpr:
		return comparison(n), nil
	case LogicExpr:
		return func(in []*Vector, out *Vector, _ int) { combine(n.Op, in, out) }, nil
	case NotExpr:
		return func(in []*Vector, out *Vector, _ int) { not(in[0], out) }, nil
	case BetweenExpr:
		return between(), nil
	case InExpr:
		return membership(), nil
	case IsExpr:
		return func(in []*Vector, out *Vector, rows int) { is(n, in[0], out, rows) }, nil
	case LikeExpr:
		return func(in []*Vector, out *Vector, rows int) {
			each(in[0], rows, func(i int) { setBool(out, i, like(in[0].Texts[i], n.Pattern)) })
		}, nil
	case ArithExpr:
		return arithmetic(n, e.Type()), nil
	case NegateExpr:
		return func(in []*Vector, out *Vector, rows int) { negate(in[0], out, rows) }, nil
	case CallExpr:
		return n.operation()
	}
	return nil, fmt.Errorf("%s cannot be evaluated", e)
}

// constant fills its vector again only when a batch has another number of rows.
func constant(v Value) func(*Batch, *Vector) error {
	filled := -1
	return func(b *Batch, out *Vector) error {
		if filled == b.Rows {
			return nil
		}
		out.Reset(v.Type(), b.Rows)
		for i := range b.Rows {
			if err := out.SetValue(i, v); err != nil {
				return err
			}
		}
		if v.Type() == Float64 && v.text != "" {
			out.Written = func(int) (digits, where string) { return v.text, "" }
		}
		filled = b.Rows
		return nil
	}
}

// each calls do for every row that is not NULL.
func each(v *Vector, rows int, do func(i int)) {
	if v.Type == Null {
		return
	}
	for i := range rows {
		if v.Valid.Get(i) {
			do(i)
		}
	}
}

// both calls do for every row where neither is NULL.
func both(a, b *Vector, rows int, do func(i int)) {
	if a.Type == Null || b.Type == Null {
		return
	}
	for i := range rows {
		if a.Valid.Get(i) && b.Valid.Get(i) {
			do(i)
		}
	}
}

func setBool(out *Vector, i int, b bool) {
	out.Valid.Set(i)
	if b {
		out.Bools.Set(i)
	}
}

func copyRow(out, in *Vector, i int) { copyTo(out, i, in, i) }

// copyTo sets row i, which is NULL, to what row j of another vector is and is not NULL.
func copyTo(out *Vector, i int, in *Vector, j int) {
	switch in.Type.storage() {
	case inBits:
		if in.Bools.Get(j) {
			out.Bools.Set(i)
		}
	case inInts:
		out.Ints[i] = in.Ints[j]
	case inFloats:
		out.Floats[i] = in.Floats[j]
	case inTexts:
		out.Texts[i] = in.Texts[j]
	case inDecimals:
		out.Decimals[i] = in.Decimals[j]
	}
	out.Valid.Set(i)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
