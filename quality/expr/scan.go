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
	names []*directory
	batch Batch
}

// found is how a column is had of the source's.
type found struct {
	typ     Type
	from    int        // the column, or that of the values of an element
	in      *directory // nil: it is a column of the source
	key     int
	counted bool
	items   []int32 // of each row that has an element
}

func (e *elements) prepare(s Schema, columns []string) error {
	for _, name := range columns {
		f, err := s.Field(name)
		if err != nil && f.Err == nil {
			return err
		}
		c := found{typ: f.Type}
		if f.Part == nil || f.Part.Names == nil {
			c.from = e.ask(name)
		} else {
			c.in = e.directory(e.ask(f.Part.Names.Name))
			c.key = c.in.keyOf(f.Part.Key)
			if c.counted = f.Part.Values == nil; !c.counted {
				c.from = e.ask(f.Part.Values.Name)
			}
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

func (e *elements) directory(column int) *directory {
	for _, d := range e.names {
		if d.column == column {
			return d
		}
	}
	e.names = append(e.names, &directory{column: column, keys: map[string]int32{}})
	return e.names[len(e.names)-1]
}

func (e *elements) of(b *Batch) *Batch {
	for _, d := range e.names {
		d.read(&b.Columns[d.column], b.Rows)
	}
	e.batch.Rows, e.batch.File, e.batch.Lines = b.Rows, b.File, b.Lines
	for i := range e.found {
		c, out := &e.found[i], &e.batch.Columns[i]
		if c.in == nil {
			*out = b.Columns[c.from]
			continue
		}
		out.Reset(c.typ, b.Rows)
		if out.Err, out.Redacted = c.in.err, b.Columns[c.in.column].Redacted; out.Err != nil {
			continue
		}
		if c.counted {
			c.count(out, b.Rows)
		} else {
			c.fill(&b.Columns[c.from], &b.Columns[c.in.column], out, b.Rows)
		}
	}
	return &e.batch
}

// directory is where the names that are asked for stand in the arrays of a batch.
type directory struct {
	column int
	keys   map[string]int32
	err    error
	// Of each row, for each of the keys: how often it is there, and where first.
	times, at []int32
	// The name that was met last at each place, and which of the keys it is: rows are
	// written alike.
	last  []string
	which []int32
}

func (d *directory) keyOf(name string) int {
	k, ok := d.keys[name]
	if !ok {
		k = int32(len(d.keys))
		d.keys[name] = k
	}
	return int(k)
}

func (d *directory) read(v *Vector, rows int) {
	if d.err = v.unread(); d.err != nil {
		return
	}
	d.times, d.at = resized(d.times, rows*len(d.keys)), resized(d.at, rows*len(d.keys))
	clear(d.times)
	for row := range rows {
		from, end := v.Within(row)
		times, at := d.times[row*len(d.keys):], d.at[row*len(d.keys):]
		for i := from; i < end; i++ {
			if !v.Items.Valid.Get(i) {
				continue
			}
			if k := d.find(i-from, v.Items.Texts[i]); k >= 0 {
				if times[k]++; times[k] == 1 {
					at[k] = int32(i - from)
				}
			}
		}
	}
}

// find is which of the keys a name is, −1 if none.
func (d *directory) find(place int, name string) int32 {
	for len(d.last) <= place {
		d.last, d.which = append(d.last, ""), append(d.which, d.lookUp(""))
	}
	if d.last[place] != name {
		d.last[place], d.which[place] = name, d.lookUp(name)
	}
	return d.which[place]
}

func (d *directory) lookUp(name string) int32 {
	if k, ok := d.keys[name]; ok {
		return k
	}
	return -1
}

// Within are the items of a row of an ARRAY: their places among Items.
func (v *Vector) Within(row int) (from, end int) { return int(v.Offsets[row]), int(v.Offsets[row+1]) }

// unread is why an array cannot be looked into.
func (v *Vector) unread() error {
	switch {
	case v.Err != nil:
		return v.Err
	case v.Items == nil:
		return fmt.Errorf("the source tells no elements of %s", v.Type)
	}
	return v.Items.Err
}

func (c *found) count(out *Vector, rows int) {
	out.Valid = out.Valid.Fill(rows)
	for row := range rows {
		out.Ints[row] = int64(c.in.times[row*len(c.in.keys)+c.key])
	}
}

// fill sets the rows in which the arrays are of one length and the name is there once.
func (c *found) fill(values, names, out *Vector, rows int) {
	out.Redacted = out.Redacted || values.Redacted
	if out.Err = values.unread(); out.Err != nil {
		return
	}
	c.items = resized(c.items, rows)
	for row := range rows {
		if c.in.times[row*len(c.in.keys)+c.key] != 1 {
			continue
		}
		from, end := values.Within(row)
		first, last := names.Within(row)
		item := from + int(c.in.at[row*len(c.in.keys)+c.key])
		if end-from == last-first && values.Items.Valid.Get(item) {
			c.items[row] = int32(item)
			copyTo(out, row, values.Items, item)
		}
	}
	if written := values.Items.Written; written != nil {
		out.Written = func(row int) (digits, where string) {
			if !out.Valid.Get(row) {
				return "", ""
			}
			return written(int(c.items[row]))
		}
	}
}
