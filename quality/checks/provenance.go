package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Provenance claims by which paths values came: a column says of each row which of them
// gave its value, the source, a fallback or a default. A path that is not listed fails,
// and so does NULL, which is none, unless Rule.NullsOK sets such rows aside.
type Provenance struct {
	Column string
	Paths  []Path
	// Baseline is what the share of each path is held against by Change; without bounds
	// of it there is none.
	Baseline Baseline
	Change   []quality.Bound
}

// Path is a value of the column, and bounds on the share of rows that have it.
type Path struct {
	Value  string
	Bounds []quality.Bound
}

// of is TRUE of the rows by a path.
func (c Provenance) of(p Path, s quality.Scope) (expr.Expr, error) {
	f, err := s.Schema.Field(c.Column)
	if err != nil || f.Type == expr.Null {
		return expr.Col(c.Column).Eq(p.Value), err
	}
	v, err := expr.ParseValue(f.Type, p.Value)
	if err != nil {
		return expr.Expr{}, fmt.Errorf("paths of %s: %w", f.Name, err)
	}
	return expr.Col(c.Column).Eq(v), nil
}

// claims are that every row is by a path that is listed, and what is claimed of each.
func (c Provenance) claims(s quality.Scope) (claims, error) {
	var listed []expr.Expr
	var names []string
	var of []claim
	for _, p := range c.Paths {
		is, err := c.of(p, s)
		if err != nil && len(s.Schema) > 0 {
			return claims{}, err
		}
		listed, names = append(listed, is), append(names, p.Value)
		if len(p.Bounds) > 0 {
			of = append(of, claim{told: c.told(s, p.Value), text: p.Value + " " + quality.Claim(p.Bounds), holds: is, bounds: p.Bounds})
		}
	}
	out := claims{kind: "provenance", columns: []string{c.Column}, bounds: quality.OrAll(nil)}
	if len(listed) > 0 {
		paths := strings.Join(names, " or ")
		out.of = append([]claim{{told: c.told(s, paths), text: c.Column + " is " + paths, holds: expr.AnyOf(listed...), bounds: out.bounds}}, of...)
	}
	return out, nil
}

func (c Provenance) told(s quality.Scope, path string) quality.Told {
	return quality.Told{One: "row", Many: "rows", Being: "by " + path, NullsFail: !s.NullsOK}
}

// changes are what is claimed of the share of each path against the baseline. A path
// by which nothing came there is no dead one, as long as there are rows.
func (c Provenance) changes(s quality.Scope) ([]Change, error) {
	var out []Change
	if len(c.Change) == 0 {
		return nil, nil
	}
	for _, p := range c.Paths {
		is, err := c.of(p, s)
		if err != nil {
			return nil, err
		}
		out = append(out, Change{Measure: Measure{Of: Satisfied, Holds: is}, Baseline: c.Baseline, Bounds: c.Change, ZeroLives: true})
	}
	return out, nil
}

// Validate reports what is wrong without looking at data.
func (c Provenance) Validate() error {
	switch {
	case c.Column == "":
		return fmt.Errorf("it names no column")
	case len(c.Paths) == 0:
		return fmt.Errorf("it lists no path")
	case (len(c.Change) > 0) == c.Baseline.isZero():
		return fmt.Errorf("a baseline and change go together: one of them is missing")
	}
	seen := map[string]bool{}
	for _, p := range c.Paths {
		if seen[p.Value] {
			return fmt.Errorf("paths: %s is listed twice", p.Value)
		}
		seen[p.Value] = true
		if err := quality.CheckShares(p.Bounds); err != nil {
			return fmt.Errorf("paths: %s: %w", p.Value, err)
		}
	}
	if len(c.Change) == 0 {
		return nil
	}
	if err := quality.CheckChanges(c.Change); err != nil {
		return err
	}
	return c.Baseline.validate([]string{c.Column})
}

// In refuses a judged period that is not told, or is in its own baseline.
func (c Provenance) In(s quality.Suite, _ quality.Rule) (quality.Check, error) {
	if len(c.Change) == 0 {
		return c, nil
	}
	return c, c.Baseline.fits(s)
}

// Describe names the paths.
func (c Provenance) Describe() quality.Description {
	of, _ := c.claims(quality.Scope{})
	texts := make([]string, len(of.of))
	for i, one := range of.of {
		texts[i] = one.text
	}
	if len(c.Change) > 0 {
		texts = append(texts, fmt.Sprintf("each against %s: %s", c.Baseline, quality.Claim(c.Change)))
	}
	return quality.Description{Kind: "provenance", Columns: []string{c.Column}, Claim: strings.Join(texts, ", ")}
}

// Others is the other table that is the baseline, if one is.
func (c Provenance) Others() []quality.Other { return c.Baseline.others([]string{c.Column}) }

// Requests counts the rows by each path, here and there.
func (c Provenance) Requests(s quality.Scope) ([]quality.Request, error) {
	of, err := c.claims(s)
	if err != nil {
		return nil, err
	}
	out, err := of.requests(s)
	if err != nil {
		return nil, err
	}
	changes, err := c.changes(s)
	for _, change := range changes {
		more, failed := change.Requests(s)
		if failed != nil {
			return nil, failed
		}
		out = append(out, more...)
	}
	return out, err
}

// Judge holds the share of each path against its bounds, and against the baseline.
func (c Provenance) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	of, err := c.claims(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	out := of.judge(s, m)
	changes, err := c.changes(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	for _, change := range changes {
		out = append(out, change.Judge(s, m)...)
	}
	return out
}

// AtFault are the rows by no path that is listed, and those by one that has too many.
func (c Provenance) AtFault(s quality.Scope) ([]quality.Fault, error) {
	of, err := c.claims(s)
	if err != nil {
		return nil, err
	}
	return of.atFault()
}
