package windows

import (
	"fmt"

	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
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

// parquetAnswers are the columns that a window adds.
func parquetAnswers(a rolling.Windows) (pqschema.FieldList, error) {
	var out pqschema.FieldList
	for i, c := range []struct {
		typ      expr.Type
		required bool
	}{{expr.Type(a.Type()), false}, {expr.String, true}, {expr.Int64, true}, {expr.Int64, false}} {
		node, err := parquetNode(columnsOf(a.Spec())[i], c.typ, c.required)
		if err != nil {
			return nil, err
		}
		out = append(out, node)
	}
	return out, nil
}

// addAnswers writes the columns of a window.
func addAnswers(a rolling.Windows, from, rows int, next func() (pqfile.ColumnChunkWriter, error)) error {
	for _, write := range []func(to pqfile.ColumnChunkWriter) error{
		func(to pqfile.ColumnChunkWriter) error { return addValues(a, from, rows, to) },
		func(to pqfile.ColumnChunkWriter) error {
			return writeRows(to, rows, func(i int) (parquet.ByteArray, bool) {
				return parquet.ByteArray(a.Detail(from + i).Reason.String()), true
			})
		},
		func(to pqfile.ColumnChunkWriter) error {
			return writeRows(to, rows, func(i int) (int64, bool) { return int64(a.Detail(from + i).Observed), true })
		},
		func(to pqfile.ColumnChunkWriter) error {
			return writeRows(to, rows, func(i int) (int64, bool) {
				expected := int64(a.Detail(from + i).Expected)
				return expected, expected >= 0
			})
		},
	} {
		to, err := next()
		if err == nil {
			err = write(to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addValues writes the answers themselves, NULL where a window is refused.
func addValues(a rolling.Windows, from, rows int, to pqfile.ColumnChunkWriter) error {
	whole := func(i int) bool { return a.Detail(from+i).Reason == rolling.Whole }
	switch a.Type() {
	case "INT64":
		return writeRows(to, rows, func(i int) (int64, bool) { n, _ := a.Int64(from + i); return n, whole(i) })
	case "NUMERIC":
		return writeRows(to, rows, func(i int) (parquet.FixedLenByteArray, bool) {
			n, _ := a.Numeric(from + i)
			return numericBytes(n), whole(i)
		})
	}
	return writeRows(to, rows, func(i int) (float64, bool) { f, _ := a.Float64(from + i); return f, whole(i) })
}
