package rows

import (
	"context"
	"fmt"
	"iter"
	"math/big"
	"reflect"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Of is a relation of structs, or of pointers to structs: a column for each
// exported field, named by the tag `bigquery:"name"`, else `intact:"name"`, else
// as the field; "-" leaves a field out, and embedded structs are flattened.
//
// Types follow the BigQuery client's:
// https://pkg.go.dev/cloud.google.com/go/bigquery#InferSchema. A nil pointer, a
// nil []byte and a struct of a value and Valid (sql.Null, bigquery.NullInt64)
// that is not valid are NULL. Fields of other struct and slice types can only be
// counted as NULL or not. The rows must not change while they are measured.
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
	if err := s.addFields(elem, nil); err != nil {
		return nil, fmt.Errorf("rows of %s: %w", t, err)
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
	fields []structField
	rows   int
	items  reflect.Value
}

type structField struct {
	index []int
	typ   expr.Type
	value func(reflect.Value) (any, bool) // false is NULL
}

func (t *structTable) addFields(st reflect.Type, index []int) error {
	for i := range st.NumField() {
		f := st.Field(i)
		name, tagged := columnName(f)
		at := append(append([]int(nil), index...), i)
		switch {
		case name == "-":
			continue
		case f.Anonymous && !tagged && f.Type.Kind() == reflect.Struct && typeOf(f.Type).typ == "STRUCT":
			if err := t.addFields(f.Type, at); err != nil {
				return err
			}
			continue
		case !f.IsExported():
			continue
		}
		got := typeOf(f.Type)
		if got.typ == "" {
			return fmt.Errorf("field %s: a %s is no column; leave it out with the tag `intact:\"-\"`", f.Name, f.Type)
		}
		got.index = at
		t.schema = append(t.schema, expr.Field{Name: name, Type: got.typ})
		t.fields = append(t.fields, got)
	}
	return nil
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

var goTypes = map[reflect.Type]expr.Type{
	reflect.TypeFor[civil.Date]():     expr.Date,
	reflect.TypeFor[civil.DateTime](): expr.DateTime,
	reflect.TypeFor[civil.Time]():     expr.Time,
	reflect.TypeFor[time.Time]():      expr.Timestamp,
}

// nillable are the types that hold a value or, as nil, NULL.
var nillable = map[reflect.Type]expr.Type{
	reflect.TypeFor[*big.Rat](): expr.Numeric,
	reflect.TypeFor[[]byte]():   expr.Bytes,
}

// typeOf says which column a Go type is, and how its values are had.
func typeOf(t reflect.Type) structField {
	plain := func(v reflect.Value) (any, bool) { return v.Interface(), true }
	if typ, ok := goTypes[t]; ok {
		return structField{typ: typ, value: plain}
	}
	if typ, ok := nillable[t]; ok {
		return structField{typ: typ, value: func(v reflect.Value) (any, bool) { return v.Interface(), !v.IsNil() }}
	}
	switch t.Kind() {
	case reflect.Bool:
		return structField{typ: expr.Bool, value: func(v reflect.Value) (any, bool) { return v.Bool(), true }}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return structField{typ: expr.Int64, value: func(v reflect.Value) (any, bool) { return v.Int(), true }}
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint, reflect.Uint64:
		return structField{typ: expr.Int64, value: func(v reflect.Value) (any, bool) { return v.Uint(), true }}
	case reflect.Float32, reflect.Float64:
		return structField{typ: expr.Float64, value: func(v reflect.Value) (any, bool) { return v.Float(), true }}
	case reflect.String:
		return structField{typ: expr.String, value: func(v reflect.Value) (any, bool) { return v.String(), true }}
	case reflect.Slice, reflect.Array:
		return structField{typ: "ARRAY", value: plain}
	case reflect.Pointer:
		inner := structField{}
		if t.Elem().Kind() != reflect.Pointer {
			inner = typeOf(t.Elem())
		}
		if inner.typ == "" {
			return inner
		}
		return structField{typ: inner.typ, value: func(v reflect.Value) (any, bool) {
			if v.IsNil() {
				return nil, false
			}
			return inner.value(v.Elem())
		}}
	case reflect.Struct:
		return structOf(t)
	}
	return structField{}
}

// opaque is a struct whose value is not looked at.
var opaque = structField{typ: "STRUCT", value: func(reflect.Value) (any, bool) { return nil, true }}

// structOf knows the shape of sql.Null and of the BigQuery client's Null types:
// a value, and a bool called Valid.
func structOf(t reflect.Type) structField {
	if valid, ok := t.FieldByName("Valid"); ok && len(valid.Index) == 1 && t.NumField() == 2 && valid.Type.Kind() == reflect.Bool {
		at := 1 - valid.Index[0]
		if t.Field(at).Type.Kind() == reflect.Pointer {
			return opaque // the pointer might lead back to t
		}
		if inner := typeOf(t.Field(at).Type); inner.typ != "" && t.Field(at).IsExported() {
			return structField{typ: inner.typ, value: func(v reflect.Value) (any, bool) {
				if !v.Field(1 - at).Bool() {
					return nil, false
				}
				return inner.value(v.Field(at))
			}}
		}
	}
	return opaque
}

func (t *structTable) Schema(context.Context) (expr.Schema, error) { return t.schema, nil }

func (t *structTable) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return batches(t.schema, t.rows, columns, func(v *expr.Vector, column, low, high int) {
		t.fill(v, t.fields[column], low, high-low)
	})
}

// fill reads a field of some rows. A value that is none of the column's (a date
// that does not exist) is the column's error.
func (t *structTable) fill(v *expr.Vector, f structField, low, rows int) {
	v.Reset(f.typ, rows)
	for i := range rows {
		item := t.items.Index(low + i)
		if item.Kind() == reflect.Pointer {
			item = item.Elem()
		}
		x, ok := f.value(item.FieldByIndex(f.index))
		if !ok {
			continue
		}
		if !f.typ.Computable() {
			v.Valid.Set(i)
			continue
		}
		value, err := expr.ValueOf(x)
		if err == nil {
			err = v.SetValue(i, value)
		}
		if err != nil {
			v.Err = fmt.Errorf("row %d: %w", low+i, err)
			return
		}
	}
}
