package expr

import (
	"strings"
)

// named reads what begins with a word: a constant, a typed literal, a call, a column.
func (p *parser) named(t token) (Expr, error) {
	switch strings.ToUpper(t.text) {
	case "TRUE":
		return Lit(true), nil
	case "FALSE":
		return Lit(false), nil
	case "NULL":
		return Lit(nil), nil
	}
	if next := p.peek(); next.kind == textToken {
		if typ, ok := ParseType(t.text); ok {
			return p.typed(t, typ, p.next())
		}
	}
	if p.peek().is("(") {
		p.next()
		if isLookup(t.text) {
			return p.lookup(t)
		}
		return p.call(t)
	}
	if reserved[strings.ToUpper(t.text)] {
		return Expr{}, p.fail(t, "%s is a keyword; as a column's name it stands in back-quotes", t)
	}
	return p.column(t)
}

// column reads a name, and behind dots those of fields.
func (p *parser) column(t token) (Expr, error) {
	path := t.text
	for p.accept(".") {
		field := p.next()
		if field.kind != nameToken && field.kind != quotedNameToken {
			return Expr{}, p.fail(field, "behind the dot the name of a field is expected, not %s", field)
		}
		path += "." + field.text
	}
	if dot := p.peek(); dot.kind == numberToken && dot.text[0] == '.' {
		return Expr{}, p.fail(dot, "a name that begins with a digit stands in back-quotes, as one does that has a dot in it")
	}
	return Col(path), nil
}

// typed reads a literal such as DATE '2025-10-21'.
func (p *parser) typed(at token, typ Type, text token) (Expr, error) {
	if typ == Bytes {
		raw := make([]byte, 0, len(text.text))
		for _, r := range text.text {
			if r > 0xff {
				return Expr{}, p.fail(text, "%q is no byte", r)
			}
			raw = append(raw, byte(r))
		}
		return Lit(raw), nil
	}
	v, err := ParseValue(typ, text.text)
	if err != nil {
		return Expr{}, p.fail(at, "%v", err)
	}
	return Lit(v), nil
}
