package expr

// Three-valued logic, a word of 64 rows at a time. A row is TRUE where both its
// bits are raised, FALSE where only Valid is, NULL where Valid is not.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#logical_operators

func trueWord(v *Vector, w int) uint64 {
	if v.Type == Null {
		return 0
	}
	return v.Bools[w] & v.Valid[w]
}

func falseWord(v *Vector, w int) uint64 {
	if v.Type == Null {
		return 0
	}
	return v.Valid[w] &^ v.Bools[w]
}

// combine is AND or OR of all operands.
func combine(op LogicOp, in []*Vector, out *Vector) {
	for w := range out.Valid {
		t, f := trueWord(in[0], w), falseWord(in[0], w)
		for _, v := range in[1:] {
			if op == And {
				t &= trueWord(v, w)
				f |= falseWord(v, w)
			} else {
				t |= trueWord(v, w)
				f &= falseWord(v, w)
			}
		}
		out.Bools[w], out.Valid[w] = t, t|f
	}
}

func not(in, out *Vector) {
	for w := range out.Valid {
		t, f := trueWord(in, w), falseWord(in, w)
		out.Bools[w], out.Valid[w] = f, t|f
	}
}

// is fills IS [NOT] NULL, TRUE or FALSE, which is never NULL itself.
func is(n IsExpr, in, out *Vector, rows int) {
	out.Valid = out.Valid.Fill(rows)
	for w := range out.Bools {
		var is uint64
		switch {
		case n.What == IsTrue:
			is = trueWord(in, w)
		case n.What == IsFalse:
			is = falseWord(in, w)
		case in.Type == Null:
			is = ^uint64(0)
		default:
			is = ^in.Valid[w]
		}
		if n.Not {
			is = ^is
		}
		out.Bools[w] = is & out.Valid[w]
	}
}

// Trues is the rows of a predicate that are TRUE, for a batch of n rows, written
// into memory of dst.
func (v *Vector) Trues(dst Bitmap, n int) Bitmap {
	dst = dst.Reset(n)
	for w := range dst {
		dst[w] = trueWord(v, w)
	}
	return dst
}
