package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// Cover claims that the suite's table has a row for each key that is due by another
// table. A key that is due and has a NULL part is not covered either, unless
// Against.NullsOK sets it aside. Segments are those of the keys that are due.
type Cover struct {
	// Columns are the key, by the names of the suite's table.
	Columns []string
	// Of is the oracle: it may not be made from the suite's own table.
	Of Against
	// Bounds on the share of the due keys. Defaults to AtLeast(Percent(100)).
	Bounds []quality.Bound
}

func (c Cover) keys() keys { return keys{columns: c.Columns, of: c.Of, judged: theirs, due: true} }

// Validate reports what is wrong without looking at data.
func (c Cover) Validate() error { return c.keys().validate(c.Bounds) }

// Describe names the key and the oracle.
func (c Cover) Describe() quality.Description {
	d := c.keys().describe("cover", "covers", c.Bounds)
	d.Judges = "due key"
	return d
}

// Key is the columns.
func (c Cover) Key() []string { return c.Columns }

// Others is the oracle.
func (c Cover) Others() []quality.Other { return c.Of.others(c.Columns, true) }

// Requests counts the keys.
func (c Cover) Requests(s quality.Scope) ([]quality.Request, error) { return c.keys().requests(s) }

// Judge holds the share of due keys that have a row against the bounds.
func (c Cover) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	k := c.keys()
	return k.judge(s, m, func(seg quality.Segment, n counts) quality.Finding {
		due := n["both"] + n["missing"]
		text := fmt.Sprintf("%s of %s %s", quality.Grouped(n["both"]), quality.Plural(due, "due key has", "due keys have"), s.Rowed())
		faults := append(nulls(n["their nulls"], c.Of.Table, c.Of.NullsOK), k.untranslated(n)...)
		f := k.hold(seg, n["both"], due, quality.OrAll(c.Bounds), text, faults)
		f.Details = []quality.Detail{
			quality.CountDetail("missing_keys", n["missing"]),
			quality.CountDetail("null_due_rows", n["their nulls"]),
		}
		if len(s.By) == 0 { // else they are in no segment
			f.Details = append(f.Details, quality.CountDetail("keys_not_due", n["unexpected"]), quality.CountDetail("null_rows", ourNulls(n)))
		}
		return f
	})
}
