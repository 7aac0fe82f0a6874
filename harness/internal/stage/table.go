package stage

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// table creates a table and loads its rows.
func (l *load) table(ctx context.Context, t *loadedTable) error {
	if _, err := t.Schema(ctx); err != nil {
		return err
	}
	if l.dataset == nil {
		var err error
		if l.dataset, err = l.place.Dataset(ctx); err != nil {
			return err
		}
	}
	_, err := l.dataset.Load(ctx, t.name, t)
	return err
}

// Schema is the columns of the source that are loaded: they can be asked for by
// name.
func (t *loadedTable) Schema(ctx context.Context) (expr.Schema, error) {
	schema, err := t.source.Schema(ctx)
	if err != nil {
		return nil, err
	}
	for name := range t.read {
		t.paths[name] = pathsOf(schema, name)
	}
	return t.loaded(schema, schema, ""), nil
}

// pathsOf are the columns and fields that a reference reads.
func pathsOf(s expr.Schema, name string) []string {
	f, err := s.Field(name)
	switch {
	case err != nil && f.Name == "":
		return []string{name}
	case f.Part == nil || f.Part.Names == nil:
		return []string{f.Name}
	case f.Part.Values == nil:
		return []string{f.Part.Names.Name}
	}
	return []string{f.Part.Names.Name, f.Part.Values.Name}
}

// loaded are the columns, or the fields below one of them, that anybody reads.
func (t *loadedTable) loaded(fields, all expr.Schema, within string) (out expr.Schema) {
	for _, f := range fields {
		path := within + f.Name
		if !t.all && !t.reads(path) {
			continue
		}
		if _, err := all.Field(path); err != nil && f.Err == nil {
			continue // nobody can ask for one of two
		}
		_, err := googlesql.QuoteName(f.Name)
		if err := errors.Join(f.Err, err); err != nil {
			t.spoilt[path] = err
			continue
		}
		f.Fields = t.loaded(f.Fields, all, path+".")
		out = append(out, f)
	}
	return out
}

// reads reports whether anybody reads what is at a path, or below it.
func (t *loadedTable) reads(path string) bool {
	for _, paths := range t.paths {
		for _, p := range paths {
			if p == path || strings.HasPrefix(p, path+".") {
				return true
			}
		}
	}
	return false
}

// Scan is the rows as they are loaded. Of a column with a cell that the place
// cannot hold nothing can be measured, and nothing more is loaded: a verdict on
// other rows than were given would be none.
func (t *loadedTable) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		sound := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		exact := make([]expr.ExactKeys, len(columns))
		read := 0
		for batch, err := range t.source.Scan(ctx, columns) {
			if err != nil {
				yield(nil, err)
				return
			}
			sound.Rows = batch.Rows
			for c, name := range columns {
				sound.Columns[c] = batch.Columns[c]
				if row, err := t.place.unheld(&batch.Columns[c], batch.Rows); err != nil && t.spoilt[name] == nil {
					t.spoilt[name] = fmt.Errorf("row %d, column %q: %w", read+row+1, name, err)
				}
				if t.spoilt[name] == nil && t.keys[name] {
					t.spoilt[name] = exact[c].Add(&batch.Columns[c], batch.Rows, nil)
				}
				if t.spoilt[name] != nil {
					sound.Columns[c] = expr.Vector{}
					sound.Columns[c].Reset(batch.Columns[c].Type, batch.Rows)
				}
			}
			if read += batch.Rows; !yield(sound, nil) {
				return
			}
		}
	}
}

// unheld finds the first row whose cell the place cannot hold.
func (p Place) unheld(v *expr.Vector, rows int) (row int, err error) {
	if v.Err != nil && rows > 0 {
		return 0, v.Err
	}
	if v.Items != nil {
		if v.Items.Err != nil {
			return 0, v.Items.Err
		}
		if row, err := p.unheld(v.Items, len(v.Items.Floats)); err != nil {
			for i := range rows {
				if _, end := v.Within(i); row < end {
					return i, err
				}
			}
		}
	}
	if v.Type != expr.Float64 || p.NaN == nil {
		return 0, nil
	}
	for i, f := range v.Floats[:rows] {
		if v.Valid.Get(i) && math.IsNaN(f) {
			return i, p.NaN
		}
	}
	return 0, nil
}
