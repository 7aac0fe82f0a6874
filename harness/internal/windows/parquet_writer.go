package windows

import (
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"
)

// A parquetWriter adds answers to rows.
type parquetWriter struct {
	*pqfile.Writer
	writing
	point int // of the next row
}

func (p parquetOutput) newWriter(columns pqschema.FieldList) (*parquetWriter, error) {
	for _, a := range p.answers {
		nodes, err := parquetAnswers(a)
		if err != nil {
			return nil, err
		}
		columns = append(columns, nodes...)
	}
	schema, err := pqschema.NewGroupNode("rows", parquet.Repetitions.Required, columns, -1)
	if err != nil {
		return nil, err
	}
	how := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy))
	w, err := pqfile.NewParquetWriterWithError(struct{ io.Writer }{p.out}, schema, pqfile.WithWriterProps(how)) // which closes what can be closed
	if err != nil {
		return nil, err
	}
	return &parquetWriter{Writer: w, writing: p.writing}, nil
}

// copy writes a group of rows with their answers.
func (w *parquetWriter) copy(group *pqfile.RowGroupReader) error {
	out, err := w.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for i := range group.NumColumns() {
		from, err := group.Column(i)
		if err != nil {
			return err
		}
		to, err := out.NextColumn()
		if err == nil {
			err = copyColumn(from, to)
		}
		if err == nil {
			err = from.Close()
		}
		if err != nil {
			return fmt.Errorf("column %q: %w", from.Descriptor().Path(), err)
		}
	}
	if err := w.add(int(group.NumRows()), out.NextColumn); err != nil {
		return err
	}
	return out.Close()
}

// add writes the answers of the next points, column by column.
func (w *parquetWriter) add(rows int, next func() (pqfile.ColumnChunkWriter, error)) error {
	if w.point+rows > w.computed.Len() {
		return w.miscounted(w.point + rows)
	}
	for _, a := range w.answers {
		if err := addAnswers(a, w.point, rows, next); err != nil {
			return err
		}
	}
	w.point += rows
	return nil
}

func (w *parquetWriter) close() error {
	if w.point != w.computed.Len() {
		return w.miscounted(w.point)
	}
	return w.Close()
}
