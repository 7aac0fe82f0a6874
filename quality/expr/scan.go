package expr

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

// Scan is [Source.Scan] for columns, fields and elements, as [Schema.Field] spells them:
// a source gives out arrays, and here elements are found in them.
func Scan(ctx context.Context, s Source, columns []string) iter.Seq2[*Batch, error] {
	if !slices.ContainsFunc(columns, func(c string) bool { _, ok := parseLookup(c); return ok }) {
		return s.Scan(ctx, columns)
	}
	return func(yield func(*Batch, error) bool) {
		schema, err := s.Schema(ctx)
		var e elements
		if err == nil {
			err = e.prepare(schema, columns)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for b, err := range s.Scan(ctx, e.asked) {
			if err == nil {
				b = e.of(b)
			}
			if !yield(b, err) {
				return
			}
		}
	}
}

// elements makes batches with elements of batches with arrays.
type elements struct {
	asked []string // of the source
	found []found
	batch Batch
}

// found is how a column is had of the source's.
type found struct {
	part          *Part // nil: it is the column at values
	typ           Type
	values, names int
	at            []int32 // the item of each row that has one
}

func (e *elements) prepare(s Schema, columns []string) error {
	for _, name := range columns {
		f, err := s.Field(name)
		if err != nil && f.Err == nil {
			return err
		}
		c := found{typ: f.Type}
		if f.Part == nil || f.Part.Names == nil {
			c.values = e.ask(name)
		} else if c.part, c.names = f.Part, e.ask(f.Part.Names.Name); f.Part.Values != nil {
			c.values = e.ask(f.Part.Values.Name)
		}
		e.found = append(e.found, c)
	}
	e.batch.Columns = make([]Vector, len(columns))
	return nil
}

func (e *elements) ask(name string) (at int) {
	if at = slices.Index(e.asked, name); at < 0 {
		at = len(e.asked)
		e.asked = append(e.asked, name)
	}
	return at
}

func (e *elements) of(b *Batch) *Batch {
	e.batch.Rows, e.batch.File, e.batch.Lines = b.Rows, b.File, b.Lines
	for i := range e.found {
		out, c := &e.batch.Columns[i], &e.found[i]
		switch {
		case c.part == nil:
			*out = b.Columns[c.values]
		case c.part.Values == nil:
			out.Reset(c.typ, b.Rows)
			c.count(&b.Columns[c.names], out, b.Rows)
		default:
			out.Reset(c.typ, b.Rows)
			c.fill(&b.Columns[c.values], &b.Columns[c.names], out, b.Rows)
		}
	}
	return &e.batch
}

// Within are the items of a row of an ARRAY: their places among Items.
func (v *Vector) Within(row int) (from, to int) {
	return int(v.Offsets[row]), int(v.Offsets[row+1])
}

// hold reports whether the arrays can be looked into.
func hold(out *Vector, arrays ...*Vector) bool {
	for _, v := range arrays {
		out.Redacted = out.Redacted || v.Redacted
		switch {
		case v.Err != nil:
			out.Err = v.Err
			return false
		case v.Items == nil:
			out.Err = fmt.Errorf("the source tells no elements of %s", v.Type)
			return false
		case v.Items.Err != nil:
			out.Err = v.Items.Err
			return false
		}
	}
	return true
}

func (c *found) count(names, out *Vector, rows int) {
	if !hold(out, names) {
		return
	}
	out.Valid = out.Valid.Fill(rows)
	for row := range rows {
		out.Ints[row] = 0
		for i, end := names.Within(row); i < end; i++ {
			if names.Items.Valid.Get(i) && names.Items.Texts[i] == c.part.Key {
				out.Ints[row]++
			}
		}
	}
}

// fill sets the rows in which the arrays are of one length and the name is there once.
func (c *found) fill(values, names, out *Vector, rows int) {
	if !hold(out, values, names) {
		return
	}
	c.at = resized(c.at, rows)
	key, texts, valid := c.part.Key, names.Items.Texts, names.Items.Valid
	for row := range rows {
		from, end := names.Within(row)
		first, last := values.Within(row)
		if end-from != last-first {
			continue
		}
		at := -1
		for i := from; i < end; i++ {
			if !valid.Get(i) || texts[i] != key {
				continue
			}
			if at >= 0 {
				at = -1
				break
			}
			at = first + i - from
		}
		if at >= 0 && values.Items.Valid.Get(at) {
			c.at[row] = int32(at)
			copyTo(out, row, values.Items, at)
		}
	}
	if written := values.Items.Written; written != nil {
		out.Written = func(row int) (digits, where string) { return written(int(c.at[row])) }
	}
}
