package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// After claims that each row was made after what it is made from: its time is not before
// the newest of the rows of its key in another table. A row of which there is none there
// does not satisfy, nor does one without a time, unless Rule.NullsOK sets it aside.
type After struct {
	Column string // the time of the row
	Source Source
	// Changed pairs a hash that the row keeps with that of the source: a source that was
	// written anew and has the same is no newer one. Without a Column there is none.
	Changed Pair
	Bounds  []quality.Bound // on the share of rows; all of them if there is none
}

func (c After) claims(s quality.Scope) claims {
	newest := quality.MaxOf(expr.Col(sourceTime)).Named("newest " + sourceTime)
	holds := expr.Col(c.Column).Ge(expr.Col(newest.Name))
	more, terms := []Mapping{{Column: sourceTime, To: []expr.Expr{c.Source.Time}}}, []quality.NamedTerm{newest}
	if c.Changed.Column != "" {
		const least, greatest = "least hash()", "greatest hash()"
		own, hash := expr.Col(c.Changed.Column), expr.Col(sourceHash)
		more = append(more, Mapping{Column: sourceHash, To: []expr.Expr{c.Changed.to()}})
		terms = append(terms, quality.MinOf(hash).Named(least), quality.MaxOf(hash).Named(greatest))
		holds = holds.Or(own.Eq(expr.Col(least)).And(own.Eq(expr.Col(greatest))))
	}
	text := fmt.Sprintf("%s is not before %s of %s by (%s)", c.Column, c.Source.Time, c.Source.Of.Table, strings.Join(c.Source.key(), ", "))
	if c.Changed.Column != "" {
		text += fmt.Sprintf(", where %s is another", c.Changed.to())
	}
	out := ruleOf(s, "after", claim{holds: holds, text: text, of: c.Source.beside(s, more, terms...)}, c.Bounds)
	out.columns = append([]string{c.Column}, c.Source.key()...)
	return out
}

// Describe says what rows are made from.
func (c After) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c After) Validate() error {
	if c.Column == "" {
		return fmt.Errorf("it names no column")
	}
	if err := c.Source.validate(); err != nil {
		return err
	}
	if err := c.Changed.To.Mistake(); err != nil {
		return err
	}
	return quality.CheckShares(quality.OrAll(c.Bounds))
}

// Others is the source.
func (c After) Others() []quality.Other { return c.Source.Of.others(c.Source.key(), true) }

// Requests counts the rows that are not before their source.
func (c After) Requests(s quality.Scope) ([]quality.Request, error) {
	if err := c.Source.typed(s, c.Column); err != nil {
		return nil, err
	}
	if c.Changed.Column != "" {
		bound, err := c.Changed.to().Bind(s.Others[0].Info.Schema)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Source.Of.Table, err)
		}
		if err := alike(s, c.Changed.Column, fmt.Sprintf("%s of %s", c.Changed.to(), c.Source.Of.Table), bound.Type()); err != nil {
			return nil, err
		}
	}
	return c.claims(s).requests(s)
}

// Judge holds the share of the rows that are not before their source against the bounds.
func (c After) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}

// AtFault are the rows before their source.
func (c After) AtFault(s quality.Scope) ([]quality.Fault, error) { return shownFaults(s, c.claims(s)) }
