package enginetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// parseCell reads a cell of a column, which is JSON where it is of a STRUCT or an ARRAY.
func parseCell(f expr.Field, text string) (expr.Value, error) {
	if f.Type.Computable() {
		return expr.ParseValue(f.Type, text)
	}
	v := mustValue(text)
	_, err := Nested(f, v)
	return v, err
}

// Nested is a value of a STRUCT or an ARRAY: nil, or a []any of its fields in their order
// or of its elements, which are of that kind or an expr.Value.
func Nested(f expr.Field, v expr.Value) (any, error) {
	text, ok := v.Go().(string)
	if !ok {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var read any
	if err := d.Decode(&read); err != nil {
		return nil, fmt.Errorf("%s is no JSON: %w", text, err)
	}
	return nestedOf(f, read)
}

func nestedOf(f expr.Field, read any) (any, error) {
	of, isArray := f.Type.Element()
	switch read := read.(type) {
	case nil:
		return nil, nil
	case []any:
		if !isArray {
			break
		}
		out := make([]any, len(read))
		for i := range read {
			var err error
			if out[i], err = nestedOf(expr.Field{Name: f.Name, Type: of, Fields: f.Fields}, read[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		if isArray || len(f.Fields) == 0 {
			break
		}
		out := make([]any, len(f.Fields))
		for name, value := range read {
			at := f.Fields.Position(name)
			if at < 0 {
				return nil, fmt.Errorf("%s has no field %q", f.Name, name)
			}
			var err error
			if out[at], err = nestedOf(f.Fields[at], value); err != nil {
				return nil, err
			}
		}
		return out, nil
	default:
		if f.Type.Computable() {
			return expr.ParseValue(f.Type, fmt.Sprint(read))
		}
	}
	return nil, fmt.Errorf("%v is no %s", read, f.Type)
}

// fillPart sets a vector to what stands at the end of a path in a nested column.
func fillPart(v *expr.Vector, whole, part expr.Field, cells []expr.Value) error {
	v.Reset(part.Type, len(cells))
	steps := part.Steps()[1:]
	for i, cell := range cells {
		x, err := Nested(whole, cell)
		if err != nil {
			return err
		}
		before := len(steps)
		if part.Part != nil && part.Part.Array > 0 {
			before = part.Part.Array - 1
		}
		at := whole
		x, at = descend(x, at, steps[:before])
		if v.Items == nil {
			err = set(v, i, x)
		} else {
			items, _ := x.([]any)
			first := v.SetItems(i, len(items))
			for j, item := range items {
				item, _ = descend(item, at, steps[before:])
				if err := set(v.Items, first+j, item); err != nil {
					return err
				}
			}
			if x != nil {
				v.Valid.Set(i)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// descend is a field of fields of a STRUCT, nil where one of them is NULL.
func descend(x any, of expr.Field, names []string) (any, expr.Field) {
	for _, name := range names {
		at := slices.IndexFunc(of.Fields, func(f expr.Field) bool { return f.Name == name })
		of = of.Fields[at]
		if fields, ok := x.([]any); ok {
			x = fields[at]
		}
	}
	return x, of
}

func set(v *expr.Vector, i int, x any) error {
	if x, ok := x.(expr.Value); ok {
		return v.SetValue(i, x)
	}
	if x != nil {
		v.Valid.Set(i)
	}
	return nil
}
