package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Compare claims that columns say by key what another table says. Of a key with several
// rows every copy here has to be as every copy there. NULL is as NULL, and differs from a
// value; NaN differs from all. A key on one side only fails, unless BothOnly; so does one
// with a NULL part, unless it is set aside on the side that has it.
type Compare struct {
	Pairs []Pair
	// Key are columns of the suite's table.
	Key []string
	// Of may not be made from the suite's own table.
	Of Against
	// Tolerance is how far numbers may be apart, by the arithmetic of their type; NULL
	// is 0.
	Tolerance expr.Value
	// BothOnly: a key on one side only is told and no failure.
	BothOnly bool
	// Bounds on the share of the keys of both sides that agree, for each pair. Defaults
	// to AtLeast(Percent(100)).
	Bounds []quality.Bound
}

// Pair is a column of the suite's table and what it is to be, an expression over the
// other one; the zero Expr is the column of that name.
type Pair struct {
	Column string
	To     expr.Expr
}

func (p Pair) to() expr.Expr {
	if p.To.IsZero() {
		return expr.Col(p.Column)
	}
	return p.To
}

// The columns that a key has of the pair i: the least and the greatest value, and how
// many are NULL, here and there.
func pairColumn(of string, i int, side side) string {
	return fmt.Sprintf("%s %d %d()", of, i, side)
}

func pairTerms(i int, side side, of expr.Expr) []quality.NamedTerm {
	return []quality.NamedTerm{
		quality.MinOf(of).Named(pairColumn("least", i, side)),
		quality.MaxOf(of).Named(pairColumn("most", i, side)),
		quality.CountWhere(of.IsNull()).Named(pairColumn("null", i, side)),
	}
}

func (c Compare) keys() keys {
	k := keys{columns: c.Key, of: c.Of, judged: ours}
	k.of.Map = slices.Clone(c.Of.Map)
	for i, p := range c.Pairs {
		there := fmt.Sprintf("pair %d", i)
		k.of.Map = append(k.of.Map, Mapping{Column: there, To: []expr.Expr{p.to()}})
		k.more = append(k.more, there)
		k.terms = append(k.terms, pairTerms(i, ours, expr.Col(p.Column))...)
		k.theirTerms = append(k.theirTerms, pairTerms(i, theirs, expr.Col(there))...)
		k.beside = append(k.beside, quality.CountWhere(c.agrees(i)).Named(there))
	}
	return k
}

// agrees is TRUE of a key of both sides whose copies agree in a pair.
func (c Compare) agrees(i int) expr.Expr {
	column := func(of string, side side) expr.Expr { return expr.Col(pairColumn(of, i, side)) }
	near := func(a, b side) expr.Expr {
		if c.Tolerance.IsNull() {
			return column("most", a).Le(column("least", b))
		}
		return column("most", a).Minus(column("least", b)).Le(c.Tolerance)
	}
	values := expr.AllOf(column("null", ours).Eq(0), column("null", theirs).Eq(0), near(ours, theirs), near(theirs, ours))
	nulls := column("null", ours).Eq(expr.Col(ourRows)).And(column("null", theirs).Eq(expr.Col(theirRows)))
	return agreeing(values.Or(nulls))
}

// Validate reports what is wrong without looking at data.
func (c Compare) Validate() error {
	var columns []string
	for _, p := range c.Pairs {
		columns = append(columns, p.Column)
		if err := p.to().Mistake(); err != nil {
			return err
		}
	}
	switch {
	case len(c.Pairs) == 0:
		return fmt.Errorf("it names no column")
	case len(c.Key) == 0:
		return fmt.Errorf("it has no key")
	}
	if err := expr.CheckDistinct(append(slices.Clone(c.Key), columns...)); err != nil {
		return err
	}
	return keys{columns: c.Key, of: c.Of}.validate(c.Bounds)
}

// Describe names the columns and the other table.
func (c Compare) Describe() quality.Description {
	d := keys{columns: c.Key, of: c.Of}.describe("compare", "", nil)
	var pairs []string
	for _, p := range c.Pairs {
		d.Columns = append(slices.Clone(d.Columns), p.Column)
		pairs = append(pairs, fmt.Sprintf("%s is %s", p.Column, p.to()))
	}
	d.Claim = fmt.Sprintf("%s of %s by (%s)", strings.Join(pairs, ", "), c.Of.Table, strings.Join(c.Key, ", "))
	if !c.Tolerance.IsNull() {
		d.Claim += " give or take " + c.Tolerance.String()
	}
	d.Claim += " " + quality.Claim(quality.OrAll(c.Bounds))
	return d
}

// Others is the other table.
func (c Compare) Others() []quality.Other { return c.Of.others(c.Key, true) }

// Requests counts the keys that agree.
func (c Compare) Requests(s quality.Scope) ([]quality.Request, error) {
	for _, p := range c.Pairs {
		f, err := s.Schema.Field(p.Column)
		if err != nil {
			return nil, err
		}
		bound, err := p.to().At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
		switch to := bound.Type(); {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", c.Of.Table, err)
		case unlike(f.Type, to) && !(f.Type.IsNumber() && to.IsNumber()):
			return nil, fmt.Errorf("%s is %s and %s of %s is %s: declare them as one type, or convert it there", f.Name, f.Type, p.to(), c.Of.Table, to)
		case !c.Tolerance.IsNull() && !f.Type.IsNumber() && f.Type != expr.Null:
			return nil, fmt.Errorf("%s is %s, which has no tolerance", f.Name, f.Type)
		}
	}
	return c.keys().requests(s)
}

// Judge holds the share of the keys that agree in each pair against the bounds.
func (c Compare) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	k := c.keys()
	out := k.oneSided(s, m, c.BothOnly)
	for i, p := range c.Pairs {
		out = append(out, k.agreed(s, m, k.more[i], p.Column, fmt.Sprintf("%s agrees with %s", p.Column, p.to()), c.Bounds)...)
	}
	return append(out, k.undated(s, m)...)
}
