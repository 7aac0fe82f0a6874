package expr

import (
	"fmt"
	"math/big"
	"slices"
)

// Vector is one column of a batch of rows: its type, which rows are not NULL,
// and the values in the one slice that the type is stored in. What the slice
// holds for a row that is NULL says nothing.
type Vector struct {
	Type  Type
	Valid Bitmap // raised: not NULL

	Bools    Bitmap     // BOOL
	Ints     []int64    // INT64; DATE in days, TIMESTAMP and DATETIME in microseconds since 1970-01-01, TIME in microseconds since midnight
	Floats   []float64  // FLOAT64
	Texts    []string   // STRING, BYTES
	Decimals []*big.Rat // NUMERIC, BIGNUMERIC

	// Items are the values of an ARRAY, those of all rows one behind the other. Offsets
	// are one more than rows: of row i they begin at its own and end before the next, as
	// Arrow lays lists out. Without Items, NULL or not NULL is all that is known.
	Items   *Vector
	Offsets []int32

	// Written tells of a FLOAT64 column how a cell is written that has more digits
	// than every FLOAT64 holds, and where that is; of other rows it returns "". It is
	// nil where there is no such cell.
	Written func(i int) (digits, where string)
	// Redacted: its values are not to be printed, as in errors.
	Redacted bool

	// Err says that the column could not be read (a cell that does not parse).
	// What needs the column fails with it; the other columns are good.
	Err error
}

// Batch is some rows of a relation, as columns in the order that was asked for.
type Batch struct {
	Rows    int
	Columns []Vector

	// Where the rows are: File is "" and Lines are nil where there is no file. A
	// line is that on which a row begins in a text, the first being 1, and the number
	// of the row elsewhere.
	File  string
	Lines []int64
}

// Reset empties the vector and makes it ready for n rows of the type, all NULL,
// in the memory that it already has.
func (v *Vector) Reset(t Type, n int) {
	v.Type, v.Written, v.Redacted, v.Err = t, nil, false, nil
	v.Valid = v.Valid.Reset(n)
	switch t.storage() {
	case inBits:
		v.Bools = v.Bools.Reset(n)
	case inInts:
		v.Ints = resized(v.Ints, n)
	case inFloats:
		v.Floats = resized(v.Floats, n)
	case inTexts:
		v.Texts = resized(v.Texts, n)
	case inDecimals:
		v.Decimals = resized(v.Decimals, n)
	}
	of, isArray := t.Element()
	if !isArray || !of.Computable() {
		v.Items, v.Offsets = nil, nil
		return
	}
	if v.Items == nil {
		v.Items = &Vector{}
	}
	v.Items.Reset(of, 0)
	v.Offsets = resized(v.Offsets, n+1)
	clear(v.Offsets)
}

// Grow adds rows, all NULL, until there are n.
func (v *Vector) Grow(n int) {
	for len(v.Valid) < words(n) {
		v.Valid = append(v.Valid, 0)
	}
	switch v.Type.storage() {
	case inBits:
		for len(v.Bools) < words(n) {
			v.Bools = append(v.Bools, 0)
		}
	case inInts:
		v.Ints = grown(v.Ints, n)
	case inFloats:
		v.Floats = grown(v.Floats, n)
	case inTexts:
		v.Texts = grown(v.Texts, n)
	case inDecimals:
		v.Decimals = grown(v.Decimals, n)
	}
}

// SetItems makes room in an ARRAY for the items of row i, the row behind those that were
// set before, and returns the place of the first among Items. They are all NULL.
func (v *Vector) SetItems(i, n int) (first int) {
	first = int(v.Offsets[i])
	v.Offsets[i+1] = int32(first + n)
	v.Items.Grow(first + n)
	return first
}

func grown[T any](s []T, n int) []T {
	if n <= len(s) {
		return s
	}
	return slices.Grow(s, n-len(s))[:n]
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// Value returns row i.
func (v *Vector) Value(i int) Value {
	if !v.Valid.Get(i) {
		return Value{}
	}
	switch v.Type.storage() {
	case inBits:
		return boolValue(v.Bools.Get(i))
	case inInts:
		return intValue(v.Type, v.Ints[i])
	case inFloats:
		return floatValue(v.Floats[i])
	case inTexts:
		return Value{typ: v.Type, text: v.Texts[i]}
	case inDecimals:
		return decimalValue(v.Type, v.Decimals[i])
	}
	return Value{typ: v.Type}
}

// SetValue stores a value in row i; NULL leaves the row as Reset made it.
func (v *Vector) SetValue(i int, x Value) error {
	if x.IsNull() {
		return nil
	}
	if x.typ != v.Type {
		return fmt.Errorf("%s is no %s", x.SQL(), v.Type)
	}
	v.Valid.Set(i)
	switch v.Type.storage() {
	case inBits:
		if x.bits == 1 {
			v.Bools.Set(i)
		}
	case inInts:
		v.Ints[i] = x.int()
	case inFloats:
		v.Floats[i] = x.float()
	case inTexts:
		v.Texts[i] = x.text
	case inDecimals:
		v.Decimals[i] = x.rat()
	}
	return nil
}
