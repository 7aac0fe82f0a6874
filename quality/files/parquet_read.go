package files

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality/expr"
)

// scan hands on the rows of the file; false is the end of the scan.
func (p *parquetFile) scan(s *survey, at []int, first *file, batch *expr.Batch, yield func(*expr.Batch, error) bool) bool {
	places, err := match(s.names(), columnNames(p.columns), first.path)
	if err != nil {
		yield(nil, p.file.named(err))
		return false
	}
	readers := make([]*parquetReader, len(at))
	for i, column := range at {
		c := p.columns[places[column]]
		if !readsAs(c.Type, s.schema[column].Type) {
			yield(nil, p.file.named(fmt.Errorf("column %q is %s and was %s: the file has changed since its types were read", c.Name, c.Type, s.schema[column].Type)))
			return false
		}
		readers[i] = &parquetReader{
			filler: filler{Field: s.schema[column]},
			column: c,
			values: parquetValues{groups: p.groups, leaf: c.leaf},
		}
	}
	defer func() {
		for _, r := range readers {
			_ = guard(r.values.close) // what was read is checked
		}
	}()
	for row := int64(0); row < p.rows; row += int64(batch.Rows) {
		batch.Rows = int(min(batchRows, p.rows-row))
		batch.File, batch.Lines = p.file.path, batch.Lines[:0]
		for i := range batch.Rows {
			batch.Lines = append(batch.Lines, row+int64(i)+1)
		}
		for i, r := range readers {
			if err := guard(func() error { return r.fill(&batch.Columns[i], row, batch.Rows, p.file) }); err != nil {
				yield(nil, p.file.named(fmt.Errorf("column %q: %w", r.Name, err)))
				return false
			}
		}
		if !yield(batch, nil) {
			return false
		}
	}
	return true
}

// parquetReader reads one column of a file.
type parquetReader struct {
	filler
	column parquetColumn
	values parquetValues
}

// fill reads the next rows. A value that does not fit its type spoils the column
// for good; the error is about the file.
func (r *parquetReader) fill(v *expr.Vector, row int64, rows int, f *file) error {
	r.begin(v, rows)
	for i := 0; i < rows && r.err == nil; i++ {
		x, err := r.values.next()
		if err == io.EOF {
			return fmt.Errorf("it ends after row %d, before the others: the file is damaged", row+int64(i))
		}
		if err != nil {
			return fmt.Errorf("after row %d: %w", row+int64(i), err)
		}
		if r.isNull(x) {
			continue
		}
		if err := r.set(i, x); err != nil {
			r.err = f.named(fmt.Errorf("row %d: column %q: %w", row+int64(i)+1, r.Name, err))
		}
		v.Valid.Set(i)
	}
	r.finish(rows)
	return nil
}

// isNull: an empty array is not NULL, and neither is a struct of NULLs.
func (r *parquetReader) isNull(x parquet.Value) bool {
	switch {
	case r.column.Type == expr.Null:
		return true
	case !r.column.nullable:
		return false
	case r.column.Type.Computable():
		return x.IsNull()
	}
	return x.DefinitionLevel() == 0
}

// parquetValues are the values of one leaf, those of repeated values that begin
// a row.
type parquetValues struct {
	groups []parquet.RowGroup // still to come
	leaf   int

	pages parquet.Pages
	page  parquet.Page
	from  parquet.ValueReader
	buf   [256]parquet.Value
	have  []parquet.Value
}

func (p *parquetValues) next() (parquet.Value, error) {
	for {
		for i, x := range p.have {
			if x.RepetitionLevel() == 0 {
				p.have = p.have[i+1:]
				return x, nil
			}
		}
		p.have = nil
		if err := p.more(); err != nil {
			return parquet.Value{}, err
		}
	}
}

// more reads values from the page, from the next page, or from that of the next
// group of rows.
func (p *parquetValues) more() error {
	if p.from != nil {
		n, err := p.from.ReadValues(p.buf[:])
		p.have = p.buf[:n]
		if err != nil {
			p.from = nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		return nil
	}
	p.release()
	if p.pages == nil {
		if len(p.groups) == 0 {
			return io.EOF
		}
		p.pages = p.groups[0].ColumnChunks()[p.leaf].Pages()
		p.groups = p.groups[1:]
	}
	page, err := p.pages.ReadPage()
	if err == io.EOF {
		err = p.pages.Close()
		p.pages = nil
		return err
	}
	if err != nil {
		return err
	}
	p.page, p.from = page, page.Values()
	return nil
}

// release gives a page's memory back, once none of its values is needed.
func (p *parquetValues) release() {
	if p.page != nil {
		parquet.Release(p.page)
		p.page = nil
	}
}

func (p *parquetValues) close() error {
	p.release()
	if p.pages == nil {
		return nil
	}
	return p.pages.Close()
}
