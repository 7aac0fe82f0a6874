package checks

import (
	"fmt"
	"regexp/syntax"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Matching is a regular expression of RE2 that is found in the texts of a column: the
// whole of a text matches only between ^ and $.
type Matching struct{ Column, Pattern string }

// Pattern claims that regular expressions are found in the texts of columns.
type Pattern struct {
	Of     []Matching
	Bounds []quality.Bound // on the share of a column's texts; all of them if there is none
}

func (c Pattern) claims() claims {
	return valuesOf("pattern", c.Of, func(x Matching) (string, claim) {
		out := claim{text: "matches " + x.Pattern, holds: expr.Col(x.Column).RegexpContains(x.Pattern)}
		switch re, err := syntax.Parse(x.Pattern, syntax.Perl); {
		case x.Pattern == "":
			out.err = fmt.Errorf("%s: an empty pattern is found in every text", x.Column)
		case err == nil && (findsNothing(re, syntax.OpBeginText) || findsNothing(re, syntax.OpEndText)):
			out.err = fmt.Errorf("%s: %s is found in every text, in the empty one too", x.Column, x.Pattern)
		}
		return x.Column, out
	}, c.Bounds)
}

// findsNothing reports whether a regular expression is found as the empty text wherever
// an assertion holds, at the beginning or the end of each text, so that it refutes none.
func findsNothing(re *syntax.Regexp, there syntax.Op) bool {
	each := func(of *syntax.Regexp) bool { return findsNothing(of, there) }
	switch re.Op {
	case there, syntax.OpEmptyMatch, syntax.OpStar, syntax.OpQuest:
		return true
	case syntax.OpConcat:
		return !slices.ContainsFunc(re.Sub, func(of *syntax.Regexp) bool { return !each(of) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(re.Sub, each)
	case syntax.OpCapture, syntax.OpPlus:
		return each(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min == 0 || each(re.Sub[0])
	}
	return false
}

// Describe says what the texts are claimed to match.
func (c Pattern) Describe() quality.Description { return c.claims().describe() }

// Validate reports what is wrong without looking at data.
func (c Pattern) Validate() error { return c.claims().validate() }

// Requests counts the texts that match, and the NULLs.
func (c Pattern) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims().requests(s) }

// Judge holds the share of each column's texts against the bounds.
func (c Pattern) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims().judge(s, m)
}

// AtFault are the texts that do not match.
func (c Pattern) AtFault(quality.Scope) ([]quality.Fault, error) { return c.claims().atFault() }
