package windows

import (
	"context"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
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
