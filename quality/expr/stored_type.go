package expr

import (
	"fmt"
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
	p := typeParser{rest: strings.TrimSpace(text)}
	t, err := p.typ(0)
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q is not expected there", p.rest)
	}
	if err != nil {
		return "", fmt.Errorf("%q is no type of a column: %w", text, err)
	}
	return t, nil
}

type typeParser struct{ rest string }

// maxTypeDepth is how deep BigQuery lets records be nested.
// https://cloud.google.com/bigquery/docs/nested-repeated#limitations
const maxTypeDepth = 15

func (p *typeParser) typ(depth int) (Type, error) {
	if depth > 2*maxTypeDepth {
		return "", fmt.Errorf("it is nested too deep")
	}
	name := p.name()
	switch up := strings.ToUpper(name); up {
	case "ARRAY", "RANGE":
		of, err := p.list(func() (string, error) { t, err := p.typ(depth + 1); return string(t), err })
		if err == nil && len(of) != 1 {
			err = fmt.Errorf("%s is of one type", up)
		}
		return Type(up + "<" + strings.Join(of, ", ") + ">"), err
	case "STRUCT", "RECORD":
		of, err := p.list(func() (string, error) {
			field := p.name()
			if field == "" {
				return "", fmt.Errorf("a field of a STRUCT has a name and a type")
			}
			t, err := p.typ(depth + 1)
			return field + " " + string(t), err
		})
		return Type("STRUCT<" + strings.Join(of, ", ") + ">"), err
	default:
		if t, ok := ParseType(name); ok {
			return t, nil
		}
		for _, t := range storedOnly {
			if t == up {
				return Type(t), nil
			}
		}
		return "", fmt.Errorf("there is no type %q", name)
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
func (p *typeParser) list(one func() (string, error)) ([]string, error) {
	var out []string
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
