package expr

import "cmp"

// comparison compares two vectors of one type. FLOAT64 NaN is unequal to
// everything and neither less nor greater, as in Go.
func comparison(n CompareExpr) apply {
	return func(in []*Vector, out *Vector, rows int) { compare(n.Op, in[0], in[1], out, rows) }
}

func compare(op CompareOp, a, b, out *Vector, rows int) {
	if a.Type == Null || b.Type == Null {
		return
	}
	for w := range out.Valid {
		out.Valid[w] = a.Valid[w] & b.Valid[w]
	}
	switch a.Type.storage() {
	case inInts:
		compareWords(op, a.Ints[:rows], b.Ints[:rows], out)
	case inFloats:
		compareWords(op, a.Floats[:rows], b.Floats[:rows], out)
		if err := inexact(a, b, rows); err != nil {
			out.Err = err
		}
	case inTexts:
		compareWords(op, a.Texts[:rows], b.Texts[:rows], out)
	case inBits:
		for w := range out.Bools {
			out.Bools[w] = compareBits(op, a.Bools[w], b.Bools[w]) & out.Valid[w]
		}
	case inDecimals:
		for i := range rows {
			if out.Valid.Get(i) && holds(op, a.Decimals[i].Cmp(b.Decimals[i])) {
				out.Bools.Set(i)
			}
		}
	}
}

// compareBits compares 64 pairs of BOOL, of which FALSE is less than TRUE.
func compareBits(op CompareOp, a, b uint64) uint64 {
	switch op {
	case Equal:
		return ^(a ^ b)
	case NotEqual:
		return a ^ b
	case Less:
		return ^a & b
	case LessEqual:
		return ^a | b
	case Greater:
		return a &^ b
	}
	return a | ^b
}

func holds(op CompareOp, order int) bool {
	switch op {
	case Equal:
		return order == 0
	case NotEqual:
		return order != 0
	case Less:
		return order < 0
	case LessEqual:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// compareWords builds 64 answers at a time; rows that are NULL give any answer,
// which Valid then hides.
func compareWords[T cmp.Ordered](op CompareOp, a, b []T, out *Vector) {
	for w := range out.Bools {
		if out.Valid[w] == 0 {
			continue
		}
		low, high := w*64, min(w*64+64, len(a))
		out.Bools[w] = compareWord(op, a[low:high], b[low:high]) & out.Valid[w]
	}
}

// compareWord builds up to 64 of them; that a shift is by less than 64 need not be checked.
func compareWord[T cmp.Ordered](op CompareOp, a, b []T) (word uint64) {
	b = b[:len(a)]
	switch op {
	case Equal:
		for j, x := range a {
			word |= bit(x == b[j]) << (j & 63)
		}
	case NotEqual:
		for j, x := range a {
			word |= bit(x != b[j]) << (j & 63)
		}
	case Less:
		for j, x := range a {
			word |= bit(x < b[j]) << (j & 63)
		}
	case LessEqual:
		for j, x := range a {
			word |= bit(x <= b[j]) << (j & 63)
		}
	case Greater:
		for j, x := range a {
			word |= bit(x > b[j]) << (j & 63)
		}
	case GreaterEqual:
		for j, x := range a {
			word |= bit(x >= b[j]) << (j & 63)
		}
	}
	return word
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// between is X >= Low AND X <= High.
func between() apply {
	var low, high Vector
	return func(in []*Vector, out *Vector, rows int) {
		low.Reset(Bool, rows)
		high.Reset(Bool, rows)
		compare(GreaterEqual, in[0], in[1], &low, rows)
		compare(LessEqual, in[0], in[2], &high, rows)
		combine(And, []*Vector{&low, &high}, out)
		out.Err = cmp.Or(low.Err, high.Err)
	}
}

// membership is X = a OR X = b …: NULL where nothing matches and one of them,
// or X, is NULL.
func membership() apply {
	var one Vector
	return func(in []*Vector, out *Vector, rows int) {
		out.Valid = out.Valid.Fill(rows) // FALSE so far
		for _, x := range in[1:] {
			one.Reset(Bool, rows)
			compare(Equal, in[0], x, &one, rows)
			combine(Or, []*Vector{out, &one}, out)
			out.Err = cmp.Or(out.Err, one.Err)
		}
	}
}

// order compares row i of two vectors of one type; NaN is neither less nor greater.
func (v *Vector) order(other *Vector, i int) int {
	switch v.Type.storage() {
	case inInts:
		return cmp.Compare(v.Ints[i], other.Ints[i])
	case inFloats:
		switch a, b := v.Floats[i], other.Floats[i]; {
		case a < b:
			return -1
		case a > b:
			return 1
		}
	case inTexts:
		return cmp.Compare(v.Texts[i], other.Texts[i])
	case inDecimals:
		return v.Decimals[i].Cmp(other.Decimals[i])
	case inBits:
		return int(bit(v.Bools.Get(i))) - int(bit(other.Bools.Get(i)))
	}
	return 0
}
