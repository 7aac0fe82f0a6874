package faults

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// Table is rows in memory. It never changes, and is safe for concurrent use.
type Table struct {
	schema   expr.Schema
	fields   expr.Schema   // what is held: columns, and fields of columns
	columns  []expr.Vector // those, of all rows that there were
	rows     int           // of the columns
	picked   []int32       // which of them are the rows now, in their order; nil is all
	within   expr.Expr     // limits the rows that faults meet; zero is all
	identity []string
}

// Rows is how many rows there are.
func (t *Table) Rows() int {
	if t.picked != nil {
		return len(t.picked)
	}
	return t.rows
}

// Within is the table of which faults meet no other rows than those where a predicate
// is TRUE.
func (t *Table) Within(where expr.Expr) (*Table, error) {
	if _, err := where.BindPredicate(t.schema); err != nil {
		return nil, err
	}
	out := *t
	out.within = where
	return &out, nil
}

// Identity is that of the source which the rows were read from.
func (t *Table) Identity() ([]string, error) { return t.identity, nil }

// Schema names the columns.
func (t *Table) Schema(context.Context) (expr.Schema, error) { return t.schema, nil }

// Columns are those that faults can write to, and fields of columns, by the references
// to them: what can be read.
func (t *Table) Columns() expr.Schema {
	return slices.DeleteFunc(slices.Clone(t.fields), func(f expr.Field) bool { return f.Err != nil })
}

// batchRows is a multiple of 64.
const batchRows = 4096

// Scan reads the rows.
func (t *Table) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		at := make([]int, len(columns))
		for i, name := range columns {
			if at[i] = t.fields.Position(name); at[i] < 0 {
				_, err := t.schema.Field(name)
				yield(nil, errors.Join(err, errors.New("columns are asked for as the schema spells them")))
				return
			}
		}
		batch := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		for low := 0; low < t.Rows(); low += batchRows {
			high := min(low+batchRows, t.Rows())
			batch.Rows = high - low
			for i, c := range at {
				t.fill(&batch.Columns[i], &t.columns[c], low, high)
			}
			if ctx.Err() != nil {
				yield(nil, context.Cause(ctx))
				return
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// fill sets a vector to some rows of a column.
func (t *Table) fill(out, of *expr.Vector, low, high int) {
	switch {
	case of.Err != nil:
		out.Reset(of.Type, high-low)
		out.Err = of.Err
		return
	case t.picked == nil:
		*out = of.Part(low, high)
		out.Written = shifted(of.Written, low)
	default:
		rows := t.picked[low:high]
		out.Gather(of, rows)
		out.Written = picked(of.Written, rows)
	}
	out.Redacted = of.Redacted
}

// written is Vector.Written.
type written = func(int) (digits, where string)

func shifted(of written, by int) written {
	if of == nil {
		return nil
	}
	return func(i int) (string, string) { return of(i + by) }
}

func picked(of written, rows []int32) written {
	if of == nil {
		return nil
	}
	return func(i int) (string, string) { return of(int(rows[i])) }
}

// pick is the table of some of its rows, by their positions.
func (t *Table) pick(rows []int32) *Table {
	out := *t
	if t.picked != nil {
		rows = slices.Clone(rows)
		for i, r := range rows {
			rows[i] = t.picked[r]
		}
	}
	out.picked = rows
	return &out
}

// flat is the table with columns of its rows and no others.
func (t *Table) flat() *Table {
	if t.picked == nil {
		return t
	}
	out := *t
	out.columns, out.rows, out.picked = make([]expr.Vector, len(t.columns)), len(t.picked), nil
	for i := range t.columns {
		t.fill(&out.columns[i], &t.columns[i], 0, len(t.picked))
	}
	return &out
}

// edit is the table with a copy of one column, to be written to.
func (t *Table) edit(column int) (*Table, *expr.Vector) {
	out := *t.flat()
	out.columns = slices.Clone(out.columns)
	v := &out.columns[column]
	v.Valid, v.Bools = slices.Clone(v.Valid), slices.Clone(v.Bools)
	v.Ints, v.Floats, v.Texts, v.Decimals = slices.Clone(v.Ints), slices.Clone(v.Floats), slices.Clone(v.Texts), slices.Clone(v.Decimals)
	return &out, v
}
