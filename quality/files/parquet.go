package files

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// parquetTable is a relation of Parquet files, which tell their types themselves.
// It is safe for concurrent use if the progress function is.
type parquetTable struct{ relation }

func newParquetTable(found []*file, s settled) *parquetTable {
	t := &parquetTable{newRelation(found, s)}
	t.look = t.readFooters
	return t
}

// Settle has nothing to do: the files tell their types.
func (t *parquetTable) Settle(context.Context) error { return nil }

// Notes are none.
func (t *parquetTable) Notes() []string { return nil }

// Text is that of no Parquet file.
func (t *parquetTable) Text(_ context.Context, path string) (*Text, error) {
	return nil, fmt.Errorf("%s is Parquet, whose rows are no text", path)
}

// readFooters takes the columns of all files.
func (t *parquetTable) readFooters(ctx context.Context) error {
	t.columns = nil
	for _, f := range t.handles {
		p, err := openParquet(ctx, f, t.Progress)
		if err != nil {
			return err
		}
		if err := t.join(p); err != nil {
			return f.named(err)
		}
	}
	if err := t.addFileColumn(); err != nil {
		return err
	}
	return t.declare()
}

// join adds the columns of a file to those of the table.
func (t *parquetTable) join(p *parquetFile) error {
	places, added, err := t.union(t.columns, p.file, p.names())
	if err != nil {
		return err
	}
	for i, at := range places {
		if at < 0 {
			continue
		}
		c, told := &t.columns[i], t.told(p.columns[at])
		if t.isDeclared(c.name) {
			err = t.declarable(p.columns[at])
		} else if both, ok := t.merged(c.field(), expr.Field{Name: c.name, Type: told, Fields: p.columns[at].Fields}, p.file); ok {
			c.typ, c.fields = both.Type, both.Fields
		} else {
			err = fmt.Errorf("column %q is %s, in %s it is %s", c.name, told, t.handles[0].path, c.typ)
		}
		if err != nil {
			return err
		}
	}
	for _, at := range added {
		c := p.columns[at]
		if err := t.declarable(c); err != nil {
			return err
		}
		t.columns = append(t.columns, column{name: c.Name, typ: t.told(c), fields: c.Fields, declared: true, final: true})
	}
	return nil
}

// told is the type that a file gives a column. A zone that is declared is that of
// times without one.
func (t *parquetTable) told(c parquetColumn) expr.Type {
	if c.Type == expr.DateTime && t.times[strings.ToLower(c.Name)].zone != nil {
		return expr.Timestamp
	}
	return c.Type
}

func (t *parquetTable) isDeclared(name string) bool { return t.types[strings.ToLower(name)] != "" }

// declarable refuses a declared type that a file's values are none of.
func (t *parquetTable) declarable(c parquetColumn) error {
	as := t.types[strings.ToLower(c.Name)]
	if as == "" || readsAs(t.told(c), as) {
		return nil
	}
	return fmt.Errorf("column %q is %s and cannot be declared %s", c.Name, c.Type, as)
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

// readsAs reports whether the values of a file's column are some of a type. What is
// useful to declare is that BYTES are STRING, which some writers do not say, and that
// numbers are NUMERIC, which keeps the digits that FLOAT64 has no room for.
func readsAs(told, as expr.Type) bool {
	if t, ok := widened(told, as); ok {
		return t == as
	}
	switch told {
	case expr.Bytes:
		return as == expr.String
	case expr.Int64, expr.Float64:
		return as == expr.Numeric || as == expr.BigNumeric
	case expr.Numeric:
		return as == expr.BigNumeric
	}
	return false
}

// Bytes holds all pages against the footer first: who copies them trusts both.
func (t *parquetTable) Bytes(ctx context.Context, path string) (io.ReaderAt, int64, error) {
	f, err := t.of(path)
	if err != nil {
		return nil, 0, err
	}
	p, err := openParquet(ctx, f, nil)
	if err != nil {
		return nil, 0, err
	}
	if err := quality.Guard(damage, p.checkAllPages); err != nil {
		return nil, 0, f.named(err)
	}
	return t.handles.Bytes(ctx, path)
}

// Scan reads the pages of the columns that are asked for, and no others.
func (t *parquetTable) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		known, asked, err := t.ask(ctx, columns)
		if err != nil {
			yield(nil, err)
			return
		}
		batch := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		for _, f := range t.handles {
			stopped := false
			err := t.scanFile(ctx, f, known, asked, batch, func(b *expr.Batch) bool {
				stopped = !yield(b, nil)
				return !stopped
			})
			if stopped {
				return
			}
			if changed := f.changed(); changed != nil {
				err = changed // which is why it cannot be read
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
		if err := t.Unchanged(); err != nil {
			yield(nil, err)
		}
	}
}

// ask finds the columns and fields that are asked for among those that there are.
func (t *parquetTable) ask(ctx context.Context, names []string) (known []column, asked []expr.Field, err error) {
	if err := t.lock(ctx); err != nil {
		return nil, nil, err
	}
	defer t.unlock()
	if err := t.begin(ctx); err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		f, err := findField(t.columns, name)
		if err != nil {
			return nil, nil, err
		}
		asked = append(asked, f)
	}
	return t.columns, asked, nil
}

// scanFile hands on the rows of a file.
func (t *parquetTable) scanFile(ctx context.Context, f *file, known []column, asked []expr.Field, batch *expr.Batch, yield func(*expr.Batch) bool) error {
	p, err := openParquet(ctx, f, t.Progress)
	if err != nil {
		return err
	}
	places, added, err := t.union(known, f, p.names())
	if err == nil && len(added) > 0 {
		err = errChanged
	}
	if err != nil {
		return f.named(err)
	}
	readers := make([]*parquetReader, len(asked))
	for i, c := range asked {
		at := slices.IndexFunc(known, func(k column) bool { return k.name == c.Steps()[0] })
		readers[i] = t.reader(p, c, places[at])
	}
	defer func() {
		for _, r := range readers {
			r.close()
		}
	}()
	for row := int64(0); row < p.rows; row += int64(batch.Rows) {
		batch.Rows = int(min(batchRows, p.rows-row))
		batch.File, batch.Lines = f.path, slices.Grow(batch.Lines[:0], batch.Rows)
		for i := range batch.Rows {
			batch.Lines = append(batch.Lines, row+int64(i)+1)
		}
		for i, r := range readers {
			if err := r.fill(&batch.Columns[i], row, batch.Rows); err != nil {
				return f.named(fmt.Errorf("column %q: %w", r.filler.Name, err))
			}
		}
		if !yield(batch) {
			return nil
		}
	}
	for _, r := range readers {
		if err := r.end(); err != nil {
			return f.named(fmt.Errorf("column %q: %w", r.filler.Name, err))
		}
	}
	return nil
}
