package expr

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// call reads the arguments of a function from behind the opening parenthesis.
func (p *parser) call(name token) (Expr, error) {
	if further, ok := p.calls[strings.ToLower(name.text)]; ok {
		return p.further(name, further)
	}
	f, err := functionNamed(name.text)
	if err != nil {
		if further := slices.Sorted(maps.Keys(p.calls)); len(further) > 0 {
			err = fmt.Errorf("%w; here also %s", err, strings.Join(further, ", "))
		}
		return Expr{}, p.fail(name, "%v", err)
	}
	n := CallExpr{Name: f.name, Args: []Expr{}}
	if f.word == firstWord {
		if n.Word, err = p.word(f); err != nil {
			return Expr{}, err
		}
		if err := p.expect("FROM"); err != nil {
			return Expr{}, err
		}
	}
	end := f.word == noWord && p.accept(")")
	for !end {
		if len(n.Args) == f.least && f.word == lastWord {
			if n.Word, err = p.word(f); err != nil {
				return Expr{}, err
			}
			if err := p.expect(")"); err != nil {
				return Expr{}, err
			}
			break
		}
		x, err := p.or()
		if err != nil {
			return Expr{}, err
		}
		n.Args = append(n.Args, x)
		if end, err = p.afterArgument(f, &n); err != nil {
			return Expr{}, err
		}
	}
	if err := f.check(n); err != nil {
		return Expr{}, p.fail(name, "%v", err)
	}
	return Expr{n}, nil
}

// further reads the arguments of a call that only this text may have.
func (p *parser) further(name token, call func([]Expr) (Expr, error)) (Expr, error) {
	var args []Expr
	if !p.accept(")") {
		var err error
		if args, err = p.list(); err != nil {
			return Expr{}, err
		}
	}
	e, err := call(args)
	if err != nil {
		return Expr{}, p.fail(name, "%v", err)
	}
	return e, nil
}

// afterArgument reads what stands behind an argument, and says whether the call
// ends with it.
func (p *parser) afterArgument(f function, n *CallExpr) (end bool, err error) {
	switch {
	case f.word == asWord:
		if err := p.expect("AS"); err != nil {
			return false, err
		}
		n.Word, err = p.word(f)
	case f.word == firstWord && len(n.Args) == 1 && p.accept("AT"):
		for _, word := range []string{"TIME", "ZONE"} {
			if err := p.expect(word); err != nil {
				return false, err
			}
		}
		var zone Expr
		zone, err = p.primary()
		n.Args = append(n.Args, zone)
	case p.accept(","):
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, p.expect(")")
}

// word reads a function's keyword, a type also by its other names.
func (p *parser) word(f function) (string, error) {
	t := p.next()
	word := strings.ToUpper(t.text)
	if typ, ok := ParseType(word); ok && f.word == asWord {
		word = string(typ)
	}
	if t.kind != nameToken || !slices.Contains(f.words, word) {
		return "", p.fail(t, "%v", f.wrongWord(t.String()))
	}
	return word, nil
}
