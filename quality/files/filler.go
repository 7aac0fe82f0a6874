package files

import "github.com/intactdata/intact/quality/expr"

// batchRows is how many rows of Parquet are handed on together: few enough for the
// columns of a batch to stay in the processor's cache, and a multiple of 64.
const batchRows = 4096

// filler fills the vector of one column, batch after batch and row after row.
type filler struct {
	expr.Field
	vector *expr.Vector
	text   []byte // the batch's texts, one behind the other
	ends   []int  // of each text
	err    error  // has spoilt the column for good
}

// begin makes the vector ready for rows, all NULL.
func (f *filler) begin(v *expr.Vector, rows int) {
	f.vector = v
	f.vector.Reset(f.Type, rows)
	f.text, f.ends = f.text[:0], f.ends[:0]
}

// addText is the text of the next row that is not NULL.
func (f *filler) addText(b []byte) {
	f.text = append(f.text, b...)
	f.ends = append(f.ends, len(f.text))
}

// finish cuts the vector to the rows that there were.
func (f *filler) finish(rows int) {
	v := f.vector
	if v.Err = f.err; v.Err != nil {
		return
	}
	v.Valid = v.Valid[:(rows+63)/64]
	switch f.Type {
	case expr.String, expr.Bytes:
		v.Texts = v.Texts[:rows]
		f.cutTexts()
	case expr.Int64, expr.Date, expr.Timestamp, expr.DateTime, expr.Time:
		v.Ints = v.Ints[:rows]
	case expr.Float64:
		v.Floats = v.Floats[:rows]
	case expr.Bool:
		v.Bools = v.Bools[:len(v.Valid)]
	case expr.Numeric, expr.BigNumeric:
		v.Decimals = v.Decimals[:rows]
	}
}

// cutTexts gives each row its part of one string: one allocation for all.
func (f *filler) cutTexts() {
	all, start, next := string(f.text), 0, 0
	for i := range f.vector.Texts {
		if f.vector.Valid.Get(i) {
			f.vector.Texts[i] = all[start:f.ends[next]]
			start = f.ends[next]
			next++
		}
	}
}
