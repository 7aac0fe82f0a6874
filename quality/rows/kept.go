package rows

import (
	"fmt"
	"math"
	"math/big"

	"github.com/intactdata/intact/quality/expr"
)

// storage says which slice of a vector holds the values of a type.
type storage uint8

const (
	nothing storage = iota // NULL or not is all that is known
	inBits
	inInts
	inFloats
	inTexts
	inDecimals
)

func storageOf(t expr.Type) storage {
	switch t {
	case expr.Bool:
		return inBits
	case expr.Int64, expr.Date, expr.DateTime, expr.Time, expr.Timestamp:
		return inInts
	case expr.Float64:
		return inFloats
	case expr.String, expr.Bytes:
		return inTexts
	case expr.Numeric, expr.BigNumeric:
		return inDecimals
	}
	return nothing
}

// kept is a column of rows that are kept: a word for each row, that is its value or
// says where its text is.
type kept struct {
	typ      expr.Type
	store    storage
	rows     int
	valid    expr.Bitmap
	nulls    int
	words    list[uint64]
	texts    arena
	decimals list[*big.Rat]
}

// bytes is what the column takes.
func (k *kept) bytes() int64 {
	return 8*k.words.room() + k.texts.bytes + 8*int64(cap(k.valid)) + (8+decimalBytes)*k.decimals.room()
}

// decimalBytes is what a decimal takes: two integers of some words each.
const decimalBytes = 128

// is gives the column its type, if it had none but NULL.
func (k *kept) is(t expr.Type) {
	if t == k.typ || t == expr.Null && k.typ != "" {
		return
	}
	k.typ, k.store = t, storageOf(t)
	for range k.rows { // all of them NULL
		k.pad()
	}
}

func (k *kept) pad() {
	switch k.store {
	case nothing:
	case inDecimals:
		k.decimals.push(nil)
	default:
		k.words.push(0)
	}
}

// push appends a row of a vector. Its value is copied: the vector's memory is the
// sender's.
func (k *kept) push(v *expr.Vector, row int) error {
	if k.rows&63 == 0 {
		k.valid = append(k.valid, 0)
	}
	k.rows++
	if !v.Valid.Get(row) {
		k.nulls++
		k.pad()
		return nil
	}
	k.valid.Set(k.rows - 1)
	switch k.store {
	case inBits:
		k.words.push(v.Bools[row>>6] >> (row & 63) & 1)
	case inInts:
		k.words.push(uint64(v.Ints[row]))
	case inFloats:
		k.words.push(floatWord(v.Floats[row]))
	case inTexts:
		if len(v.Texts[row]) > longest {
			return fmt.Errorf("a value of %d bytes is too long to be kept in memory", len(v.Texts[row]))
		}
		k.words.push(k.texts.put(v.Texts[row]))
	case inDecimals:
		k.decimals.push(new(big.Rat).Set(v.Decimals[row]))
	}
	return nil
}

// extend appends all rows of a vector.
func (k *kept) extend(v *expr.Vector, rows int) error {
	if v.Err != nil {
		return v.Err
	}
	for i := range rows {
		if err := k.push(v, i); err != nil {
			return err
		}
	}
	return nil
}

// floatWord is equal for what GROUP BY puts together: -0 and 0, and all NaN.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#groupable_data_types
func floatWord(f float64) uint64 {
	if f == 0 {
		return 0
	}
	if f != f {
		return math.Float64bits(math.NaN())
	}
	return math.Float64bits(f)
}

// gather sets a vector to some rows in any order; a row below 0 is NULL.
func (k *kept) gather(out *expr.Vector, rows []int32) {
	out.Reset(k.typ, len(rows))
	if k.nulls == 0 {
		out.Valid = out.Valid.Fill(len(rows))
	}
	for i, r := range rows {
		if r < 0 {
			out.Valid[i>>6] &^= 1 << (i & 63)
		} else if k.nulls > 0 && k.valid.Get(int(r)) {
			out.Valid.Set(i)
		}
	}
	switch k.store {
	case inBits:
		for i, r := range rows {
			if r >= 0 && k.words.at(int(r)) == 1 {
				out.Bools.Set(i)
			}
		}
	case inInts:
		for i, r := range rows {
			if r >= 0 {
				out.Ints[i] = int64(k.words.at(int(r)))
			}
		}
	case inFloats:
		for i, r := range rows {
			if r >= 0 {
				out.Floats[i] = math.Float64frombits(k.words.at(int(r)))
			}
		}
	case inTexts:
		for i, r := range rows {
			if r >= 0 {
				out.Texts[i] = k.texts.text(k.words.at(int(r)))
			}
		}
	case inDecimals:
		for i, r := range rows {
			if r >= 0 {
				out.Decimals[i] = k.decimals.at(int(r))
			}
		}
	}
}

// value is a row's.
func (k *kept) value(row int) expr.Value {
	var v expr.Vector
	k.gather(&v, []int32{int32(row)})
	return v.Value(0)
}

// slice sets a vector of a type to the rows from low up to high.
func (k *kept) slice(out *expr.Vector, t expr.Type, low, high int) {
	if k.store == nothing { // NULL alone was met
		out.Reset(t, high-low)
		for i := range high - low {
			if k.valid.Get(low + i) {
				out.Valid.Set(i)
			}
		}
		return
	}
	rows := make([]int32, high-low)
	for i := range rows {
		rows[i] = int32(low + i)
	}
	k.gather(out, rows)
}
