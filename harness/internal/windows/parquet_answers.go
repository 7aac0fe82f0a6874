package windows

import (
	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

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
