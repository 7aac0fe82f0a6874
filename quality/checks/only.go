package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// Only claims that the suite's table has no key but those of another one: Cover turned
// round. A key with a NULL part is none of them, unless Rule.NullsOK sets it aside.
type Only struct {
	// Columns are the key, by the names of the suite's table.
	Columns []string
	// Of is the oracle: it may not be made from the suite's own table.
	Of Against
	// Bounds on the share of the table's keys. Defaults to AtLeast(Percent(100)).
	Bounds []quality.Bound
}

func (c Only) keys() keys { return keys{columns: c.Columns, of: c.Of, judged: ours, due: true} }

// Validate reports what is wrong without looking at data.
func (c Only) Validate() error { return c.keys().validate(c.Bounds) }

// Describe names the key and the oracle.
func (c Only) Describe() quality.Description {
	return c.keys().describe("only", "is only of", c.Bounds)
}

// Key is the columns.
func (c Only) Key() []string { return c.Columns }

// Others is the oracle.
func (c Only) Others() []quality.Other { return c.Of.others(c.Columns, true) }

// Requests counts the keys.
func (c Only) Requests(s quality.Scope) ([]quality.Request, error) { return c.keys().requests(s) }

// Judge holds the share of the table's keys that the other one has against the bounds.
func (c Only) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	k := c.keys()
	out := k.judge(s, m, func(seg quality.Segment, n counts) quality.Finding {
		all := n["both"] + n["unexpected"]
		text := fmt.Sprintf("%s of %s in %s", quality.Grouped(n["both"]), quality.Plural(all, "key is", "keys are"), c.Of.Table)
		faults := append(nulls(ourNulls(n), s.Info.Name, s.NullsOK), k.untranslated(n)...)
		f := k.hold(seg, n["both"], all, quality.OrAll(c.Bounds), text, faults)
		f.Details = []quality.Detail{
			quality.CountDetail("unexpected_keys", n["unexpected"]),
			quality.CountDetail("null_rows", ourNulls(n)),
		}
		return f
	})
	return append(out, k.undated(s, m)...)
}
