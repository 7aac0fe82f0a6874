package emulator

import (
	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality/expr"
)

// loader makes the values of a column out of vectors: its own, and those of the fields
// below it, which are read by their paths.
type loader struct {
	column *bigquery.FieldSchema
	path   string
	at     int // the column's vector in a batch
	array  bool
	fields []*loader
}

// loaders are those of some columns, and the paths that they read.
func loaders(columns expr.Schema) (all []*loader, paths []string) {
	for _, f := range columns {
		all = append(all, loaderOf(f, f.Name, &paths))
	}
	return all, paths
}

func loaderOf(f expr.Field, path string, paths *[]string) *loader {
	l := &loader{column: &bigquery.FieldSchema{Name: f.Name}, path: path, at: len(*paths)}
	*paths = append(*paths, path)
	of, isArray := f.Type.Element()
	l.array = isArray && (of.Computable() || len(f.Fields) > 0)
	if l.column.Repeated = l.array; !l.array {
		of = f.Type
	}
	for _, in := range f.Fields {
		if _, within := in.Type.Element(); within && isArray {
			continue // nobody can refer to it
		}
		l.fields = append(l.fields, loaderOf(in, path+"."+in.Name, paths))
		l.column.Schema = append(l.column.Schema, l.fields[len(l.fields)-1].column)
	}
	if l.column.Type = fieldType(of); len(l.fields) > 0 {
		l.column.Type = bigquery.RecordFieldType
	}
	return l
}

// value is that of a row.
func (l *loader) value(b *expr.Batch, i int) (bigquery.Value, error) {
	v := &b.Columns[l.at]
	switch {
	case v.Err != nil:
		return nil, v.Err
	case !v.Valid.Get(i):
		return nil, nil
	case l.array:
		return l.items(b, i)
	case len(l.fields) == 0:
		return cell(v, i)
	}
	out := make([]bigquery.Value, len(l.fields))
	for f, in := range l.fields {
		var err error
		if out[f], err = in.value(b, i); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// items are the elements of an ARRAY in a row. Where they are STRUCTs, each of their
// fields is an array of as many values.
func (l *loader) items(b *expr.Batch, i int) (bigquery.Value, error) {
	if len(l.fields) == 0 {
		return itemsOf(&b.Columns[l.at], i)
	}
	var out []bigquery.Value
	for f, in := range l.fields {
		values, err := in.items(b, i)
		if err != nil {
			return nil, err
		}
		for at, x := range values.([]bigquery.Value) {
			if at == len(out) {
				out = append(out, make([]bigquery.Value, len(l.fields)))
			}
			out[at].([]bigquery.Value)[f] = x
		}
	}
	return out, nil
}

func itemsOf(v *expr.Vector, i int) (bigquery.Value, error) {
	out := []bigquery.Value{}
	if v.Err != nil || v.Items == nil {
		return out, v.Err
	}
	for at, end := v.Within(i); at < end; at++ {
		x, err := cell(v.Items, at)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}
