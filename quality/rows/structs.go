package rows

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Of is a relation of structs, or of pointers to structs: a column for each
// exported field, named by the tag `bigquery:"name"`, else `intact:"name"`, else
// as the field; "-" leaves a field out, and embedded structs are flattened.
//
// Types follow the BigQuery client's:
// https://pkg.go.dev/cloud.google.com/go/bigquery#InferSchema. A nil pointer, a
// nil []byte and a struct of a value and Valid (sql.Null, bigquery.NullInt64)
// that is not valid are NULL. Other structs are STRUCTs, slices ARRAYs, and maps by
// strings ARRAYs of STRUCTs of a key and a value, whose parts are referred to as
// [expr.Part] has it: features.usage_rate, element(values, names, 'usage_rate'). Of
// arrays in arrays, and of a struct within itself, NULL or not is all that is known. The
// rows must not change while they are measured.
func Of[T any](items []T) (expr.Source, error) {
	t := reflect.TypeFor[T]()
	elem := t
	if elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	if elem.Kind() != reflect.Struct {
		return nil, fmt.Errorf("rows are structs or pointers to structs, not %s", t)
	}
	s := &structTable{rows: len(items), items: reflect.ValueOf(items)}
	var err error
	if s.fields, err = shapesWithin(elem).fields(elem, nil); err != nil {
		return nil, fmt.Errorf("rows of %s: %w", t, err)
	}
	for _, f := range s.fields {
		s.schema = append(s.schema, f.Field)
	}
	if t.Kind() == reflect.Pointer {
		for i := range items {
			if s.items.Index(i).IsNil() {
				return nil, fmt.Errorf("rows of %s: row %d is nil", t, i)
			}
		}
	}
	return s, nil
}

type structTable struct {
	schema expr.Schema
	fields []shape
	rows   int
	items  reflect.Value
}

// fields are the columns of a struct. The error is of the first field that is none.
func (s shapes) fields(st reflect.Type, index []int) (out []shape, err error) {
	for i := range st.NumField() {
		f := st.Field(i)
		name, tagged := columnName(f)
		at := append(slices.Clip(index), i)
		if name == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		*s.left--
		got := s.of(f.Type)
		switch {
		case f.Anonymous && !tagged && f.Type.Kind() == reflect.Struct && strings.HasPrefix(string(got.Type), "STRUCT"):
			more, wrong := s.fields(f.Type, at)
			out, err = append(out, more...), cmp.Or(err, wrong)
			continue
		case !f.IsExported():
			continue
		case got.Type == "":
			err = cmp.Or(err, fmt.Errorf("field %s: a %s is no column; leave it out with the tag `intact:\"-\"`", f.Name, f.Type))
			continue
		}
		got.Name, got.get = name, func(v reflect.Value) reflect.Value { return v.FieldByIndex(at) }
		out = append(out, got)
	}
	return out, err
}

func columnName(f reflect.StructField) (name string, tagged bool) {
	for _, key := range []string{"bigquery", "intact"} {
		if tag, ok := f.Tag.Lookup(key); ok {
			if name, _, _ := strings.Cut(tag, ","); name != "" {
				return name, true
			}
		}
	}
	return f.Name, false
}

func (t *structTable) Schema(context.Context) (expr.Schema, error) { return t.schema, nil }

func (t *structTable) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	paths := make([]path, len(columns))
	var err error
	for i, name := range columns {
		var wrong error
		paths[i], wrong = t.path(name)
		err = cmp.Or(err, wrong)
	}
	return batches(t.rows, paths, err, t.fill)
}

// path is a column, and the fields that lead down from it.
type path []shape

func (t *structTable) path(name string) (path, error) {
	f, err := t.schema.Field(name)
	if err != nil {
		return nil, err
	}
	var out path
	fields := t.fields
	for _, step := range f.Steps() {
		next := fields[slices.IndexFunc(fields, func(s shape) bool { return s.Name == step })]
		if fields = next.fields; next.item != nil {
			fields = next.item.fields
		}
		out = append(out, next)
	}
	last := out[len(out)-1].Field
	last.Type = f.Type
	out[len(out)-1].Field = last
	return out, nil
}

// fill reads what stands at the end of a path in some rows. A value that is none of the
// column's (a date that does not exist) is the column's error.
func (t *structTable) fill(v *expr.Vector, p path, low, high int) {
	v.Reset(p[len(p)-1].Type, high-low)
	for i := range high - low {
		item := t.items.Index(low + i)
		if item.Kind() == reflect.Pointer {
			item = item.Elem()
		}
		if err := p.read(v, i, item); err != nil {
			v.Err = fmt.Errorf("row %d: %w", low+i, err)
			return
		}
	}
}

// read sets a row of a vector to what a path leads to from a struct, up to the first
// ARRAY, whose items it leads on from.
func (p path) read(v *expr.Vector, row int, at reflect.Value) error {
	known := true
	for i, s := range p {
		if at, known = s.unwrap(s.get(at)); !known {
			break
		}
		switch {
		case s.item != nil && v.Items != nil:
			return p[i+1:].items(v, row, s, at)
		case s.item != nil: // of its items nothing is known but that they are there
			v.Valid.Set(row)
			return nil
		}
	}
	if v.Items != nil {
		v.SetItems(row, 0)
	}
	if !known {
		return nil
	}
	return set(v, row, p[len(p)-1], at)
}

func (p path) items(v *expr.Vector, row int, array shape, at reflect.Value) error {
	v.Valid.Set(row)
	var all []reflect.Value
	n, item := 0, func(i int) reflect.Value { return at.Index(i) }
	if array.each != nil {
		all = array.each(at)
		n, item = len(all), func(i int) reflect.Value { return all[i] }
	} else {
		n = at.Len()
	}
	first := v.SetItems(row, n)
	for i := range n {
		last := *array.item
		in, known := last.unwrap(item(i))
		for _, s := range p {
			if !known {
				break
			}
			in, known = s.unwrap(s.get(in))
			last = s
		}
		if !known {
			continue
		}
		if err := set(v.Items, first+i, last, in); err != nil {
			return err
		}
	}
	return nil
}

// set sets a row that is not NULL.
func set(v *expr.Vector, row int, s shape, at reflect.Value) error {
	if s.value == nil {
		v.Valid.Set(row)
		return nil
	}
	value, err := expr.ValueOf(s.value(at))
	if err == nil {
		err = v.SetValue(row, value)
	}
	return err
}
