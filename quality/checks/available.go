package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Available claims that what a row says was there strictly before the event that it is
// about: no prediction may know more. NULL on either side does not satisfy, unless
// Rule.NullsOK sets such rows aside.
type Available struct {
	Column string // when it was there
	// Before is the time of the event; where Source names a table, it is that of the
	// rows of the key there, the first of several.
	Before string
	Source Source
	Bounds []quality.Bound // on the share of rows; all of them if there is none
}

func (c Available) claims(s quality.Scope) claims {
	one := claim{holds: expr.Col(c.Column).Lt(expr.Col(c.Before)), text: fmt.Sprintf("%s is before %s", c.Column, c.Before)}
	columns := []string{c.Column, c.Before}
	if c.Source.Of.Table != "" {
		first := quality.MinOf(expr.Col(sourceTime)).Named("first " + sourceTime)
		one.holds = expr.Col(c.Column).Lt(expr.Col(first.Name))
		one.of = c.Source.beside(s, []Mapping{{Column: sourceTime, To: []expr.Expr{c.Source.Time}}}, first)
		one.text = fmt.Sprintf("%s is before %s of %s by (%s)", c.Column, c.Source.Time, c.Source.Of.Table, strings.Join(c.Source.key(), ", "))
		columns = append([]string{c.Column}, c.Source.key()...)
	}
	out := ruleOf(s, "available", one, c.Bounds)
	out.columns = columns
	return out
}

// Describe says before what it is to be there.
func (c Available) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Available) Validate() error {
	switch {
	case c.Column == "":
		return fmt.Errorf("it names no column")
	case (c.Before == "") == (c.Source.Of.Table == ""):
		return fmt.Errorf("the event is a column, before, or is found in another table, of: one of them")
	case c.Before != "":
		return c.claims(quality.Scope{}).validate()
	}
	if err := c.Source.validate(); err != nil {
		return err
	}
	return quality.CheckShares(quality.OrAll(c.Bounds))
}

// Others is the table of the events, if it is another one.
func (c Available) Others() []quality.Other {
	if c.Source.Of.Table == "" {
		return nil
	}
	return c.Source.Of.others(c.Source.key(), false)
}

// Requests counts the rows that were there before their event.
func (c Available) Requests(s quality.Scope) ([]quality.Request, error) {
	if c.Source.Of.Table != "" {
		if err := c.Source.typed(s, c.Column); err != nil {
			return nil, err
		}
		return c.claims(s).requests(s)
	}
	f, err := s.Schema.Field(c.Before)
	if err != nil {
		return nil, err
	}
	if err := alike(s, c.Column, f.Name, f.Type); err != nil {
		return nil, err
	}
	return c.claims(s).requests(s)
}

// Judge holds the share of the rows that were there before their event against the
// bounds.
func (c Available) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}

// AtFault are the rows that were there too late.
func (c Available) AtFault(s quality.Scope) ([]quality.Fault, error) {
	return shownFaults(s, c.claims(s))
}
