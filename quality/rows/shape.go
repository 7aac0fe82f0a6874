package rows

import (
	"math/big"
	"reflect"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// shape is what a Go type is as a column: a scalar, a STRUCT of fields, or an ARRAY of
// items. One of which only NULL or not NULL is known has none of the three.
type shape struct {
	expr.Field
	get    func(reflect.Value) reflect.Value         // it, of the struct around it
	unwrap func(reflect.Value) (reflect.Value, bool) // false is NULL
	value  func(reflect.Value) any                   // of a scalar
	fields []shape                                   // of a STRUCT
	item   *shape                                    // of an ARRAY
	each   func(reflect.Value) []reflect.Value       // of an ARRAY that is no slice: its items
}

// there is a value that is never NULL.
func there(v reflect.Value) (reflect.Value, bool) { return v, true }

func notNil(v reflect.Value) (reflect.Value, bool) { return v, !v.IsNil() }

func opaque(t expr.Type) shape { return shape{Field: expr.Field{Type: t}, unwrap: there} }

func scalar(t expr.Type, value func(reflect.Value) any) shape {
	return shape{Field: expr.Field{Type: t}, unwrap: there, value: value}
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

// shapes reads types: it knows which structs it is within, for they can hold themselves,
// and how many fields it may still find.
type shapes struct {
	within []reflect.Type
	left   *int
}

// maxFields is BigQuery's limit: https://cloud.google.com/bigquery/quotas#all_tables
const maxFields = 10_000

func shapesWithin(t reflect.Type) shapes {
	left := maxFields
	return shapes{[]reflect.Type{t}, &left}
}

// of says which column a Go type is. No type is that of what is none.
func (s shapes) of(t reflect.Type) shape {
	if typ, ok := goTypes[t]; ok {
		return scalar(typ, reflect.Value.Interface)
	}
	if typ, ok := nillable[t]; ok {
		out := scalar(typ, reflect.Value.Interface)
		out.unwrap = notNil
		return out
	}
	switch t.Kind() {
	case reflect.Bool:
		return scalar(expr.Bool, func(v reflect.Value) any { return v.Bool() })
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return scalar(expr.Int64, func(v reflect.Value) any { return v.Int() })
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint, reflect.Uint64:
		return scalar(expr.Int64, func(v reflect.Value) any { return v.Uint() })
	case reflect.Float32, reflect.Float64:
		return scalar(expr.Float64, func(v reflect.Value) any { return v.Float() })
	case reflect.String:
		return scalar(expr.String, func(v reflect.Value) any { return v.String() })
	case reflect.Slice, reflect.Array:
		return s.array(t)
	case reflect.Map:
		return s.mapOf(t)
	case reflect.Pointer:
		return s.pointer(t)
	case reflect.Struct:
		return s.structOf(t)
	}
	return shape{}
}

func (s shapes) pointer(t reflect.Type) shape {
	if t.Elem().Kind() == reflect.Pointer {
		return shape{}
	}
	out := s.of(t.Elem())
	inner := out.unwrap
	out.unwrap = func(v reflect.Value) (reflect.Value, bool) {
		if v.IsNil() {
			return v, false
		}
		return inner(v.Elem())
	}
	return out
}

func (s shapes) array(t reflect.Type) shape {
	item := s.of(t.Elem())
	if item.value == nil && item.fields == nil {
		return opaque("ARRAY") // of arrays, or of what is no column
	}
	out := opaque(expr.ArrayOf(item.Type))
	out.Fields, out.item = item.Field.Fields, &item
	return out
}

// entry is one of a map's.
type entry struct{ key, value reflect.Value }

func entryOf(v reflect.Value) entry { return v.Interface().(entry) }

// mapOf is the ARRAY<STRUCT<key STRING, value …>> as which Parquet knows maps, in the
// order of the keys.
func (s shapes) mapOf(t reflect.Type) shape {
	value := s.of(t.Elem())
	if t.Key().Kind() != reflect.String || value.Type == "" {
		return shape{}
	}
	key := scalar(expr.String, func(v reflect.Value) any { return v.String() })
	key.Name, key.get = "key", func(v reflect.Value) reflect.Value { return entryOf(v).key }
	value.Name, value.get = "value", func(v reflect.Value) reflect.Value { return entryOf(v).value }
	item := structShape([]shape{key, value})
	out := opaque(expr.ArrayOf(item.Type))
	out.Fields, out.item = item.Field.Fields, &item
	out.each = func(v reflect.Value) []reflect.Value {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for i, k := range keys {
			keys[i] = reflect.ValueOf(entry{k, v.MapIndex(k)})
		}
		return keys
	}
	return out
}

func structShape(fields []shape) shape {
	out := opaque("STRUCT")
	for _, f := range fields {
		out.Field.Fields = append(out.Field.Fields, f.Field)
	}
	if out.fields = fields; len(fields) > 0 {
		out.Type = expr.StructOf(out.Field.Fields)
	}
	return out
}

// structOf knows the shape of sql.Null and of the BigQuery client's Null types:
// a value, and a bool called Valid.
func (s shapes) structOf(t reflect.Type) shape {
	if slices.Contains(s.within, t) || *s.left <= 0 {
		return opaque("STRUCT")
	}
	s.within = append(slices.Clip(s.within), t)
	if valid, ok := t.FieldByName("Valid"); ok && len(valid.Index) == 1 && t.NumField() == 2 && valid.Type.Kind() == reflect.Bool {
		at := 1 - valid.Index[0]
		if inner := s.of(t.Field(at).Type); inner.value != nil && t.Field(at).IsExported() {
			unwrap := inner.unwrap
			inner.unwrap = func(v reflect.Value) (reflect.Value, bool) {
				if !v.Field(1 - at).Bool() {
					return v, false
				}
				return unwrap(v.Field(at))
			}
			return inner
		}
	}
	fields, _ := s.fields(t, nil) // what is no column is left out
	return structShape(fields)
}
