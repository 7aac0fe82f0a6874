package expr

import (
	"fmt"
	"strings"
)

// lookup is the reference to an element as it is written.
type lookup struct{ values, names, key string }

const (
	elementName = "element"
	countName   = "element_count"
)

func isLookup(function string) bool {
	return strings.EqualFold(function, elementName) || strings.EqualFold(function, countName)
}

// Element is what stands in an ARRAY where another ARRAY of the same row holds a name;
// both are columns or paths of fields. [Part] says what it is where there is no such
// name, or more than one.
func Element(values, names, key string) Expr { return Col(lookup{values, names, key}.String()) }

// ElementCount is how often an ARRAY of the row holds a name.
func ElementCount(names, key string) Expr { return Col(lookup{names: names, key: key}.String()) }

// String writes the reference in the one way that columns are called by.
func (l lookup) String() string {
	if l.values == "" {
		return countName + "(" + QuoteName(l.names) + ", " + quoteText(l.key) + ")"
	}
	return elementName + "(" + QuoteName(l.values) + ", " + QuoteName(l.names) + ", " + quoteText(l.key) + ")"
}

// parseLookup reads the reference to an element, and nothing else.
func parseLookup(text string) (lookup, bool) {
	if function, _, ok := strings.Cut(text, "("); !ok || !isLookup(strings.TrimSpace(function)) {
		return lookup{}, false
	}
	tokens, err := lex(text)
	if err != nil {
		return lookup{}, false
	}
	p := &parser{text: text, tokens: tokens}
	name := p.next()
	if !p.accept("(") {
		return lookup{}, false
	}
	l, err := p.lookupOf(name)
	return l, err == nil && p.peek().kind == endToken
}

// lookup reads the arguments from behind the opening parenthesis.
func (p *parser) lookup(name token) (Expr, error) {
	l, err := p.lookupOf(name)
	return Col(l.String()), err
}

func (p *parser) lookupOf(name token) (l lookup, err error) {
	if strings.EqualFold(name.text, elementName) {
		if l.values, err = p.arrayName(name); err != nil {
			return l, err
		}
	}
	if l.names, err = p.arrayName(name); err != nil {
		return l, err
	}
	key := p.next()
	if key.kind != textToken {
		return l, p.fail(key, "%s ends with the name of the element in quotes, not with %s", name.text, key)
	}
	l.key = key.text
	return l, p.expect(")")
}

// arrayName reads the reference to an ARRAY, and the comma behind it.
func (p *parser) arrayName(function token) (string, error) {
	t := p.next()
	if t.kind != nameToken && t.kind != quotedNameToken {
		return "", p.fail(t, "%s is of columns that are arrays and a name in quotes, not of %s", function.text, t)
	}
	e, err := p.column(t)
	if err != nil {
		return "", err
	}
	return e.Columns()[0], p.expect(",")
}

// element resolves a reference against the columns.
func (s Schema) element(l lookup) (Field, error) {
	names, err := s.array(l.names)
	if err != nil {
		return Field{}, err
	}
	if of, _ := names.Type.Element(); of != String && of != Null {
		return Field{}, fmt.Errorf("%s is %s: names of elements are an ARRAY<STRING>", names.Name, names.Type)
	}
	part := &Part{Names: &names, Key: l.key}
	if l.values == "" {
		l.names = names.Name
		return Field{Name: l.String(), Type: Int64, Part: part}, nil
	}
	values, err := s.array(l.values)
	if err != nil {
		return Field{}, err
	}
	of, _ := values.Type.Element()
	if !of.Computable() {
		return Field{}, fmt.Errorf("%s is %s: expressions do not look into its elements", values.Name, values.Type)
	}
	part.Values = &values
	l.names, l.values = names.Name, values.Name
	return Field{Name: l.String(), Type: of, Text: values.Text, Part: part}, nil
}

func (s Schema) array(name string) (Field, error) {
	f, err := s.Field(name)
	if err != nil {
		return f, err
	}
	if _, ok := f.Type.Element(); !ok {
		return f, fmt.Errorf("%s is %s and no ARRAY of known elements", f.Name, f.Type)
	}
	return f, nil
}
