package expr

import (
	"strings"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// functions read their arguments from behind the opening parenthesis.
var functions map[string]func(*parser, token) (Expr, error)

func init() {
	functions = map[string]func(*parser, token) (Expr, error){
		"COALESCE":  (*parser).coalesce,
		"DATE":      (*parser).date,
		"DATE_DIFF": (*parser).dateDiff,
		"POPULATED": (*parser).populated,
	}
}

func (p *parser) call(name token) (Expr, error) {
	read, ok := functions[strings.ToUpper(name.text)]
	if !ok {
		return Expr{}, p.fail(name, "there is no function %s%s: COALESCE, DATE, DATE_DIFF and POPULATED are known; anything else is raw SQL",
			name.text, nearest.Hint(name.text, []string{"COALESCE", "DATE", "DATE_DIFF", "POPULATED"}))
	}
	return read(p, name)
}

func (p *parser) coalesce(token) (Expr, error) {
	args, err := p.list()
	return Expr{CoalesceExpr{args}}, err
}

func (p *parser) date(token) (Expr, error) {
	x, err := p.or()
	if err != nil {
		return Expr{}, err
	}
	if !p.accept(",") {
		return x.Date(), p.expect(")")
	}
	zone := p.next()
	if zone.kind != textToken || zone.text == "" {
		return Expr{}, p.fail(zone, "DATE's time zone is a quoted text such as 'UTC', not %s", zone)
	}
	return x.DateOf(zone.text), p.expect(")")
}

func (p *parser) dateDiff(token) (Expr, error) {
	left, err := p.or()
	if err != nil {
		return Expr{}, err
	}
	if err := p.expect(","); err != nil {
		return Expr{}, err
	}
	right, err := p.or()
	if err != nil {
		return Expr{}, err
	}
	if err := p.expect(","); err != nil {
		return Expr{}, err
	}
	t := p.next()
	for _, part := range []DatePart{Day, Week, ISOWeek, Month, Quarter, Year} {
		if t.is(string(part)) {
			return left.DateDiff(right, part), p.expect(")")
		}
	}
	return Expr{}, p.fail(t, "DATE_DIFF counts DAY, WEEK, ISOWEEK, MONTH, QUARTER or YEAR, not %s", t)
}

func (p *parser) populated(name token) (Expr, error) {
	args, err := p.list()
	if err != nil {
		return Expr{}, err
	}
	var missing []Value
	for _, a := range args[1:] {
		l, ok := a.node.(LiteralExpr)
		if !ok {
			return Expr{}, p.fail(name, "POPULATED takes a column and then constants, not %s", a)
		}
		missing = append(missing, l.Value)
	}
	return args[0].Populated(missing...), nil
}
