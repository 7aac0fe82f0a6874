package windows

import (
	"context"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality"
)

// parquetOutput writes Parquet: the columns of the input, and behind them those
// of the answers.
type parquetOutput struct {
	writing
	out io.Writer
}

func (p parquetOutput) write(ctx context.Context) error {
	by := p.convert
	if p.passes {
		by = p.passThrough
	}
	err := quality.Guard("the file is damaged", func() error { return by(ctx) }) // damaged pages can make the library panic
	if changed := p.table.source.Unchanged(); changed != nil && ctx.Err() == nil {
		err = changed // which is why it could not be read
	}
	return err
}

// passThrough copies the rows of a Parquet file with all of their columns,
// nested ones as well, group by group and column by column.
func (p parquetOutput) passThrough(ctx context.Context) error {
	data, size, err := p.table.source.Bytes(ctx, p.table.source.Paths()[0])
	if err != nil {
		return err
	}
	how := parquet.NewReaderProperties(nil)
	how.BufferedStreamEnabled = true
	in, err := pqfile.NewParquetReader(io.NewSectionReader(data, 0, size), pqfile.WithReadProps(how))
	if err != nil {
		return err
	}
	var columns pqschema.FieldList
	for i := range in.MetaData().Schema.Root().NumFields() {
		columns = append(columns, in.MetaData().Schema.Root().Field(i))
	}
	w, err := p.newWriter(columns)
	if err != nil {
		return err
	}
	for n := range in.NumRowGroups() {
		if err := w.copy(in.RowGroup(n)); err != nil {
			return err
		}
	}
	if err := p.table.source.Unchanged(); err != nil {
		return err // before there is a footer, which would make it whole
	}
	return w.close()
}

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
