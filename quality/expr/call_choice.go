package expr

import (
	"fmt"
	"math"
)

// https://cloud.google.com/bigquery/docs/reference/standard-sql/conditional_expressions
// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#greatest
var choiceFunctions = []function{
	{name: "COALESCE", least: 1, most: many, bind: bindAlike, fill: func(CallExpr) apply { return coalesce }},
	{name: "IF", least: 3, most: 3, bind: bindIf, fill: func(CallExpr) apply { return choose }},
	{name: "GREATEST", least: 1, most: many, bind: bindAlike, row: extreme(Greater), spreadsNaN: true},
	{name: "LEAST", least: 1, most: many, bind: bindAlike, row: extreme(Less), spreadsNaN: true},
	{name: populatedName, least: 1, most: many, constants: missingValues, bind: bindPopulated, fill: func(n CallExpr) apply {
		return func(in []*Vector, out *Vector, rows int) { populated(in[0], n.Args[1:], out, rows) }
	}},
}

// bindAlike is for arguments of one type, which is the result's.
func bindAlike(n CallExpr) (_ Expr, err error) {
	n.Type, err = unify(n.Args)
	return Expr{n}, err
}

func bindIf(n CallExpr) (_ Expr, err error) {
	if n.Args[0], err = as(n.Args[0], Bool); err != nil {
		return Expr{}, err
	}
	n.Type, err = unify(n.Args[1:])
	return Expr{n}, err
}

func missingValues(n CallExpr) error {
	for _, m := range n.Args[1:] {
		if _, ok := m.node.(LiteralExpr); !ok {
			return fmt.Errorf("POPULATED takes a column and then constants, not %s", m)
		}
	}
	return nil
}

func bindPopulated(n CallExpr) (Expr, error) {
	x := n.Args[0]
	for i, m := range n.Args[1:] {
		missing := m.node.(LiteralExpr).Value
		v, err := missing.Coerce(x.Type())
		if err != nil {
			return Expr{}, fmt.Errorf("%s is %s and never %s: take it off the missing values", x, x.Type(), missing.SQL())
		}
		n.Args[i+1] = Expr{LiteralExpr{v}}
	}
	n.Type = Bool
	return Expr{n}, nil
}

func coalesce(in []*Vector, out *Vector, rows int) {
	for i := range rows {
		for _, v := range in {
			if v.Type != Null && v.Valid.Get(i) {
				copyRow(out, v, i)
				break
			}
		}
	}
}

func choose(in []*Vector, out *Vector, rows int) {
	if in[2].Type == Null && in[1].Type == out.Type && out.Type != Null {
		keep(in[1], in[0], out)
		return
	}
	for i := range rows {
		v := in[2]
		if trueWord(in[0], i>>6)>>(i&63)&1 == 1 {
			v = in[1]
		}
		if v.Type != Null && v.Valid.Get(i) {
			copyRow(out, v, i)
		}
	}
}

// keep copies the rows of a vector where a predicate is TRUE; the others are NULL.
func keep(of, where, out *Vector) {
	for w := range out.Valid {
		out.Valid[w] = of.Valid[w] & trueWord(where, w)
	}
	switch of.Type.storage() {
	case inBits:
		copy(out.Bools, of.Bools)
	case inInts:
		copy(out.Ints, of.Ints)
	case inFloats:
		copy(out.Floats, of.Floats)
	case inTexts:
		copy(out.Texts, of.Texts)
	case inDecimals:
		copy(out.Decimals, of.Decimals)
	}
}

// extreme is the value that compares so with all others; NaN is the extreme of
// any.
func extreme(op CompareOp) func(CallExpr) rowFunc {
	return func(CallExpr) rowFunc {
		return func(in []*Vector, out *Vector, i int) bool {
			best := in[0]
			for _, v := range in[1:] {
				if v.Type == Float64 && math.IsNaN(v.Floats[i]) || holds(op, v.order(best, i)) {
					best = v
				}
			}
			copyRow(out, best, i)
			return true
		}
	}
}

// populated marks the rows that hold a value.
func populated(in *Vector, missing []Expr, out *Vector, rows int) {
	out.Valid = out.Valid.Fill(rows)
	if in.Type == Null {
		return
	}
	copy(out.Bools, in.Valid)
	if in.Type == Float64 {
		for w, word := range out.Bools {
			if word == 0 {
				continue
			}
			var finite uint64
			for j, f := range in.Floats[w*64 : min(w*64+64, rows)] {
				var bit uint64
				if f-f == 0 { // neither NaN nor infinite
					bit = 1
				}
				finite |= bit << j
			}
			out.Bools[w] &= finite
		}
	}
	for _, literal := range missing {
		m := literal.node.(LiteralExpr).Value
		if m.IsNull() || m.Type() == Float64 && math.IsNaN(m.float()) {
			continue
		}
		each(in, rows, func(i int) {
			if x := in.Value(i); x == m || x.typ == Float64 && x.bits == m.bits {
				out.Bools[i>>6] &^= 1 << (i & 63)
			}
		})
	}
}
