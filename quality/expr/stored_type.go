package expr

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// storedOnly are the types that columns can have and expressions do not look into.
var storedOnly = []string{"JSON", "GEOGRAPHY", "INTERVAL"}

// ParseStoredType reads the type of a column as DDL writes it, in any case and with
// BigQuery's aliases: besides those that [ParseType] reads JSON, GEOGRAPHY, INTERVAL,
// ARRAY<…>, STRUCT<name type, …> and RANGE<…>. Types are equal where their texts are.
// Of parameters, as in NUMERIC(10, 2), there are none: they make no other type.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types
func ParseStoredType(text string) (Type, error) {
	f, err := ParseStoredField("", text)
	return f.Type, err
}

// ParseStoredField is a column of a type as [ParseStoredType] reads it, with its fields.
func ParseStoredField(name, text string) (Field, error) {
	p := typeParser{rest: strings.TrimSpace(text)}
	f, err := p.typ(0)
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q is not expected there", p.rest)
	}
	if err != nil {
		return Field{}, fmt.Errorf("%q is no type of a column: %w", text, err)
	}
	f.Name = name
	return f, nil
}

type typeParser struct{ rest string }

// maxTypeDepth is how deep BigQuery lets records be nested.
// https://cloud.google.com/bigquery/docs/nested-repeated#limitations
const maxTypeDepth = 15

func (p *typeParser) typ(depth int) (Field, error) {
	if depth > 2*maxTypeDepth {
		return Field{}, fmt.Errorf("it is nested too deep")
	}
	name := p.name()
	switch up := strings.ToUpper(name); up {
	case "ARRAY", "RANGE":
		of, err := p.list(func() (Field, error) { return p.typ(depth + 1) })
		if err == nil && len(of) != 1 {
			err = fmt.Errorf("%s is of one type", up)
		}
		if err != nil {
			return Field{}, err
		}
		return Field{Type: Type(up) + "<" + of[0].Type + ">", Fields: of[0].Fields}, nil
	case "STRUCT", "RECORD":
		of, err := p.list(func() (Field, error) {
			field := p.name()
			if field == "" {
				return Field{}, fmt.Errorf("a field of a STRUCT has a name and a type")
			}
			f, err := p.typ(depth + 1)
			f.Name = field
			return f, err
		})
		return Field{Type: StructOf(of), Fields: of}, err
	default:
		if t, ok := ParseType(name); ok {
			return Field{Type: t}, nil
		}
		if slices.Contains(storedOnly, up) {
			return Field{Type: Type(up)}, nil
		}
		return Field{}, fmt.Errorf("there is no type %q", name)
	}
}

// name takes a word.
func (p *typeParser) name() string {
	end := strings.IndexFunc(p.rest, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(p.rest)
	}
	word := p.rest[:end]
	p.rest = strings.TrimLeft(p.rest[end:], " ")
	return word
}

// list takes what stands between angle brackets, parted by commas.
func (p *typeParser) list(one func() (Field, error)) (Schema, error) {
	var out Schema
	for before := "<"; ; before = "," {
		rest, ok := strings.CutPrefix(p.rest, before)
		if !ok {
			return nil, fmt.Errorf("%s is expected before %q", before, p.rest)
		}
		p.rest = strings.TrimLeft(rest, " ")
		of, err := one()
		if err != nil {
			return nil, err
		}
		out = append(out, of)
		if rest, ok := strings.CutPrefix(p.rest, ">"); ok {
			p.rest = strings.TrimLeft(rest, " ")
			return out, nil
		}
	}
}
