package googlesql

import (
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// parts are those of a table's columns, where it is read.
func parts(s expr.Schema) map[string]place {
	out := map[string]place{}
	for _, f := range s {
		if f.Part != nil {
			out[f.Name] = place{part: f}
		}
	}
	return out
}

// part is a field or an element. The emulator takes the numbers for whole ones where the
// first of them is, unless they are computed.
func (w *writer) part(f expr.Field) string {
	text := ""
	switch p := f.Part; {
	case p.Names == nil:
		text, _ = w.path(f)
	case p.Values == nil:
		array, field := w.path(*p.Names)
		text = "(SELECT COUNT(*) FROM UNNEST(" + array + ") AS e WHERE e" + field + " = " + w.key(p.Key) + ")"
	default:
		text = w.element(p)
	}
	if f.Type == expr.Float64 {
		text = "(1.0 * " + text + ")"
	}
	return text
}

// path is a column and the fields below it. Of an ARRAY of STRUCTs it is the array, and
// the fields below its elements.
func (w *writer) path(f expr.Field) (text, below string) {
	steps, array := f.Steps(), len(f.Steps())
	if f.Part != nil && f.Part.Array > 0 {
		array = f.Part.Array
	}
	quoted := make([]string, len(steps))
	for i, name := range steps {
		var err error
		if quoted[i], err = QuoteName(name); err != nil {
			w.fail(err)
		}
	}
	for _, name := range quoted[array:] {
		below += "." + name
	}
	return rowAlias + "." + strings.Join(quoted[:array], "."), below
}

// element looks the one place of a name up. Arrays of one STRUCT are of one length.
func (w *writer) element(p *expr.Part) string {
	values, value := w.path(*p.Values)
	names, name := w.path(*p.Names)
	text := "(SELECT IF(COUNT(*) = 1, ANY_VALUE(" + values + "[SAFE_OFFSET(o)]" + value + "), NULL)" +
		" FROM UNNEST(" + names + ") AS e WITH OFFSET AS o WHERE e" + name + " = " + w.key(p.Key) + ")"
	if values == names {
		return text
	}
	return "IF(ARRAY_LENGTH(" + values + ") = ARRAY_LENGTH(" + names + "), " + text + ", NULL)"
}

func (w *writer) key(name string) string {
	v, err := expr.ValueOf(name)
	if err != nil {
		return w.fail(err)
	}
	return w.value(v)
}
