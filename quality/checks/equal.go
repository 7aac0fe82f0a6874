package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// Equal claims that the suite's table has the keys of another one and no others. A key
// with a NULL part equals none, unless it is set aside on the side that has it: by
// Rule.NullsOK or by Against.NullsOK. Group-by columns are some of the key.
type Equal struct {
	// Columns are the key, by the names of the suite's table.
	Columns []string
	// Of is the oracle: it may not be made from the suite's own table.
	Of Against
	// Bounds on the share of the keys of either side. Defaults to
	// AtLeast(Percent(100)).
	Bounds []quality.Bound
}

func (c Equal) keys() keys { return keys{columns: c.Columns, of: c.Of, judged: either, due: true} }

// Validate reports what is wrong without looking at data.
func (c Equal) Validate() error { return c.keys().validate(c.Bounds) }

// Describe names the key and the oracle.
func (c Equal) Describe() quality.Description {
	return c.keys().describe("equal", "equals that of", c.Bounds)
}

// Key is the columns.
func (c Equal) Key() []string { return c.Columns }

// Others is the oracle.
func (c Equal) Others() []quality.Other { return c.Of.others(c.Columns, true) }

// Requests counts the keys.
func (c Equal) Requests(s quality.Scope) ([]quality.Request, error) { return c.keys().requests(s) }

// Judge holds the share of keys that are on both sides against the bounds.
func (c Equal) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	k := c.keys()
	out := k.judge(s, m, func(seg quality.Segment, n counts) quality.Finding {
		all := n["both"] + n["missing"] + n["unexpected"]
		text := fmt.Sprintf("%s of %s on both sides", quality.Grouped(n["both"]), quality.Plural(all, "key is", "keys are"))
		faults := append(nulls(ourNulls(n), s.Info.Name, s.NullsOK), nulls(n["their nulls"], c.Of.Table, c.Of.NullsOK)...)
		f := k.hold(seg, n["both"], all, quality.OrAll(c.Bounds), text, append(faults, k.untranslated(n)...))
		f.Details = []quality.Detail{
			quality.CountDetail("missing_keys", n["missing"]),
			quality.CountDetail("unexpected_keys", n["unexpected"]),
			quality.CountDetail("null_rows", ourNulls(n)),
			quality.CountDetail("null_due_rows", n["their nulls"]),
		}
		return f
	})
	return append(out, k.undated(s, m)...)
}
