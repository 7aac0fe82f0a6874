package rows

import (
	"math/big"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// gather sets a vector to rows of another in any order; a row below 0 is NULL.
func gather(out, in *expr.Vector, rows []int32) {
	out.Reset(in.Type, len(rows))
	if out.Err = in.Err; in.Err != nil {
		return
	}
	for i, r := range rows {
		if r < 0 || !in.Valid.Get(int(r)) {
			continue
		}
		out.Valid.Set(i)
		switch {
		case in.Ints != nil:
			out.Ints[i] = in.Ints[r]
		case in.Floats != nil:
			out.Floats[i] = in.Floats[r]
		case in.Texts != nil:
			out.Texts[i] = in.Texts[r]
		case in.Decimals != nil:
			out.Decimals[i] = in.Decimals[r]
		case in.Bools != nil && in.Bools.Get(int(r)):
			out.Bools.Set(i)
		}
	}
}

// stack is rows that are kept: columns that grow.
type stack struct {
	columns []expr.Vector
	rows    int
}

func newStack(s expr.Schema) *stack {
	out := &stack{columns: make([]expr.Vector, len(s))}
	for i, f := range s {
		out.columns[i].Reset(f.Type, 0)
	}
	return out
}

// push appends a copy of all rows of a batch.
func (s *stack) push(b *expr.Batch) error {
	for c := range b.Columns {
		if err := b.Columns[c].Err; err != nil {
			return err
		}
		extend(&s.columns[c], &b.Columns[c], s.rows, b.Rows)
	}
	s.rows += b.Rows
	return nil
}

func extend(to, from *expr.Vector, have, more int) {
	to.Valid = appendBits(to.Valid, from.Valid, have, more)
	switch to.Type {
	case expr.Bool:
		to.Bools = appendBits(to.Bools, from.Bools, have, more)
	case expr.Int64, expr.Date, expr.DateTime, expr.Time, expr.Timestamp:
		to.Ints = append(to.Ints[:have], from.Ints[:more]...)
	case expr.Float64:
		to.Floats = append(to.Floats[:have], from.Floats[:more]...)
	case expr.String, expr.Bytes:
		to.Texts = to.Texts[:have]
		for i := range more {
			text := ""
			if from.Valid.Get(i) {
				text = strings.Clone(from.Texts[i])
			}
			to.Texts = append(to.Texts, text)
		}
	case expr.Numeric, expr.BigNumeric:
		to.Decimals = to.Decimals[:have]
		for i := range more {
			var d *big.Rat
			if from.Valid.Get(i) {
				d = new(big.Rat).Set(from.Decimals[i])
			}
			to.Decimals = append(to.Decimals, d)
		}
	}
}

// appendBits appends the first bits of one bitmap to those that another has.
func appendBits(to, from expr.Bitmap, have, more int) expr.Bitmap {
	for len(to)*64 < have+more {
		to = append(to, 0)
	}
	shift := have & 63
	for w := 0; w*64 < more; w++ {
		word := uint64(0)
		if w < len(from) {
			word = from[w]
		}
		if left := more - w*64; left < 64 {
			word &= 1<<left - 1
		}
		at := have/64 + w
		to[at] |= word << shift
		if shift > 0 && at+1 < len(to) {
			to[at+1] |= word >> (64 - shift)
		}
	}
	return to
}
