package files

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"

	"github.com/intactdata/intact/quality/expr"
)

// A leaf holds values of one physical type, those that were read last.
type leaf interface {
	read(chunk pqfile.ColumnChunkReader, most int, def, rep []int16) (levels, values int, err error)
	// store puts the values, from one on, into rows. The error is about the row that it names.
	store(from int, rows []int, valid expr.Bitmap) (row int, err error)
}

type leafOf[T any] struct {
	values []T
	put    func(row int, x T) error
}

// errNull: the value stands for none.
var errNull = errors.New("NULL")

func (l *leafOf[T]) read(chunk pqfile.ColumnChunkReader, most int, def, rep []int16) (levels, values int, err error) {
	n, values, err := chunk.(interface {
		ReadBatchInPage(most int64, values []T, def, rep []int16) (int64, int, error)
	}).ReadBatchInPage(int64(most), l.values, def, rep)
	return int(n), values, err
}

func (l *leafOf[T]) store(from int, rows []int, valid expr.Bitmap) (row int, err error) {
	for k, row := range rows {
		err := l.put(row, l.values[from+k])
		if err == errNull {
			continue
		}
		if err != nil {
			return row, err
		}
		valid.Set(row)
	}
	return 0, nil
}

func newLeafOf[T any](put func(row int, x T) error) leaf {
	return &leafOf[T]{make([]T, batchRows), put}
}

// newLeaf reads values of a physical type as those of the column's type.
func (r *parquetReader) newLeaf(physical parquet.Type) leaf {
	unsigned := r.column.unsigned
	switch physical {
	case parquet.Types.Boolean:
		return newLeafOf(r.putBool)
	case parquet.Types.Int32:
		put := r.putInt()
		return newLeafOf(func(row int, x int32) error {
			if unsigned {
				return put(row, int64(uint32(x)))
			}
			return put(row, int64(x))
		})
	case parquet.Types.Int64:
		put := r.putInt()
		return newLeafOf(func(row int, x int64) error {
			if unsigned && x < 0 {
				return fmt.Errorf("%d is no INT64: it is too large", uint64(x))
			}
			return put(row, x)
		})
	case parquet.Types.Int96:
		return newLeafOf(r.putInt96)
	case parquet.Types.Float:
		return newLeafOf(func(row int, x float32) error { return r.putFloat(row, float64(x)) })
	case parquet.Types.Double:
		return newLeafOf(r.putFloat)
	case parquet.Types.FixedLenByteArray:
		if r.column.half {
			return newLeafOf(func(row int, x parquet.FixedLenByteArray) error {
				return r.putFloat(row, halfFloat(binary.LittleEndian.Uint16(x)))
			})
		}
		return newLeafOf(func(row int, x parquet.FixedLenByteArray) error { return r.putBytes(row, x) })
	}
	return newLeafOf(func(row int, x parquet.ByteArray) error { return r.putBytes(row, x) })
}
