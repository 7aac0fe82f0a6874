package windows

import (
	"encoding/binary"
	"math/big"

	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// parquetNode is the column for values of a type, by what BigQuery reads it as.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions
func parquetNode(name string, t expr.Type, required bool) (pqschema.Node, error) {
	var logical pqschema.LogicalType = pqschema.NoLogicalType{}
	physical, width := parquet.Types.Int64, -1
	switch t {
	case expr.Bool:
		physical = parquet.Types.Boolean
	case expr.Int64:
	case expr.Float64:
		physical = parquet.Types.Double
	case expr.Date:
		physical, logical = parquet.Types.Int32, pqschema.DateLogicalType{}
	case expr.Timestamp:
		logical = pqschema.NewTimestampLogicalType(true, pqschema.TimeUnitMicros)
	case expr.DateTime:
		logical = pqschema.NewTimestampLogicalType(false, pqschema.TimeUnitMicros)
	case expr.Time:
		logical = pqschema.NewTimeLogicalType(false, pqschema.TimeUnitMicros)
	case expr.Numeric:
		physical, width, logical = parquet.Types.FixedLenByteArray, 16, pqschema.NewDecimalLogicalType(38, 9)
	case expr.BigNumeric:
		physical, width, logical = parquet.Types.FixedLenByteArray, 32, pqschema.NewDecimalLogicalType(76, 38)
	case expr.Bytes:
		physical = parquet.Types.ByteArray
	default:
		physical, logical = parquet.Types.ByteArray, pqschema.StringLogicalType{}
	}
	repetition := parquet.Repetitions.Optional
	if required {
		repetition = parquet.Repetitions.Required
	}
	return pqschema.NewPrimitiveNodeLogical(name, repetition, logical, physical, width, -1)
}

// writeVector writes a column of rows.
func writeVector(to pqfile.ColumnChunkWriter, v *expr.Vector, rows int) error {
	there := func(i int) bool { return v.Valid.Get(i) }
	switch v.Type {
	case expr.Bool:
		return writeRows(to, rows, func(i int) (bool, bool) { return v.Bools.Get(i), there(i) })
	case expr.Date:
		return writeRows(to, rows, func(i int) (int32, bool) { return int32(v.Ints[i]), there(i) })
	case expr.Int64, expr.Timestamp, expr.DateTime, expr.Time:
		return writeRows(to, rows, func(i int) (int64, bool) { return v.Ints[i], there(i) })
	case expr.Float64:
		return writeRows(to, rows, func(i int) (float64, bool) { return v.Floats[i], there(i) })
	case expr.Numeric:
		return writeDecimals(to, v, rows, 9, 16)
	case expr.BigNumeric:
		return writeDecimals(to, v, rows, 38, 32)
	}
	return writeRows(to, rows, func(i int) (parquet.ByteArray, bool) {
		if !there(i) {
			return nil, false
		}
		return parquet.ByteArray(v.Value(i).String()), true
	})
}

func writeDecimals(to pqfile.ColumnChunkWriter, v *expr.Vector, rows, scale, width int) error {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return writeRows(to, rows, func(i int) (parquet.FixedLenByteArray, bool) {
		if !v.Valid.Get(i) {
			return nil, false
		}
		n := new(big.Int).Mul(v.Decimals[i].Num(), unit)
		return twosComplement(n.Quo(n, v.Decimals[i].Denom()), width), true
	})
}

// twosComplement writes an integer, the most significant byte first.
func twosComplement(n *big.Int, width int) []byte {
	mask := new(big.Int).Lsh(big.NewInt(1), uint(8*width))
	b := new(big.Int).And(n, mask.Sub(mask, big.NewInt(1)))
	return b.FillBytes(make([]byte, width))
}

func numericBytes(n rolling.Numeric) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(n.Hi)), n.Lo)
}
