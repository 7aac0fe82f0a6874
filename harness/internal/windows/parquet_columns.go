package windows

import (
	"fmt"

	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
)

// parquetBatch is how many values are written together.
const parquetBatch = 4096

// copyColumn writes the values of a column with the levels that say which of them are
// NULL, and of what is nested.
func copyColumn(from pqfile.ColumnChunkReader, to pqfile.ColumnChunkWriter) error {
	switch from.Type() {
	case parquet.Types.Boolean:
		return copyOf[bool](from, to)
	case parquet.Types.Int32:
		return copyOf[int32](from, to)
	case parquet.Types.Int64:
		return copyOf[int64](from, to)
	case parquet.Types.Int96:
		return copyOf[parquet.Int96](from, to)
	case parquet.Types.Float:
		return copyOf[float32](from, to)
	case parquet.Types.Double:
		return copyOf[float64](from, to)
	case parquet.Types.ByteArray:
		return copyOf[parquet.ByteArray](from, to)
	case parquet.Types.FixedLenByteArray:
		return copyOf[parquet.FixedLenByteArray](from, to)
	}
	return fmt.Errorf("values of type %s cannot be copied", from.Type())
}

func copyOf[T any](from pqfile.ColumnChunkReader, to pqfile.ColumnChunkWriter) error {
	in := from.(interface {
		ReadBatchInPage(most int64, values []T, def, rep []int16) (int64, int, error)
	})
	values := make([]T, parquetBatch)
	def, rep := make([]int16, parquetBatch), make([]int16, parquetBatch)
	for from.HasNext() {
		levels, n, err := in.ReadBatchInPage(parquetBatch, values, def, rep)
		if err == nil && levels > 0 {
			err = writeValues(to, values[:n], def[:levels], rep[:levels])
		}
		if err != nil {
			return err
		}
	}
	return from.Err()
}

// writeValues writes values; def has a level for each row of a column that can be NULL,
// and rep for each value of one that is repeated.
func writeValues[T any](to pqfile.ColumnChunkWriter, values []T, def, rep []int16) error {
	if to.Descr().MaxDefinitionLevel() == 0 {
		def = nil
	}
	if to.Descr().MaxRepetitionLevel() == 0 {
		rep = nil
	}
	_, err := to.(interface {
		WriteBatch(values []T, def, rep []int16) (int64, error)
	}).WriteBatch(values, def, rep)
	return err
}

// writeRows writes the values of rows, NULL where there is none.
func writeRows[T any](to pqfile.ColumnChunkWriter, rows int, value func(i int) (x T, ok bool)) error {
	values, def := make([]T, 0, parquetBatch), make([]int16, 0, parquetBatch)
	for i := range rows {
		x, ok := value(i)
		level := int16(0)
		if ok {
			values, level = append(values, x), 1
		}
		if def = append(def, level); len(def) == cap(def) || i+1 == rows {
			if err := writeValues(to, values, def, nil); err != nil {
				return err
			}
			values, def = values[:0], def[:0]
		}
	}
	return nil
}
