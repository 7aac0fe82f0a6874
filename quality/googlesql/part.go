package googlesql

import (
	"slices"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// partAlias is the alias of the elements that were looked up in a row, each once however
// often it is written.
const partAlias = "intact_part"

// read is a table with the parts of columns that are wanted of it.
func (w *writer) read(table string, s expr.Schema) source {
	out := source{from: w.behindFrom(table), names: map[string]string{}}
	var elements []string
	for _, f := range s {
		switch {
		case f.Part == nil || w.reads != nil && !slices.Contains(w.reads, f.Name):
		case f.Part.Names == nil:
			out.names[f.Name] = w.part(f)
		default:
			alias := "a" + strconv.Itoa(len(elements))
			elements = append(elements, w.element(f.Part)+" AS "+alias)
			out.names[f.Name] = computed(partAlias+"."+alias, f.Type)
		}
	}
	if len(elements) > 0 {
		out.from += "\nCROSS JOIN UNNEST([STRUCT(\n  " + strings.Join(elements, ",\n  ") + "\n)]) AS " + partAlias
	}
	return out
}

// part is a field or an element by itself.
func (w *writer) part(f expr.Field) string {
	if f.Part.Names != nil {
		return computed(w.element(f.Part), f.Type)
	}
	text, _ := w.path(f)
	return computed(text, f.Type)
}

// computed is a value out of a STRUCT or an ARRAY. The emulator takes such numbers for
// whole ones where the first of them is, unless they are computed.
func computed(text string, t expr.Type) string {
	if t == expr.Float64 {
		return "(1.0 * " + text + ")"
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
	return ofRow(strings.Join(quoted[:array], ".")), below
}

// element looks the one place of a name up, or counts them. Arrays of one STRUCT are of
// one length.
func (w *writer) element(p *expr.Part) string {
	names, name := w.path(*p.Names)
	if p.Values == nil {
		return "(SELECT COUNT(*) FROM UNNEST(" + names + ") AS e WHERE e" + name + " = " + w.key(p.Key) + ")"
	}
	values, value := w.path(*p.Values)
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
