package files

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality/expr"
)

// set stores a value that is not NULL in row i.
func (r *parquetReader) set(i int, x parquet.Value) (err error) {
	v := r.vector
	switch r.Type {
	case expr.Bool:
		if x.Boolean() {
			v.Bools.Set(i)
		}
	case expr.Int64:
		v.Ints[i], err = r.column.integer(x)
	case expr.Float64:
		v.Floats[i], err = r.column.float(x)
	case expr.String, expr.Bytes:
		b := x.ByteArray()
		if r.Type == expr.String && !utf8.Valid(b) {
			return fmt.Errorf("%s is not UTF-8", quoted(b))
		}
		r.addText(b)
	case expr.Date:
		v.Ints[i] = int64(x.Int32())
	case expr.Time, expr.DateTime, expr.Timestamp:
		v.Ints[i], err = r.column.micros(x)
	case expr.Numeric, expr.BigNumeric:
		v.Decimals[i] = r.column.decimal(x)
	}
	return err
}

func (c *parquetColumn) integer(x parquet.Value) (int64, error) {
	switch {
	case c.kind == parquet.Int32 && c.unsigned:
		return int64(x.Uint32()), nil
	case c.kind == parquet.Int32:
		return int64(x.Int32()), nil
	case c.unsigned && x.Uint64() > math.MaxInt64:
		return 0, fmt.Errorf("%d is no INT64: it is too large", x.Uint64())
	}
	return x.Int64(), nil
}

func (c *parquetColumn) float(x parquet.Value) (float64, error) {
	switch c.kind {
	case parquet.Double:
		return x.Double(), nil
	case parquet.Float:
		return float64(x.Float()), nil
	}
	n, err := c.integer(x) // as the column is in another file
	return float64(n), err
}

// micros drops what is finer than a microsecond, the finest that BigQuery holds.
func (c *parquetColumn) micros(x parquet.Value) (int64, error) {
	if c.kind == parquet.Int96 {
		return int96Micros(x), nil
	}
	n := int64(0)
	if c.kind == parquet.Int32 {
		n = int64(x.Int32())
	} else {
		n = x.Int64()
	}
	switch c.unit {
	case 1e3:
		if n > math.MaxInt64/1000 || n < math.MinInt64/1000 {
			return 0, fmt.Errorf("%d milliseconds are no %s: they are too many", n, c.Type)
		}
		return n * 1000, nil
	case 1e9:
		return floorDiv(n, 1000), nil
	}
	return n, nil
}

func floorDiv(n, by int64) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}

// int96Micros reads nanoseconds of a day and the Julian day.
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
func int96Micros(x parquet.Value) int64 {
	const epoch, perDay = 2440588, 86400e6
	n := x.Int96()
	nanos := int64(n[1])<<32 | int64(n[0])
	return (int64(n[2])-epoch)*perDay + floorDiv(nanos, 1000)
}

// decimal reads an unscaled integer, of bytes the most significant first.
func (c *parquetColumn) decimal(x parquet.Value) *big.Rat {
	var n big.Int
	switch c.kind {
	case parquet.Int32:
		n.SetInt64(int64(x.Int32()))
	case parquet.Int64:
		n.SetInt64(x.Int64())
	default:
		setTwosComplement(&n, x.ByteArray())
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.scale)), nil)
	return new(big.Rat).SetFrac(&n, scale)
}

func setTwosComplement(n *big.Int, b []byte) {
	if len(b) == 8 {
		n.SetInt64(int64(binary.BigEndian.Uint64(b)))
		return
	}
	n.SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
}
