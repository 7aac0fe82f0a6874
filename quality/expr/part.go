package expr

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// Part is how a part of a column is had of a row: a field by its path, or an element of
// an ARRAY by its name.
//
// # References
//
// A column is referred to by its name, and so are its parts: features.usage_rate is a
// field of a STRUCT, and element(feature_values, feature_names, 'usage_rate') what
// stands in one ARRAY where another one holds a name. A reference stands wherever the
// name of a column does, in Go, in suites and within expressions. [Schema.Field]
// resolves it against the columns and fields that a table has; above the reading of the
// table it is a column as any other, called by its text. So only sources and the reading
// of a table in SQL know of parts, and only what is referred to is read: one leaf of a
// Parquet file, one field in BigQuery.
//
//   - A field of a NULL STRUCT is NULL.
//   - Through an ARRAY of STRUCTs the path of a field is an ARRAY: of
//     features ARRAY<STRUCT<name STRING, value FLOAT64>> features.name and features.value
//     are arrays of one length, as element(features.value, features.name, 'usage_rate')
//     wants them. Paths lead through one ARRAY only.
//   - An element is NULL where the row has no such name, where it has it twice, and where
//     the two arrays are of unlike length: which value belongs to which name is then not
//     known. element_count(feature_names, 'usage_rate') tells how often a row has a name.
//     Names of elements are values: their case makes a difference.
//   - A NULL ARRAY has no elements, as one that is stored as empty, which is how
//     BigQuery stores it.
//   - A column that has a dot in its name goes by the same text as the field would, in
//     back-quotes in an expression; where there are both, naming it is a mistake.
//
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#field_access_operator
// https://cloud.google.com/bigquery/docs/reference/standard-sql/arrays
type Part struct {
	// Path are the column and, from there down, the fields. An element has none.
	Path []string
	// Array is how many names of Path lead to the ARRAY whose STRUCTs have the rest of
	// them; 0 is that there is none.
	Array int
	// Names are the names of an element, Values what it is one of, Key its name. Without
	// Values it is how many elements have the name.
	Names, Values *Field
	Key           string
}

// Steps are the names that lead to a column or a field.
func (f Field) Steps() []string {
	if f.Part == nil {
		return []string{f.Name}
	}
	return f.Part.Path
}

// called are the columns and fields that go by a name.
func (s Schema) called(name string) []Field {
	var out []Field
	for _, f := range s {
		if SameColumn(f.Name, name) {
			out = append(out, f)
			continue
		}
		for at := 0; len(f.Fields) > 0; at++ {
			dot := strings.IndexByte(name[at:], '.')
			if dot < 0 {
				break
			}
			if at += dot; !strings.EqualFold(f.Name, name[:at]) {
				continue
			}
			for _, in := range f.Fields.called(name[at+1:]) {
				out = append(out, f.with(in))
			}
		}
	}
	return out
}

// with is a field of f as a part of the row that f is in.
func (f Field) with(in Field) Field {
	part := &Part{Path: append([]string{f.Name}, in.Steps()...)}
	if in.Part != nil && in.Part.Array > 0 {
		part.Array = in.Part.Array + 1
	}
	if _, isArray := f.Type.Element(); isArray {
		if _, both := in.Type.Element(); both && in.Err == nil {
			in.Err = fmt.Errorf("%s is an ARRAY in each element of the ARRAY %s: no single one can be referred to", in.Name, f.Name)
		}
		part.Array, in.Type = 1, ArrayOf(in.Type)
	}
	if in.Err == nil {
		in.Err = f.Err
	}
	in.Name, in.Part = f.Name+"."+in.Name, part
	return in
}

// lacks says that there is no such column, and which one may be meant.
func (s Schema) lacks(name string) error {
	for _, f := range s {
		rest, ok := cutColumn(name, f.Name)
		switch {
		case !ok:
		case len(f.Fields) == 0:
			return fmt.Errorf("there is no field %q: %s is %s and has none that are known", rest, f.Name, f.Type)
		default:
			return fmt.Errorf("in %s, %w", f.Name, f.Fields.lacksField(rest))
		}
	}
	return fmt.Errorf("there is no column %q%s", name, s.hint(name))
}

func (s Schema) lacksField(name string) error {
	for _, f := range s {
		if _, ok := cutColumn(name, f.Name); ok {
			return s.lacks(name)
		}
	}
	const most = 20
	there := s.Names()
	if more := len(there) - most; more > 0 {
		there = append(there[:most:most], fmt.Sprintf("%d more", more))
	}
	return fmt.Errorf("there is no field %q%s: there are %s", name, nearest.Hint(name, s.Names()), strings.Join(there, ", "))
}

// cutColumn is the path behind a column's name.
func cutColumn(path, column string) (rest string, ok bool) {
	for at := range path {
		if path[at] == '.' && strings.EqualFold(path[:at], column) {
			return path[at+1:], true
		}
	}
	return "", false
}

// SameColumn reports whether two names are of one column. Case makes no difference,
// but for the names of elements.
func SameColumn(a, b string) bool {
	if a == b || strings.IndexByte(a, '(') < 0 || strings.IndexByte(b, '(') < 0 {
		return strings.EqualFold(a, b)
	}
	if !maybeSame(a, b) {
		return false
	}
	first, ok := parseLookup(a)
	if second, both := parseLookup(b); ok && both {
		return first.key == second.key && SameColumn(first.names, second.names) && SameColumn(first.values, second.values)
	}
	return strings.EqualFold(a, b)
}

// maybeSame is false of references that differ however they are written: a table of a
// thousand features has a million pairs of them.
func maybeSame(a, b string) bool {
	const told = "\\\"'` \t\n\r"
	for i, j := 0, 0; ; i, j = i+1, j+1 {
		for i < len(a) && strings.IndexByte(told, a[i]) >= 0 {
			i++
		}
		for j < len(b) && strings.IndexByte(told, b[j]) >= 0 {
			j++
		}
		switch {
		case i == len(a) || j == len(b):
			return i == len(a) && j == len(b)
		case a[i] >= utf8.RuneSelf || b[j] >= utf8.RuneSelf || i > 0 && a[i-1] == '\\' || j > 0 && b[j-1] == '\\':
			return true
		case !strings.EqualFold(a[i:i+1], b[j:j+1]):
			return false
		}
	}
}

// Shows reports whether a reference shows anything of some columns or parts of columns.
func Shows(columns []string, name string) bool {
	if l, ok := parseLookup(name); ok {
		return Shows(columns, l.names) || l.values != "" && Shows(columns, l.values)
	}
	return slices.ContainsFunc(columns, func(c string) bool {
		_, field := cutColumn(name, c)
		_, whole := cutColumn(c, name)
		return field || whole || SameColumn(c, name)
	})
}
