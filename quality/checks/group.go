package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Group claims that a predicate over aggregates is TRUE of each group of rows. Of NULL
// parts of a key there is a group as of any other value. A group that the predicate is
// NULL for does not satisfy, unless Rule.NullsOK sets such groups aside. Segments are
// by columns of the key: a group lies in one of them.
type Group struct {
	By     []string
	Assert quality.Aggregated
	Bounds []quality.Bound // on the share of groups; all of them if there is none
}

func (c Group) claims(s quality.Scope) claims {
	out := claim{
		told:  quality.Told{One: "group", Many: "groups"},
		holds: c.Assert.Of,
		of:    s.Judged().Aggregate(quality.Columns(c.By...), c.Assert.Terms...),
	}
	switch {
	case len(c.By) == 0:
		out.err = fmt.Errorf("it names no column to group by")
	case c.Assert.Of.IsZero():
		out.err = fmt.Errorf("it asserts nothing")
	case len(c.Assert.Terms) == 0:
		out.err = fmt.Errorf("%s aggregates nothing: write assert for a rule about rows", c.Assert)
	default:
		out.text = fmt.Sprintf("%s by (%s)", c.Assert, strings.Join(c.By, ", "))
	}
	rule := ruleOf(s, "group", out, c.Bounds)
	rule.columns = c.By
	return rule
}

// Describe says what is claimed of each group.
func (c Group) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Group) Validate() error { return c.claims(quality.Scope{}).validate() }

// Requests counts the groups that satisfy.
func (c Group) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims(s).requests(s) }

// Judge holds the share of groups that satisfy against the bounds.
func (c Group) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}
