package windows

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// parquetRows is how many rows are written as one group: until it is full, a
// group is held in memory.
const parquetRows = 1 << 17

// parquetOutput writes Parquet: the columns of the input, and behind them those
// of the answers.
type parquetOutput struct {
	table   *table
	answers answers
	out     io.Writer
}

func (p parquetOutput) write(ctx context.Context) error {
	if formatOf(p.table.path) != parquetFormat || len(p.table.source.Paths()) > 1 {
		return quality.Guard("the Parquet library panicked", func() error { return p.convert(ctx) })
	}
	return quality.Guard("the file is damaged", func() error { return p.passThrough(ctx) })
}

// passThrough copies the rows of a Parquet file with all of their columns,
// nested ones as well.
func (p parquetOutput) passThrough(ctx context.Context) error {
	data, size, err := p.table.source.Bytes(ctx, p.table.source.Paths()[0])
	if err != nil {
		return err
	}
	in, err := parquet.OpenFile(data, size)
	if err != nil {
		return err
	}
	w := p.newWriter(in.Root().Fields(), len(in.Schema().Columns()))
	for _, group := range in.RowGroups() {
		if err := w.copy(ctx, group.Rows()); err != nil {
			return err
		}
	}
	if err := p.table.source.Unchanged(); err != nil {
		return err
	}
	return w.Close()
}

// A parquetWriter adds answers to rows.
type parquetWriter struct {
	*parquet.Writer
	answers answers
	leaves  int // of the input
	point   int
}

func (p parquetOutput) newWriter(columns []parquet.Field, leaves int) *parquetWriter {
	fields := append(parquetFields{}, columns...)
	for _, a := range p.answers {
		names := columnsOf(a.Spec())
		fields = append(fields,
			parquetField{parquet.Optional(parquetLeaf(expr.Type(a.Type()))), names[0]},
			parquetField{parquet.String(), names[1]},
			parquetField{parquet.Leaf(parquet.Int64Type), names[2]},
			parquetField{parquet.Optional(parquet.Leaf(parquet.Int64Type)), names[3]})
	}
	schema := parquet.NewSchema("rows", fields.node())
	return &parquetWriter{
		Writer:  parquet.NewWriter(p.out, schema, parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(parquetRows)),
		answers: p.answers, leaves: leaves,
	}
}

// copy writes rows with their answers.
func (w *parquetWriter) copy(ctx context.Context, rows parquet.Rows) error {
	defer rows.Close()
	batch := make([]parquet.Row, 256)
	for {
		if ctx.Err() != nil {
			return quality.Ended(ctx, nil)
		}
		n, err := rows.ReadRows(batch)
		for i, row := range batch[:n] {
			batch[i] = w.add(row)
		}
		if _, failed := w.WriteRows(batch[:n]); failed != nil {
			return failed
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// add appends the answers of the next point to its row.
func (w *parquetWriter) add(row parquet.Row) parquet.Row {
	column := w.leaves
	leaf := func(v parquet.Value, definition int) {
		row = append(row, v.Level(0, definition, column))
		column++
	}
	for _, a := range w.answers {
		d := a.Detail(w.point)
		if d.Reason == rolling.Whole {
			leaf(parquetAnswer(a, w.point), 1)
		} else {
			leaf(parquet.NullValue(), 0)
		}
		leaf(parquet.ByteArrayValue([]byte(d.Reason.String())), 0)
		leaf(parquet.Int64Value(int64(d.Observed)), 0)
		if d.Expected >= 0 {
			leaf(parquet.Int64Value(int64(d.Expected)), 1)
		} else {
			leaf(parquet.NullValue(), 0)
		}
	}
	w.point++
	return row
}

func parquetAnswer(a rolling.Windows, point int) parquet.Value {
	switch a.Type() {
	case "INT64":
		i, _ := a.Int64(point)
		return parquet.Int64Value(i)
	case "NUMERIC":
		n, _ := a.Numeric(point)
		b := binary.BigEndian.AppendUint64(nil, uint64(n.Hi))
		return parquet.FixedLenByteArrayValue(binary.BigEndian.AppendUint64(b, n.Lo))
	}
	f, _ := a.Float64(point)
	return parquet.DoubleValue(f)
}

// parquetFields are columns in their order; a parquet.Group sorts them by name.
type parquetFields []parquet.Field

func (f parquetFields) node() parquet.Node { return parquetNode{parquet.Group{}, f} }

type parquetNode struct {
	parquet.Group
	fields []parquet.Field
}

func (n parquetNode) Fields() []parquet.Field { return n.fields }

type parquetField struct {
	parquet.Node
	name string
}

func (f parquetField) Name() string { return f.name }

// Value is for Go structs, which these columns are not read from.
func (f parquetField) Value(reflect.Value) reflect.Value { return reflect.Value{} }
