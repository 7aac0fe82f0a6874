package files

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// parquetTable is a relation of Parquet files, which tell their types
// themselves. It is safe for concurrent use if the progress function is.
type parquetTable struct {
	handles
	types    map[string]expr.Type
	progress func(Progress)
	firstReading
}

// Settle has nothing to do: the files tell their types.
func (t *parquetTable) Settle(context.Context) error { return nil }

// Notes are none.
func (t *parquetTable) Notes() []string { return nil }

// Text is that of no Parquet file.
func (t *parquetTable) Text(_ context.Context, path string) (*Text, error) {
	return nil, fmt.Errorf("%s is Parquet, whose rows are no text", path)
}

func (t *parquetTable) Schema(ctx context.Context) (expr.Schema, error) {
	return t.schema(ctx, t.read)
}

// read takes the columns from the files' footers.
func (t *parquetTable) read(ctx context.Context, s *survey) error {
	for _, f := range t.handles {
		p, err := openParquet(ctx, f, t.progress)
		if err != nil {
			return err
		}
		err = s.join(p.columns, t.handles[0])
		if err != nil {
			return f.named(err)
		}
	}
	return s.agree(t.types)
}

// join adds the columns of a file. The first has them all.
func (s *survey) join(columns []parquetColumn, first *file) error {
	if s.schema == nil {
		s.schema = make(expr.Schema, 0, len(columns))
		for _, c := range columns {
			s.schema = append(s.schema, c.Field)
		}
		return nil
	}
	places, err := match(s.names(), columnNames(columns), first.path)
	if err != nil {
		return err
	}
	for i, f := range s.schema {
		t, ok := widened(f.Type, columns[places[i]].Type)
		if !ok {
			return fmt.Errorf("column %q is %s, in %s it is %s", f.Name, columns[places[i]].Type, first.path, f.Type)
		}
		s.schema[i].Type = t
	}
	return nil
}

// widened is the type of a column that has other types in other files.
func widened(a, b expr.Type) (expr.Type, bool) {
	switch {
	case a == b || b == expr.Null:
		return a, true
	case a == expr.Null:
		return b, true
	case a == expr.Int64 && b == expr.Float64, a == expr.Float64 && b == expr.Int64:
		return expr.Float64, true
	}
	return "", false
}

// readsAs reports whether the values of a file's column are some of a type.
func readsAs(file, as expr.Type) bool {
	t, ok := widened(file, as)
	return ok && t == as || file == expr.Bytes && as == expr.String
}

// agree holds the declared types against those of the files. What is useful to
// declare is that BYTES are STRING, which some writers do not say.
func (s *survey) agree(types map[string]expr.Type) error {
	known := slices.Clone(s.schema)
	if err := s.declare(types); err != nil {
		return err
	}
	var errs []error
	for i, f := range s.schema {
		if was := known[i].Type; !readsAs(was, f.Type) {
			errs = append(errs, fmt.Errorf("column %q is %s in the Parquet files and cannot be declared %s", f.Name, was, f.Type))
		}
	}
	return errors.Join(errs...)
}

// Scan reads the pages of the columns that are asked for, and no others.
func (t *parquetTable) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		survey, err := t.survey(ctx, t.read)
		if err != nil {
			yield(nil, err)
			return
		}
		at := make([]int, len(columns))
		for i, name := range columns {
			if at[i], err = survey.find(name); err != nil {
				yield(nil, err)
				return
			}
		}
		batch := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		for _, f := range t.handles {
			p, err := openParquet(ctx, f, t.progress)
			if err != nil {
				yield(nil, err)
				return
			}
			more := p.scan(survey, at, t.handles[0], batch, yield)
			if !more {
				return
			}
		}
		if err := t.Unchanged(); err != nil {
			yield(nil, err)
		}
	}
}

// parquetFile is an open file.
type parquetFile struct {
	file    *file
	groups  []parquet.RowGroup
	rows    int64 // of the groups
	columns []parquetColumn
}

func openParquet(ctx context.Context, f *file, progress func(Progress)) (*parquetFile, error) {
	opened, info, err := f.descriptor()
	if err != nil {
		return nil, err // a *PathError: it names the path
	}
	p := &parquetFile{file: f}
	if err = guard(func() error { return p.readFooter(newMeter(ctx, opened, info, progress), info.Size()) }); err != nil {
		return nil, f.named(err)
	}
	return p, nil
}

func (p *parquetFile) readFooter(in io.ReaderAt, size int64) error {
	if err := checkEnds(in, size); err != nil {
		return err
	}
	content, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(1<<16))
	if err != nil {
		return fmt.Errorf("it cannot be read as Parquet: %w", err)
	}
	for _, c := range content.Root().Columns() {
		p.columns = append(p.columns, newParquetColumn(c))
	}
	// The count in the footer can be wrong, and what it leaves out would be lost.
	p.groups = content.RowGroups()
	for _, g := range p.groups {
		p.rows += g.NumRows()
	}
	return nil
}

// checkEnds looks for what a Parquet file begins and ends with: a file that is
// cut short has lost it, and the length that is read instead can be any number.
// https://parquet.apache.org/docs/file-format/
func checkEnds(in io.ReaderAt, size int64) error {
	const magic, ends = "PAR1", int64(12) // both magics, and the footer's length
	if size == 0 {
		return errEmpty
	}
	first, last := make([]byte, 4), make([]byte, 8)
	if size >= ends {
		if _, err := in.ReadAt(first, 0); err != nil {
			return err
		}
		if _, err := in.ReadAt(last, size-8); err != nil {
			return err
		}
	}
	switch footer := binary.LittleEndian.Uint32(last); {
	case string(first) != magic:
		return errors.New("it is no Parquet file: it does not begin with " + magic)
	case string(last[4:]) != magic, int64(footer) > size-ends:
		return errors.New("the file is cut short or damaged: it does not end as a Parquet file does")
	}
	return nil
}

// guard turns a panic of a library that unpacks files, which damaged ones can cause,
// into an error.
func guard(do func() error) error { return quality.Guard("the file is damaged", do) }

func columnNames(columns []parquetColumn) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}
