package windows

import (
	"context"
	"fmt"

	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/intactdata/intact/quality/expr"
)

// parquetRows is how many rows are written as one group: until it is full, a
// group is held in memory.
const parquetRows = 1 << 17

// convert writes the values of rows of another form.
func (p parquetOutput) convert(ctx context.Context) error {
	var columns pqschema.FieldList
	for _, f := range p.table.schema {
		node, err := parquetNode(f.Name, f.Type, false)
		if err != nil {
			return err
		}
		columns = append(columns, node)
	}
	w, err := p.newWriter(columns)
	if err != nil {
		return err
	}
	var group pqfile.BufferedRowGroupWriter
	rows := 0 // of the group
	for b, err := range p.table.rows(ctx) {
		if err == nil && group == nil {
			group, err = w.AppendBufferedRowGroupChecked()
		}
		if err == nil {
			err = w.write(group, b)
		}
		if err != nil {
			return err
		}
		if rows += b.Rows; rows >= parquetRows {
			if err := group.Close(); err != nil {
				return err
			}
			group, rows = nil, 0
		}
	}
	if group != nil {
		if err := group.Close(); err != nil {
			return err
		}
	}
	return w.close()
}

// write writes rows with their answers.
func (w *parquetWriter) write(group pqfile.BufferedRowGroupWriter, b *expr.Batch) error {
	column := -1
	next := func() (pqfile.ColumnChunkWriter, error) {
		column++
		return group.Column(column)
	}
	for i := range b.Columns {
		to, err := next()
		if err == nil {
			err = writeVector(to, &b.Columns[i], b.Rows)
		}
		if err != nil {
			return fmt.Errorf("column %q: %w", w.Schema.Column(i).Name(), err)
		}
	}
	return w.add(b.Rows, next)
}
