package reference

import (
	"fmt"
	"regexp"
	"strings"
)

// typ is a GoogleSQL type.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types
type typ struct {
	kind    string // ARRAY, STRUCT or a scalar's name
	element *typ   // of an ARRAY
	fields  []field
}

type field struct {
	name string // may be empty
	typ  typ
}

const (
	kindArray  = "ARRAY"
	kindStruct = "STRUCT"
)

// scalarKinds holds the server's name for each scalar type.
var scalarKinds = map[string]string{
	"BOOL": "TYPE_BOOL", "INT64": "TYPE_INT64", "FLOAT64": "TYPE_DOUBLE",
	"NUMERIC": "TYPE_NUMERIC", "BIGNUMERIC": "TYPE_BIGNUMERIC",
	"STRING": "TYPE_STRING", "BYTES": "TYPE_BYTES", "JSON": "TYPE_JSON",
	"DATE": "TYPE_DATE", "DATETIME": "TYPE_DATETIME", "TIME": "TYPE_TIME", "TIMESTAMP": "TYPE_TIMESTAMP",
}

// scalarNames is its inverse.
var scalarNames = func() map[string]string {
	names := make(map[string]string, len(scalarKinds))
	for name, kind := range scalarKinds {
		names[kind] = name
	}
	return names
}()

func (t typ) String() string {
	switch t.kind {
	case kindArray:
		return "ARRAY<" + t.element.String() + ">"
	case kindStruct:
		fields := make([]string, len(t.fields))
		for i, f := range t.fields {
			if fields[i] = f.typ.String(); f.name != "" {
				fields[i] = quote(f.name) + " " + fields[i]
			}
		}
		return "STRUCT<" + strings.Join(fields, ", ") + ">"
	}
	return t.kind
}

func quote(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`"
}

// parseType reads a type as SQL writes it: FLOAT64, ARRAY<STRUCT<a INT64, `b c` DATE>>.
func parseType(s string) (typ, error) {
	t, rest, err := parseTypePrefix(s, 0)
	if err == nil && strings.TrimSpace(rest) != "" {
		err = fmt.Errorf("%q follows it", rest)
	}
	if err != nil {
		return typ{}, fmt.Errorf("type %q: %w", s, err)
	}
	return t, nil
}

// maxDepth is BigQuery's for nested records.
// https://cloud.google.com/bigquery/docs/nested-repeated#limitations
const maxDepth = 15

var (
	word       = regexp.MustCompile(`^\s*([A-Za-z_]\w*)\s*`)
	quotedName = regexp.MustCompile("^\\s*`((?:[^`\\\\]|\\\\.)+)`\\s*")
	escape     = regexp.MustCompile(`\\(.)`)
)

// parseTypePrefix reads a type from the start of s and returns what follows.
func parseTypePrefix(s string, depth int) (typ, string, error) {
	m := word.FindStringSubmatch(s)
	if m == nil {
		return typ{}, "", fmt.Errorf("a type is missing before %q", s)
	}
	if depth > maxDepth {
		return typ{}, "", fmt.Errorf("it is nested more than %d deep", maxDepth)
	}
	name, rest := strings.ToUpper(m[1]), s[len(m[0]):]
	switch name {
	case kindArray:
		return parseArray(rest, depth)
	case kindStruct:
		return parseStruct(rest, depth)
	}
	if _, known := scalarKinds[name]; !known {
		return typ{}, "", fmt.Errorf("%s is no type of a table here", m[1])
	}
	return typ{kind: name}, rest, nil
}

func parseArray(s string, depth int) (typ, string, error) {
	rest, ok := strings.CutPrefix(s, "<")
	if !ok {
		return typ{}, "", fmt.Errorf("ARRAY needs its element's type in <>")
	}
	element, rest, err := parseTypePrefix(rest, depth+1)
	if err != nil {
		return typ{}, "", err
	}
	if rest, ok = strings.CutPrefix(strings.TrimSpace(rest), ">"); !ok {
		return typ{}, "", fmt.Errorf("ARRAY< is not closed")
	}
	if element.kind == kindArray {
		return typ{}, "", fmt.Errorf("an ARRAY of ARRAY does not exist")
	}
	return typ{kind: kindArray, element: &element}, rest, nil
}

func parseStruct(s string, depth int) (typ, string, error) {
	rest, ok := strings.CutPrefix(s, "<")
	if !ok {
		return typ{}, "", fmt.Errorf("STRUCT needs its fields in <>")
	}
	t := typ{kind: kindStruct}
	for {
		var f field
		if f.name, rest = fieldName(rest); f.name == "" {
			rest = strings.TrimSpace(rest)
		}
		var err error
		if f.typ, rest, err = parseTypePrefix(rest, depth+1); err != nil {
			return typ{}, "", err
		}
		t.fields = append(t.fields, f)
		rest = strings.TrimSpace(rest)
		if after, ok := strings.CutPrefix(rest, ">"); ok {
			return t, after, nil
		}
		if rest, ok = strings.CutPrefix(rest, ","); !ok {
			return typ{}, "", fmt.Errorf("STRUCT< is not closed")
		}
	}
}

// fieldName takes a field's name off s: a quoted one, or a word that another
// word follows.
func fieldName(s string) (name, rest string) {
	if m := quotedName.FindStringSubmatch(s); m != nil {
		return escape.ReplaceAllString(m[1], "$1"), s[len(m[0]):]
	}
	if m := word.FindStringSubmatch(s); m != nil && word.MatchString(s[len(m[0]):]) {
		return m[1], s[len(m[0]):]
	}
	return "", s
}
