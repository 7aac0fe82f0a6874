package checks

import (
	"fmt"
	"slices"
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

// Source is a time in another table, of rows that are found by key.
type Source struct {
	Of Against
	// Time is an expression over the other table.
	Time expr.Expr
	// Key are columns of the suite's table. Defaults to those that Of maps.
	Key []string
}

const (
	sourceTime  = "time of the source"
	sourceHash  = "hash of the source"
	leastHash   = "least hash()"
	greatestOne = "greatest hash()"
)

func (r Source) key() []string {
	if len(r.Key) > 0 {
		return r.Key
	}
	return r.Of.columns()
}

func (r Source) validate() error {
	switch {
	case len(r.key()) == 0:
		return fmt.Errorf("it has no key by which rows of %s are found", r.Of.Table)
	case r.Time.IsZero():
		return fmt.Errorf("it names no time of %s", r.Of.Table)
	}
	if err := r.Time.Mistake(); err != nil {
		return err
	}
	if err := expr.CheckDistinct(r.key()); err != nil {
		return err
	}
	return r.Of.validate(r.key())
}

// beside is the judged rows beside what terms come to over the source's of their key;
// the terms are of columns by the names of more.
func (r Source) beside(s quality.Scope, more []Mapping, terms ...quality.NamedTerm) quality.Relation {
	if len(s.Others) == 0 {
		return quality.Relation{} // not planned yet
	}
	of, columns := r.Of, slices.Clone(r.key())
	of.Map = append(slices.Clone(of.Map), more...)
	for _, m := range more {
		columns = append(columns, m.Column)
	}
	found := of.theirs(s, columns).Aggregate(quality.Columns(r.key()...), terms...)
	return r.Of.ours(s, r.key()).Join(quality.LeftJoin, found, quality.Equal(r.key()...)...)
}

// typed refuses keys and times of unlike types.
func (r Source) typed(s quality.Scope, column string) error {
	if err := r.Of.typed(s, r.key()); err != nil {
		return err
	}
	bound, err := r.Time.At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Of.Table, err)
	}
	return alike(s, column, fmt.Sprintf("%s of %s", r.Time, r.Of.Table), bound.Type())
}

// alike refuses a time that cannot be told from a column's.
func alike(s quality.Scope, column, other string, typ expr.Type) error {
	f, err := s.Schema.Field(column)
	if err == nil && unlike(f.Type, typ) {
		err = fmt.Errorf("%s is %s and %s is %s, and values of unlike types are not compared: convert one of them", f.Name, f.Type, other, typ)
	}
	return err
}

func (c After) claims(s quality.Scope) claims {
	newest := quality.MaxOf(expr.Col(sourceTime)).Named("newest " + sourceTime)
	holds := expr.Col(c.Column).Ge(expr.Col(newest.Name))
	more, terms := []Mapping{{Column: sourceTime, To: []expr.Expr{c.Source.Time}}}, []quality.NamedTerm{newest}
	if c.Changed.Column != "" {
		own, hash := expr.Col(c.Changed.Column), expr.Col(sourceHash)
		more = append(more, Mapping{Column: sourceHash, To: []expr.Expr{c.Changed.to()}})
		terms = append(terms, quality.MinOf(hash).Named(leastHash), quality.MaxOf(hash).Named(greatestOne))
		holds = holds.Or(own.Eq(expr.Col(leastHash)).And(own.Eq(expr.Col(greatestOne))))
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

// shownFaults are none where values of another table may be redacted.
func shownFaults(s quality.Scope, c claims) ([]quality.Fault, error) {
	if s.Redacts() {
		return nil, nil
	}
	return c.atFault()
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
