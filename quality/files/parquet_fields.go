package files

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// merged is a column that is there in several files, with the fields that any of them
// has. A field that does not fit its namesake, or that a file lacks which may not, cannot
// be read.
func (t *parquetTable) merged(known, more expr.Field, of *file) (expr.Field, bool) {
	if typ, ok := widened(known.Type, more.Type); ok {
		if known.Type = typ; known.Fields == nil {
			known.Fields = more.Fields
		}
		return known, true
	}
	in, isArray := known.Type.Element()
	moreIn, both := more.Type.Element()
	switch {
	case isArray != both:
		return known, false
	case isArray:
		inner, ok := t.merged(expr.Field{Name: known.Name, Type: in, Fields: known.Fields}, expr.Field{Name: more.Name, Type: moreIn, Fields: more.Fields}, of)
		known.Type, known.Fields = expr.ArrayOf(inner.Type), inner.Fields
		return known, ok
	case len(known.Fields) == 0 || len(more.Fields) == 0:
		return known, false
	}
	known.Fields = slices.Clone(known.Fields)
	lacking := func(f *expr.Field, path string) {
		if f.Err == nil && !t.mayLack(known.Name+"."+f.Name) {
			f.Err = fmt.Errorf("%s has no field %q of %q, which other files have: where that is right, missing_columns: null", path, f.Name, known.Name)
		}
	}
	seen := map[int]bool{}
	for _, f := range more.Fields {
		at := slices.IndexFunc(known.Fields, func(k expr.Field) bool { return sameName(k.Name, f.Name) })
		if seen[at] = true; at < 0 {
			lacking(&f, t.handles[0].path)
			known.Fields = append(known.Fields, f)
			seen[len(known.Fields)-1] = true
			continue
		}
		k, ok := t.merged(known.Fields[at], f, of)
		if !ok && k.Err == nil {
			k.Err = fmt.Errorf("field %q of %q is %s, and %s in %s", f.Name, known.Name, k.Type, f.Type, of.path)
		}
		known.Fields[at] = k
	}
	for i := range known.Fields {
		if !seen[i] {
			lacking(&known.Fields[i], of.path)
		}
	}
	known.Type = expr.StructOf(known.Fields)
	return known, true
}

// descend is the part of a column that a path leads to from it, and the ARRAY on the way;
// false is that this file has none.
func (c parquetColumn) descend(path []string) (part, array *parquetColumn, ok bool) {
	for _, name := range path {
		fields := c.fields
		if c.item != nil {
			whole := c
			array, fields = &whole, c.item.fields
		}
		at := slices.IndexFunc(fields, func(f parquetColumn) bool { return sameName(f.Name, name) })
		if at < 0 {
			return nil, array, false
		}
		c = fields[at]
	}
	if c.item != nil && array == nil {
		return c.item, &c, true
	}
	return &c, array, true
}
