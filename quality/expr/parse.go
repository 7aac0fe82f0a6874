package expr

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ParseExpr reads an expression:
//
//	minutes_played > 0 AND is_dnp IS NOT TRUE
//	season IN ('2022-23', '2023-24') OR game_date BETWEEN '2025-10-21' AND '2026-01-02'
//
// It knows comparison, AND OR NOT, IN, BETWEEN, IS [NOT] NULL/TRUE/FALSE, LIKE,
// + - * /, the Functions and parentheses, with GoogleSQL's precedence and literals.
// The error is a *SyntaxError.
func ParseExpr(text string) (Expr, error) { return ParseExprWith(text, nil) }

// ParseExprWith reads an expression in which further calls may stand: of names that
// are none of the Functions, with what each is an expression of.
func ParseExprWith(text string, calls map[string]func(args []Expr) (Expr, error)) (Expr, error) {
	tokens, err := lex(text)
	if err != nil {
		return Expr{}, err
	}
	p := &parser{text: text, tokens: tokens, calls: calls}
	e, err := p.or()
	if err != nil {
		return Expr{}, err
	}
	if t := p.peek(); t.kind != endToken {
		return Expr{}, p.fail(t, "%s is not expected here", t)
	}
	return e, nil
}

// maxDepth bounds the nesting of an expression, so that no text can exhaust the
// stack.
const maxDepth = 200

type parser struct {
	text   string
	tokens []token
	calls  map[string]func([]Expr) (Expr, error) // by the name in lower case
	at     int
	depth  int
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != endToken {
		p.at++
	}
	return t
}

