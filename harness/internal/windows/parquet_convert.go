package windows

import (
	"context"
	"math/big"

	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality/expr"
)

// parquetLeaf is the column for values of a type, by what BigQuery reads it as.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions
func parquetLeaf(t expr.Type) parquet.Node {
	switch t {
	case expr.Bool:
		return parquet.Leaf(parquet.BooleanType)
	case expr.Int64:
		return parquet.Leaf(parquet.Int64Type)
	case expr.Float64:
		return parquet.Leaf(parquet.DoubleType)
	case expr.Date:
		return parquet.Date()
	case expr.Timestamp:
		return parquet.Timestamp(parquet.Microsecond)
	case expr.DateTime:
		return parquet.TimestampAdjusted(parquet.Microsecond, false)
	case expr.Time:
		return parquet.TimeAdjusted(parquet.Microsecond, false)
	case expr.Numeric:
		return parquet.Decimal(9, 38, parquet.FixedLenByteArrayType(16))
	case expr.Bytes:
		return parquet.Leaf(parquet.ByteArrayType)
	}
	return parquet.String()
}

// parquetValue is a value that is not NULL; BIGNUMERIC is its text.
func parquetValue(v *expr.Vector, i int) parquet.Value {
	switch v.Type {
	case expr.Bool:
		return parquet.BooleanValue(v.Bools.Get(i))
	case expr.Date:
		return parquet.Int32Value(int32(v.Ints[i]))
	case expr.Int64, expr.Timestamp, expr.DateTime, expr.Time:
		return parquet.Int64Value(v.Ints[i])
	case expr.Float64:
		return parquet.DoubleValue(v.Floats[i])
	case expr.Numeric:
		billionths := new(big.Int).Mul(v.Decimals[i].Num(), big.NewInt(1e9))
		billionths.Quo(billionths, v.Decimals[i].Denom())
		return parquet.FixedLenByteArrayValue(twosComplement(billionths))
	case expr.Bytes:
		return parquet.ByteArrayValue([]byte(v.Texts[i]))
	}
	return parquet.ByteArrayValue([]byte(valueText(v, i)))
}

// twosComplement writes an integer of 128 bits, the most significant byte first.
func twosComplement(n *big.Int) []byte {
	b := new(big.Int).And(n, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1)))
	return b.FillBytes(make([]byte, 16))
}

// convert writes the values of rows of another format.
func (p parquetOutput) convert(ctx context.Context) error {
	var fields []parquet.Field
	for _, f := range p.table.schema {
		fields = append(fields, parquetField{parquet.Optional(parquetLeaf(f.Type)), f.Name})
	}
	w := p.newWriter(fields, len(fields))
	err := p.table.each(ctx, func(row cells) error {
		var out parquet.Row
		for c := range row.batch.Columns {
			value, level := parquet.NullValue(), 0
			if v := &row.batch.Columns[c]; !isNull(v, row.row) {
				value, level = parquetValue(v, row.row), 1
			}
			out = append(out, value.Level(0, level, c))
		}
		_, err := w.WriteRows([]parquet.Row{w.add(out)})
		return err
	})
	if err != nil {
		return err
	}
	return w.Close()
}
