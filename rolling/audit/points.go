package audit

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/bits"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// points is the stored table as the points that its windows are as of. Its key columns
// go by the names that the rows have for them; a row that is not asked for, or lacks a
// part of its key, is none. What is stored is kept as they pass.
type points struct {
	a      audited
	names  map[string]string // of key columns, by those of the rows
	n      int
	others []int       // rows of the table, counted from 0, that are no points
	values [][]float64 // of each stored column; NaN is none
	made   []int64     // in microseconds; math.MinInt64 is none
}

func newPoints(a audited) *points {
	p := &points{a: a, names: map[string]string{}}
	for _, own := range a.key() {
		p.names[a.From.there(own)] = own
	}
	return p
}

func (p *points) stored(column, point int) number {
	v := p.values[column][point]
	return number{v, v == v}
}

// Schema is the key columns.
func (p *points) Schema(ctx context.Context) (expr.Schema, error) {
	all, err := p.a.inputs[0].Schema(ctx)
	if err != nil {
		return nil, err
	}
	var out expr.Schema
	for _, own := range p.a.key() {
		f, err := all.Field(own)
		if err != nil {
			return nil, err
		}
		f.Name = p.a.From.there(own)
		out = append(out, f)
	}
	return out, nil
}

// Scan reads key columns, and keeps what is stored beside them.
func (p *points) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		*p = *newPoints(p.a)
		p.values = make([][]float64, len(p.a.Columns))
		all, err := p.a.inputs[0].Schema(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		var read []string
		find := func(name string) int {
			if f, e := all.Field(name); e != nil {
				err = e
			} else {
				read = append(read, f.Name)
			}
			return len(read) - 1
		}
		for _, name := range columns {
			find(p.names[name])
		}
		for _, name := range p.a.columns() {
			find(name)
		}
		made := -1
		if p.a.Made != "" {
			made = find(p.a.Made)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		kept := len(read)
		asked, read, err := newAsked(p.a.asked, all, read)
		if err != nil {
			yield(nil, err)
			return
		}
		before := 0
		for b, err := range expr.ScanWhole(ctx, p.a.inputs[0], read) {
			if err != nil {
				yield(nil, err)
				return
			}
			is, err := asked.of(b)
			if err != nil {
				yield(nil, err)
				return
			}
			whole := p.keyed(b, kept, is, len(columns), before)
			before += b.Rows
			if err := p.keep(whole, len(columns), made); err != nil {
				yield(nil, err)
				return
			}
			whole.Columns = whole.Columns[:len(columns)]
			if !yield(whole, nil) {
				return
			}
		}
	}
}

// keyed is the rows of a batch that are asked for and whose key is whole: the first columns
// are its parts.
func (p *points) keyed(b *expr.Batch, kept int, asked expr.Bitmap, parts, before int) *expr.Batch {
	is := slices.Clone(asked)
	for c := range parts {
		v := &b.Columns[c]
		for w := range is {
			is[w] &= v.Valid[w]
		}
		for i := range b.Rows {
			if v.Type == expr.Float64 && math.IsNaN(v.Floats[i]) {
				is[i>>6] &^= 1 << (i & 63)
			}
		}
	}
	out := *b
	out.Columns = slices.Clone(b.Columns[:kept])
	out.Rows = is.Ones()
	if out.Rows == b.Rows {
		return &out
	}
	rows := make([]int32, 0, out.Rows)
	for i := range b.Rows {
		if is.Get(i) {
			rows = append(rows, int32(i))
		} else {
			p.others = append(p.others, before+i)
		}
	}
	out.Lines = nil
	for c := range out.Columns {
		out.Columns[c] = picked(&b.Columns[c], rows)
	}
	return &out
}

// picked is some of the values of a column, with how they are written.
func picked(of *expr.Vector, rows []int32) expr.Vector {
	out := expr.Vector{}
	out.Gather(of, rows)
	out.Redacted = of.Redacted
	if written := of.Written; written != nil {
		out.Written = func(i int) (digits, where string) { return written(int(rows[i])) }
	}
	return out
}

// keep notes what is stored.
func (p *points) keep(b *expr.Batch, parts, made int) error {
	p.n += b.Rows
	for c := range p.a.Columns {
		p.values[c] = appendFloats(p.values[c], &b.Columns[parts+c], b.Rows)
	}
	if made < 0 {
		return nil
	}
	v := &b.Columns[made]
	for i := range b.Rows {
		at, err := instant(p.a.Made, v, i)
		if err != nil {
			return err
		}
		p.made = append(p.made, at)
	}
	return nil
}

// appendFloats appends numbers as FLOAT64, NaN where they are not populated.
func appendFloats(to []float64, v *expr.Vector, rows int) []float64 {
	from := len(to)
	to = memory.Room(to, rows)[:from+rows]
	out := to[from:]
	switch v.Type {
	case expr.Int64:
		for i, n := range v.Ints[:rows] {
			out[i] = float64(n)
		}
	case expr.Float64:
		for i, f := range v.Floats[:rows] {
			if out[i] = f; f-f != 0 {
				out[i] = math.NaN()
			}
		}
	case expr.Numeric, expr.BigNumeric:
		for i := range out {
			if v.Valid.Get(i) {
				out[i], _ = v.Decimals[i].Float64()
			}
		}
	}
	for w, there := range v.Valid {
		if v.Type == expr.Null {
			there = 0
		}
		for lacks := ^there; lacks != 0; lacks &= lacks - 1 {
			if i := w<<6 + bits.TrailingZeros64(lacks); i < rows {
				out[i] = math.NaN()
			}
		}
	}
	return to
}

// instant is a time in microseconds, math.MinInt64 of NULL.
func instant(name string, v *expr.Vector, i int) (int64, error) {
	switch {
	case v.Type == expr.Null || !v.Valid.Get(i):
		return math.MinInt64, nil
	case v.Type == expr.Timestamp, v.Type == expr.DateTime:
		return v.Ints[i], nil
	case v.Type == expr.Date:
		return v.Ints[i] * dayMicros, nil
	}
	return 0, fmt.Errorf("%s is %s and says no time: declare it TIMESTAMP or DATE", name, v.Type)
}

const dayMicros = 24 * 60 * 60 * 1_000_000
