package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// CompleteEach claims that columns are populated as Complete says it, each by itself.
// The columns that patterns name are those the table has when it is looked at.
type CompleteEach struct {
	// Of are the columns. A name counts before a pattern, and of several patterns that
	// a column fits the last.
	Of []Floor
	// Except are names and patterns of columns that it is not about.
	Except []string
	// Missing and Bounds as in Complete; Bounds are for those that have none of their
	// own.
	Missing []expr.Value
	Bounds  []quality.Bound
}

// Floor is how much of some columns is populated.
type Floor struct {
	// Columns is a name, a pattern in which * is any text and ? a character, or /…/, a
	// regular expression of RE2 that is found in the name.
	Columns string
	Bounds  []quality.Bound
}

// Validate reports what is wrong without looking at data.
func (c CompleteEach) Validate() error {
	if len(c.Of) == 0 {
		return fmt.Errorf("it names no column")
	}
	spare := len(c.Bounds) > 0
	for _, f := range c.Of {
		spare = spare && len(f.Bounds) > 0
		if err := quality.CheckShares(f.Bounds); err != nil {
			return fmt.Errorf("%s: %w", f.Columns, err)
		}
	}
	if spare {
		return fmt.Errorf("%s is for no column: each has a share of its own", quality.Claim(c.Bounds))
	}
	for _, name := range append(c.patterns(), c.Except...) {
		if _, err := namesLike(name); err != nil {
			return err
		}
	}
	if err := expr.CheckDistinct(c.patterns()); err != nil {
		return err
	}
	return quality.CheckShares(c.Bounds)
}

func (c CompleteEach) patterns() []string {
	out := make([]string, len(c.Of))
	for i, f := range c.Of {
		out[i] = f.Columns
	}
	return out
}

// Describe says which columns are claimed to be populated, and how much.
func (c CompleteEach) Describe() quality.Description {
	texts := make([]string, len(c.Of))
	for i, f := range c.Of {
		if texts[i] = f.Columns; len(f.Bounds) > 0 {
			texts[i] += " " + quality.Claim(f.Bounds)
		}
	}
	claim := "each of " + strings.Join(texts, ", ")
	if len(c.Except) > 0 {
		claim += " except " + strings.Join(c.Except, ", ")
	}
	claim += " populated"
	if slices.ContainsFunc(c.Of, func(f Floor) bool { return len(f.Bounds) == 0 }) {
		claim += " " + quality.Claim(quality.OrAll(c.Bounds))
	}
	return quality.Description{Kind: "complete", Columns: c.patterns(), Claim: claim}
}

// each is the claim about each column of a table.
func (c CompleteEach) each(s expr.Schema) ([]Complete, error) {
	except := map[string]bool{}
	for _, pattern := range c.Except {
		found, err := columnsLike(pattern, s)
		if err != nil {
			return nil, fmt.Errorf("except: %w", err)
		}
		for _, name := range found {
			except[name] = true
		}
	}
	names := s.Names() // in their order, and then parts of them as they are named
	bounds, named := map[string][]quality.Bound{}, map[string]bool{}
	for _, f := range c.Of {
		found, err := columnsLike(f.Columns, s)
		if err != nil {
			return nil, err
		}
		own := f.Bounds
		if len(own) == 0 {
			own = c.Bounds
		}
		for _, name := range found {
			exact := strings.EqualFold(name, f.Columns)
			if exact || !named[name] && !except[name] {
				bounds[name], named[name] = own, exact
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	var out []Complete
	for _, name := range names {
		if own, ok := bounds[name]; ok {
			out = append(out, Complete{Columns: []string{name}, Missing: c.Missing, Bounds: own})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("every column is excepted")
	}
	return out, nil
}

// DeclaresMissing reports whether a text of a column stands for no value.
func (c CompleteEach) DeclaresMissing(column, text string) bool {
	for _, f := range c.Of {
		if like, err := namesLike(f.Columns); err == nil && like(column) {
			return Complete{Columns: []string{column}, Missing: c.Missing}.DeclaresMissing(column, text)
		}
	}
	return false
}

// AtFault are the rows in which a column is not populated, or of a bound on how many
// may be those in which it is.
func (c CompleteEach) AtFault(s quality.Scope) ([]quality.Fault, error) {
	of, err := c.each(s.Schema)
	var out []quality.Fault
	for _, one := range of {
		populated := one.populated(s.Schema)
		out = append(out, quality.FaultsOf(one.Columns[0], populated, populated.IsNotTrue(), one.bounds(), one.Columns...)...)
	}
	return out, err
}

// Requests counts the rows in which each column is populated.
func (c CompleteEach) Requests(s quality.Scope) ([]quality.Request, error) {
	of, err := c.each(s.Schema)
	if err != nil {
		return nil, err
	}
	all := Complete{Missing: c.Missing}
	var out []quality.Request
	for _, one := range of {
		all.Columns = append(all.Columns, one.Columns...)
		out = append(out, one.counted(s.Schema))
	}
	return out, all.checkMissing(s.Schema)
}

// Judge holds the share of each column in each segment against its bounds.
func (c CompleteEach) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	of, _ := c.each(s.Schema) // what is wrong was told when it was asked what it needs
	var out []quality.Finding
	for _, one := range of {
		for _, f := range one.Judge(s, m) {
			f.Subject = one.Columns[0]
			f.Reason = f.Subject + ": " + f.Reason
			out = append(out, f)
		}
	}
	return out
}
