package rows

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// A row as a record is its cells one after the other, each so that the order of the
// bytes is that of the values: NULL first, then NaN. A cell is a byte that is 0 for
// NULL, and else
//
//   - integers, days, microseconds: eight bytes, the sign bit turned
//   - FLOAT64: the eight bytes of its rank
//   - BOOL: a byte
//   - texts: their bytes, 0 as 0 255, with 0 1 at the end
//   - decimals: in units of their last place, from the least one on, 32 bytes

var (
	decimalUnits = new(big.Int).Exp(big.NewInt(10), big.NewInt(38), nil)
	decimalFloor = new(big.Int).Lsh(big.NewInt(1), 255) // below zero
)

// appendCell appends a row of a vector.
func appendCell(to []byte, v *expr.Vector, row int) ([]byte, error) {
	if !v.Valid.Get(row) {
		return append(to, 0), nil
	}
	to = append(to, 1)
	switch storageOf(v.Type) {
	case inInts:
		to = binary.BigEndian.AppendUint64(to, uint64(v.Ints[row])^sign)
	case inFloats:
		to = binary.BigEndian.AppendUint64(to, floatRank(floatWord(v.Floats[row])))
	case inBits:
		to = append(to, byte(v.Bools[row>>6]>>(row&63)&1))
	case inTexts:
		text := v.Texts[row]
		for {
			zero := strings.IndexByte(text, 0)
			if zero < 0 {
				break
			}
			to = append(append(to, text[:zero]...), 0, 255)
			text = text[zero+1:]
		}
		to = append(append(to, text...), 0, 1)
	case inDecimals:
		units := new(big.Int).Mul(v.Decimals[row].Num(), decimalUnits)
		_, rest := units.QuoRem(units, v.Decimals[row].Denom(), new(big.Int))
		if units.Add(units, decimalFloor); rest.Sign() != 0 || units.Sign() < 0 || units.BitLen() > 256 {
			return to, fmt.Errorf("%s is no BIGNUMERIC", v.Decimals[row].RatString())
		}
		at := len(to)
		to = append(to, make([]byte, 32)...)
		units.FillBytes(to[at:])
	}
	return to, nil
}

var cellSizes = [...]int{inInts: 8, inFloats: 8, inBits: 1, inDecimals: 32}

var errRecord = errors.New("a record that was put on disk came back cut off")

// readCell sets a row of a vector, which is NULL, and returns what follows the cell.
func readCell(from []byte, v *expr.Vector, row int) ([]byte, error) {
	if len(from) == 0 {
		return nil, errRecord
	}
	valid := from[0] == 1
	if from = from[1:]; !valid {
		return from, nil
	}
	v.Valid.Set(row)
	store := storageOf(v.Type)
	size := cellSizes[store]
	if len(from) < size {
		return nil, errRecord
	}
	switch store {
	case inInts:
		v.Ints[row] = int64(binary.BigEndian.Uint64(from) ^ sign)
	case inFloats:
		switch rank := binary.BigEndian.Uint64(from); {
		case rank == 0:
			v.Floats[row] = math.NaN()
		case rank&sign != 0:
			v.Floats[row] = math.Float64frombits(rank &^ sign)
		default:
			v.Floats[row] = math.Float64frombits(^rank)
		}
	case inBits:
		if from[0] == 1 {
			v.Bools.Set(row)
		}
	case inTexts:
		return readText(from, v, row)
	case inDecimals:
		units := new(big.Int).SetBytes(from[:32])
		v.Decimals[row] = new(big.Rat).SetFrac(units.Sub(units, decimalFloor), decimalUnits)
	}
	return from[size:], nil
}

func readText(from []byte, v *expr.Vector, row int) ([]byte, error) {
	var out strings.Builder
	for {
		zero := bytes.IndexByte(from, 0)
		if zero < 0 || zero+1 == len(from) {
			return nil, errRecord
		}
		out.Write(from[:zero])
		if from[zero+1] == 1 {
			v.Texts[row] = out.String()
			return from[zero+2:], nil
		}
		out.WriteByte(0)
		from = from[zero+2:]
	}
}

// appendRow appends a row of some columns.
func appendRow(to []byte, columns []expr.Vector, row int) ([]byte, error) {
	var err error
	for c := range columns {
		if to, err = appendCell(to, &columns[c], row); err != nil {
			return nil, err
		}
	}
	return to, nil
}

// put puts rows on disk: what they are sorted by, and the rows.
func put(to Sorter, by []*expr.Vector, columns []expr.Vector, rows int) error {
	for c := range columns {
		if columns[c].Err != nil {
			return columns[c].Err
		}
	}
	var record []byte
	var err error
	for row := range rows {
		record = record[:0]
		for _, v := range by {
			if record, err = appendCell(record, v, row); err != nil {
				return err
			}
		}
		if record, err = appendRow(record, columns, row); err != nil {
			return err
		}
		if err = to.Add(record); err != nil {
			return err
		}
	}
	return nil
}

// cut is the first cells of a record, as many as there are types.
func cut(record []byte, types expr.Schema) ([]byte, error) {
	rest := record
	for _, f := range types {
		if len(rest) == 0 {
			return nil, errRecord
		}
		null := rest[0] == 0
		if rest = rest[1:]; null {
			continue
		}
		size := cellSizes[storageOf(f.Type)]
		if storageOf(f.Type) == inTexts {
			for at := 0; ; at += 2 {
				zero := bytes.IndexByte(rest[at:], 0)
				if zero < 0 || at+zero+1 >= len(rest) {
					return nil, errRecord
				}
				if at += zero; rest[at+1] == 1 {
					size = at + 2
					break
				}
			}
		}
		if size > len(rest) {
			return nil, errRecord
		}
		rest = rest[size:]
	}
	return record[:len(record)-len(rest)], nil
}

// record is a batch of rows that come back from records.
type record struct {
	expr.Batch
	whole []expr.Vector
}

// reset makes ready for up to batchRows rows of a schema.
func (r *record) reset(s expr.Schema) {
	r.whole, r.Rows = resized(r.whole, len(s)), 0
	for c, f := range s {
		r.whole[c].Reset(f.Type, batchRows)
	}
}

func (r *record) full() bool { return r.Rows == batchRows }

// read appends the row of a record.
func (r *record) read(from []byte) error {
	for c := range r.whole {
		var err error
		if from, err = readCell(from, &r.whole[c], r.Rows); err != nil {
			return err
		}
	}
	r.Rows++
	return nil
}

// batch is the rows that were read.
func (r *record) batch() *expr.Batch {
	r.Columns = resized(r.Columns, len(r.whole))
	for c := range r.whole {
		r.Columns[c] = r.whole[c].Part(0, r.Rows)
	}
	return &r.Batch
}
