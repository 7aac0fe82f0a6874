package onfile

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/publish"
)

// batchRows is how many rows are read and written together.
const batchRows = 1 << 14

// composeParquet writes the file as it would be: its rows outside of the days with all of
// their columns, nested ones too, and behind them the rows sent.
func (s *staged) composeParquet(ctx context.Context, to io.Writer) error {
	return quality.Guard("the file is damaged", func() error { // damaged pages can make the library panic
		if s.present == nil {
			return s.newParquet(ctx, to)
		}
		in, err := os.Open(s.path)
		if err != nil {
			return err
		}
		defer in.Close()
		pages, err := pqfile.NewParquetReader(in)
		if err != nil {
			return err
		}
		reader, err := pqarrow.NewFileReader(pages, pqarrow.ArrowReadProperties{BatchSize: batchRows}, memory.DefaultAllocator)
		if err != nil {
			return err
		}
		schema, err := reader.Schema()
		if err != nil {
			return err
		}
		w, err := newParquetWriter(schema, to)
		if err != nil {
			return err
		}
		if err := s.keepParquet(ctx, reader, w); err != nil {
			return err
		}
		return s.appendParquet(ctx, w, schema)
	})
}

func newParquetWriter(schema *arrow.Schema, to io.Writer) (*pqarrow.FileWriter, error) {
	return pqarrow.NewFileWriter(schema, to, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy)),
		pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
}

// newParquet writes a file of which there is none yet.
func (s *staged) newParquet(ctx context.Context, to io.Writer) error {
	sent, err := s.sent.Schema(ctx)
	if err != nil {
		return err
	}
	fields := make([]arrow.Field, len(sent))
	for i, f := range sent {
		t, ok := arrowTypes[f.Type]
		if !ok {
			return fmt.Errorf("column %q is %s, which is read from Parquet and not written to it", f.Name, f.Type)
		}
		fields[i] = arrow.Field{Name: f.Name, Type: t, Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	w, err := newParquetWriter(schema, to)
	if err != nil {
		return err
	}
	return s.appendParquet(ctx, w, schema)
}

// keepParquet copies the rows outside of the days.
func (s *staged) keepParquet(ctx context.Context, reader *pqarrow.FileReader, w *pqarrow.FileWriter) error {
	records, err := reader.GetRecordReader(ctx, nil, nil)
	if err != nil {
		return err
	}
	defer records.Release()
	var kept []bool // of the rows that records have not come to yet
	copied := func(all bool) error {
		for records.Next() {
			rec := records.RecordBatch()
			n := int(rec.NumRows())
			if n > len(kept) {
				return fmt.Errorf("it has more rows than its footer says")
			}
			for from := 0; from < n; {
				to := from
				for to < n && kept[to] == kept[from] {
					to++
				}
				if kept[from] {
					if err := writeSlice(w, rec, from, to); err != nil {
						return err
					}
				}
				from = to
			}
			kept = kept[n:]
			if !all && len(kept) < batchRows {
				return nil
			}
		}
		return records.Err()
	}
	err = s.eachPresent(ctx, func(_ *expr.Batch, keep []bool) error {
		if kept = append(kept, keep...); len(kept) < 2*batchRows {
			return nil
		}
		return copied(false)
	})
	if err == nil {
		err = copied(true)
	}
	if err == nil && len(kept) > 0 {
		err = fmt.Errorf("it has fewer rows than its footer says")
	}
	return err
}

func writeSlice(w *pqarrow.FileWriter, rec arrow.RecordBatch, from, to int) error {
	part := rec.NewSlice(int64(from), int64(to))
	defer part.Release()
	return w.WriteBuffered(part)
}

// appendParquet writes the rows sent, and the footer.
func (s *staged) appendParquet(ctx context.Context, w *pqarrow.FileWriter, schema *arrow.Schema) error {
	sent, err := s.sent.Schema(ctx)
	if err != nil {
		return err
	}
	there := make(expr.Schema, schema.NumFields())
	for i, f := range schema.Fields() {
		there[i].Name = f.Name
	}
	columns, at, err := publish.Places(there, sent)
	if err != nil {
		return err
	}
	build := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer build.Release()
	for b, err := range expr.Scan(ctx, s.sent, columns) {
		if err != nil {
			return err
		}
		for i, from := range at {
			if from < 0 {
				build.Field(i).AppendNulls(b.Rows)
				continue
			}
			if err := appendColumn(build.Field(i), &b.Columns[from], b.Rows); err != nil {
				return fmt.Errorf("column %q: %w", schema.Field(i).Name, err)
			}
		}
		rec := build.NewRecordBatch()
		err := w.WriteBuffered(rec)
		rec.Release()
		if err != nil {
			return err
		}
	}
	return w.Close()
}