func (p *parser) accept(word string) bool {
	if p.peek().is(word) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(word string) error {
	if t := p.peek(); !p.accept(word) {
		return p.fail(t, "%s is expected, not %s", word, t)
	}
	return nil
}

func (p *parser) fail(at token, format string, args ...any) error {
	return &SyntaxError{p.text, at.offset, fmt.Sprintf(format, args...)}
}

func (p *parser) enter() error {
	if p.depth++; p.depth > maxDepth {
		return p.fail(p.peek(), "the expression is nested more than %d deep", maxDepth)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

// or reads a whole expression: the text's, or one within parentheses.
func (p *parser) or() (Expr, error) {
	if err := p.enter(); err != nil {
		return Expr{}, err
	}
	defer p.leave()
	return p.chain(Or, p.and)
}

func (p *parser) and() (Expr, error) { return p.chain(And, p.not) }

func (p *parser) chain(op LogicOp, operand func() (Expr, error)) (Expr, error) {
	first, err := operand()
	parts := []Expr{first}
	for err == nil && p.accept(string(op)) {
		var next Expr
		next, err = operand()
		parts = append(parts, next)
	}
	if err != nil {
		return Expr{}, err
	}
	return logic(op, parts), nil
}

func (p *parser) not() (Expr, error) {
	if !p.accept("NOT") {
		return p.comparison()
	}
	if err := p.enter(); err != nil {
		return Expr{}, err
	}
	defer p.leave()
	x, err := p.not()
	if err != nil {
		return Expr{}, err
	}
	return x.Not(), nil
}

var compareOps = map[string]CompareOp{
	"=": Equal, "!=": NotEqual, "<>": NotEqual, "<": Less, "<=": LessEqual, ">": Greater, ">=": GreaterEqual,
}

func (p *parser) comparison() (Expr, error) {
	left, err := p.sum()
	if err != nil {
		return Expr{}, err
	}
	e, err := p.comparisonOf(left)
	if err != nil {
		return Expr{}, err
	}
	t := p.peek()
	if _, again := compareOps[t.text]; again && t.kind == symbolToken || t.is("IS") || t.is("IN") || t.is("BETWEEN") || t.is("LIKE") {
		return Expr{}, p.fail(t, "comparisons do not chain: put the first one in parentheses")
	}
	return e, nil
}

func (p *parser) comparisonOf(left Expr) (Expr, error) {
	t := p.peek()
	if op, ok := compareOps[t.text]; ok && t.kind == symbolToken {
		p.next()
		right, err := p.sum()
		return left.compare(op, right), err
	}
	if p.accept("IS") {
		return p.is(left)
	}
	negated := p.accept("NOT")
	e := left
	var err error
	switch {
	case p.accept("IN"):
		e, err = p.in(left)
	case p.accept("BETWEEN"):
		e, err = p.between(left)
	case p.accept("LIKE"):
		pattern := p.next()
		if pattern.kind != textToken {
			return Expr{}, p.fail(pattern, "LIKE is followed by a quoted pattern, not by %s", pattern)
		}
		if problem := checkLike(pattern.text); problem != "" {
			return Expr{}, p.fail(pattern, "%s", problem)
		}
		e = left.Like(pattern.text)
	case negated:
		return Expr{}, p.fail(p.peek(), "NOT is followed here by IN, BETWEEN or LIKE, not by %s", p.peek())
	}
	if negated && err == nil {
		e = e.Not()
	}
	return e, err
}

func (p *parser) is(x Expr) (Expr, error) {
	not := p.accept("NOT")
	for _, what := range []IsWhat{IsNull, IsTrue, IsFalse} {
		if p.accept(string(what)) {
			return x.is(what, not), nil
		}
	}
	t := p.peek()
	return Expr{}, p.fail(t, "IS is followed by [NOT] NULL, TRUE or FALSE, not by %s", t)
}

func (p *parser) in(x Expr) (Expr, error) {
	if err := p.expect("("); err != nil {
		return Expr{}, err
	}
	list, err := p.list()
	return Expr{InExpr{x, list}}, err
}

// list reads one or more expressions up to the closing parenthesis.
func (p *parser) list() ([]Expr, error) {
	var out []Expr
	for {
		e, err := p.or()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		if !p.accept(",") {
			return out, p.expect(")")
		}
	}
}

func (p *parser) between(x Expr) (Expr, error) {
	low, err := p.sum()
	if err != nil {
		return Expr{}, err
	}
	if err := p.expect("AND"); err != nil {
		return Expr{}, err
	}
	high, err := p.sum()
	return x.Between(low, high), err
}

func (p *parser) sum() (Expr, error) { return p.leftward(p.product, Add, Subtract) }

func (p *parser) product() (Expr, error) { return p.leftward(p.sign, Multiply, Divide) }

func (p *parser) leftward(operand func() (Expr, error), ops ...ArithOp) (Expr, error) {
	left, err := operand()
	for chained := 0; err == nil; chained++ {
		sign := p.peek()
		i := slices.IndexFunc(ops, func(op ArithOp) bool { return p.accept(string(op)) })
		if i < 0 {
			return left, nil
		}
		if chained == maxDepth { // the tree is as deep as the chain is long
			return Expr{}, p.fail(sign, "more than %d operators in a row", maxDepth)
		}
		var right Expr
		right, err = operand()
		left = left.arith(ops[i], right)
	}
	return Expr{}, err
}

func (p *parser) sign() (Expr, error) {
	if !p.accept("-") {
		return p.primary()
	}
	switch t := p.peek(); {
	case t.is("-"):
		return Expr{}, p.fail(t, "two signs in a row: write parentheses")
	case t.kind == numberToken:
		p.next()
		return p.number(t, "-")
	}
	x, err := p.primary()
	if err != nil {
		return Expr{}, err
	}
	return x.Negated(), nil
}

func (p *parser) primary() (Expr, error) {
	switch t := p.next(); t.kind {
	case numberToken:
		return p.number(t, "")
	case textToken:
		return Lit(t.text), nil
	case quotedNameToken:
		return p.column(t)
	case nameToken:
		return p.named(t)
	case symbolToken:
		if t.text == "(" {
			e, err := p.or()
			if err != nil {
				return Expr{}, err
			}
			return e, p.expect(")")
		}
		return Expr{}, p.fail(t, "a value is expected, not %s", t)
	default:
		return Expr{}, p.fail(t, "a value is expected, but the text ends")
	}
}

func (p *parser) number(t token, sign string) (Expr, error) {
	if next := p.peek(); next.offset == t.offset+len(t.text) && (next.kind == nameToken || next.kind == numberToken) {
		return Expr{}, p.fail(t, "%s%s is no number", t.text, next.text)
	}
	if !strings.ContainsAny(t.text, ".eE") {
		i, err := strconv.ParseInt(sign+t.text, 10, 64)
		if err != nil {
			return Expr{}, p.fail(t, "%s%s does not fit in INT64; write NUMERIC '%s%s'", sign, t.text, sign, t.text)
		}
		return Lit(i), nil
	}
	f, err := strconv.ParseFloat(sign+t.text, 64)
	if err != nil {
		return Expr{}, p.fail(t, "%s%s does not fit in FLOAT64", sign, t.text)
	}
	return Lit(f), nil
}
