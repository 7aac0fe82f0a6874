package onfile

import (
	"fmt"
	"math"
	"math/big"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"github.com/intactdata/intact/quality/expr"
)

// arrowTypes are those that columns of a new file get.
var arrowTypes = map[expr.Type]arrow.DataType{
	expr.Bool:      arrow.FixedWidthTypes.Boolean,
	expr.Int64:     arrow.PrimitiveTypes.Int64,
	expr.Float64:   arrow.PrimitiveTypes.Float64,
	expr.String:    arrow.BinaryTypes.String,
	expr.Bytes:     arrow.BinaryTypes.Binary,
	expr.Date:      arrow.FixedWidthTypes.Date32,
	expr.Timestamp: arrow.FixedWidthTypes.Timestamp_us,
	expr.DateTime:  &arrow.TimestampType{Unit: arrow.Microsecond},
	expr.Numeric:   &arrow.Decimal128Type{Precision: 38, Scale: 9},
}

// appendColumn adds rows of a column. What a file's column cannot hold exactly is an error.
func appendColumn(to array.Builder, v *expr.Vector, rows int) error {
	if v.Err != nil {
		return v.Err
	}
	for i := range rows {
		if !v.Valid.Get(i) {
			to.AppendNull()
			continue
		}
		if v.Written != nil {
			if digits, where := v.Written(i); digits != "" {
				return fmt.Errorf("%s: %s has more digits than a FLOAT64 holds", where, digits)
			}
		}
		if err := appendValue(to, v, i); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

func appendValue(to array.Builder, v *expr.Vector, i int) error {
	switch b := to.(type) {
	case *array.BooleanBuilder:
		if v.Type == expr.Bool {
			b.Append(v.Bools.Get(i))
			return nil
		}
	case *array.Int64Builder:
		if v.Type == expr.Int64 {
			b.Append(v.Ints[i])
			return nil
		}
	case *array.Int32Builder:
		if v.Type == expr.Int64 && v.Ints[i] >= math.MinInt32 && v.Ints[i] <= math.MaxInt32 {
			b.Append(int32(v.Ints[i]))
			return nil
		}
	case *array.Float64Builder:
		switch {
		case v.Type == expr.Float64:
			b.Append(v.Floats[i])
			return nil
		case v.Type == expr.Int64 && int64(float64(v.Ints[i])) == v.Ints[i]:
			b.Append(float64(v.Ints[i]))
			return nil
		}
	case *array.Float32Builder:
		if v.Type == expr.Float64 && (float64(float32(v.Floats[i])) == v.Floats[i] || math.IsNaN(v.Floats[i])) {
			b.Append(float32(v.Floats[i]))
			return nil
		}
	case *array.StringBuilder:
		if v.Type == expr.String {
			b.Append(v.Texts[i])
			return nil
		}
	case *array.LargeStringBuilder:
		if v.Type == expr.String {
			b.Append(v.Texts[i])
			return nil
		}
	case *array.BinaryBuilder:
		if v.Type == expr.Bytes {
			b.Append([]byte(v.Texts[i]))
			return nil
		}
	case *array.BinaryDictionaryBuilder:
		if v.Type == expr.String {
			return b.AppendString(v.Texts[i])
		}
	case *array.Date32Builder:
		if v.Type == expr.Date {
			b.Append(arrow.Date32(v.Ints[i]))
			return nil
		}
	case *array.TimestampBuilder:
		return appendTime(b, v, i)
	case *array.Decimal128Builder:
		return appendDecimal(b, v, i)
	}
	return fmt.Errorf("%s cannot be written as %s", v.Value(i).SQL(), to.Type())
}

// appendTime adds a TIMESTAMP to a column with a zone, and a DATETIME to one without.
func appendTime(b *array.TimestampBuilder, v *expr.Vector, i int) error {
	t := b.Type().(*arrow.TimestampType)
	zoned := t.TimeZone != ""
	if zoned != (v.Type == expr.Timestamp) || !zoned != (v.Type == expr.DateTime) {
		return fmt.Errorf("%s cannot be written as %s", v.Value(i).SQL(), t)
	}
	us := v.Ints[i]
	switch t.Unit {
	case arrow.Microsecond:
		b.Append(arrow.Timestamp(us))
		return nil
	case arrow.Nanosecond:
		if us <= math.MaxInt64/1000 && us >= math.MinInt64/1000 {
			b.Append(arrow.Timestamp(us * 1000))
			return nil
		}
	case arrow.Millisecond:
		if us%1000 == 0 {
			b.Append(arrow.Timestamp(us / 1000))
			return nil
		}
	}
	return fmt.Errorf("%s cannot be written as %s", v.Value(i).SQL(), t)
}

// appendDecimal adds a number that the column's scale holds exactly.
func appendDecimal(b *array.Decimal128Builder, v *expr.Vector, i int) error {
	t := b.Type().(*arrow.Decimal128Type)
	var n *big.Rat
	switch v.Type {
	case expr.Numeric, expr.BigNumeric:
		n = v.Decimals[i]
	case expr.Int64:
		n = new(big.Rat).SetInt64(v.Ints[i])
	default:
		return fmt.Errorf("%s cannot be written as %s", v.Value(i).SQL(), t)
	}
	scaled := new(big.Rat).Mul(n, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Scale)), nil)))
	if !scaled.IsInt() || scaled.Num().BitLen() > 127 || !decimal128.FromBigInt(scaled.Num()).FitsInPrecision(t.Precision) {
		return fmt.Errorf("%s cannot be written as %s", v.Value(i).SQL(), t)
	}
	b.Append(decimal128.FromBigInt(scaled.Num()))
	return nil
}
