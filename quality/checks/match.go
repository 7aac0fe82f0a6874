package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Match claims that a join would find the table's keys in another one. The share is of
// distinct keys without a NULL part; rows, NULL keys, the most rows that one key finds
// and how many of the rows that find one are populated stand beside it. A table that has
// no key is none that a low share can be told by: unknown.
type Match struct {
	// Columns are the key, by the names of the suite's table.
	Columns []string
	// Of is the other table, which may be the suite's own under other columns.
	Of Against
	// Bounds on the share of the table's keys. Defaults to AtLeast(Percent(100)).
	Bounds []quality.Bound
	// Fanout is how many rows of the other table a key may find; 0 is any number.
	Fanout int64
	// Populated is a column of the suite's table whose populated share is told of the
	// rows that find a match, "" for none.
	Populated string
}

func (c Match) keys() keys {
	k := keys{columns: c.Columns, of: c.Of, judged: ours, beside: figures{
		quality.SumOf(expr.Col(ourRows)).Named("rows"),
		quality.MaxOf(expr.If(here, expr.Col(theirRows), nil)).Named("fanout"),
	}}
	if c.Populated != "" {
		k.terms = []quality.NamedTerm{quality.CountWhere(expr.Col(c.Populated).Populated()).Named(populatedRows)}
		k.beside = append(k.beside, summed(ourRows, there).Named("matched rows"), summed(populatedRows, there).Named("populated"))
	}
	return k
}

// Validate reports what is wrong without looking at data.
func (c Match) Validate() error { return c.keys().validate(c.Bounds) }

// Describe names the key and the other table.
func (c Match) Describe() quality.Description {
	d := c.keys().describe("match", "matches", c.Bounds)
	if c.Fanout > 0 {
		d.Claim += fmt.Sprintf(", fanout %s", quality.Grouped(c.Fanout))
	}
	return d
}

// Others is the other table. A column that is mapped to itself in the same rows would
// match whatever they are.
func (c Match) Others() []quality.Other { return c.Of.others(c.Columns, c.Of.plain(c.Columns)) }

// Requests counts the keys.
func (c Match) Requests(s quality.Scope) ([]quality.Request, error) { return c.keys().requests(s) }

// Judge holds the share of keys that match against the bounds.
func (c Match) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	k := c.keys()
	_, rest := k.asks(s)
	beside, err := quality.Get[counts](m, rest, quality.Segment{})
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	found := beside["missing"] // keys of the other table
	out := k.judge(s, m, func(seg quality.Segment, n counts) quality.Finding {
		found += n["both"]
		all := n["both"] + n["unexpected"]
		text := fmt.Sprintf("%s of %s in %s", quality.Grouped(n["both"]), quality.Plural(all, "key is", "keys are"), c.Of.Table)
		faults := k.untranslated(n)
		if c.Fanout > 0 && n["fanout"] > c.Fanout {
			faults = append(faults, fault{n["fanout"], "row of one key", fmt.Sprintf("rows of one key, not fanout %s", quality.Grouped(c.Fanout))})
		}
		f := k.hold(seg, n["both"], all, quality.OrAll(c.Bounds), text, faults)
		f.Details = []quality.Detail{
			quality.CountDetail("rows", n["rows"]),
			quality.CountDetail("null_rows", ourNulls(n)),
			quality.CountDetail("fanout", n["fanout"]),
		}
		if c.Populated != "" {
			f.Details = append(f.Details, quality.Detail{Name: "populated", Value: *quality.ObservedShare(n["populated"], n["matched rows"])})
		}
		return f
	})
	for i := range out {
		if found == 0 && out[i].Verdict == quality.Pass { // at_most, of a table that is empty or not the one that was meant
			out[i].Verdict, out[i].Reason = quality.Unknown, fmt.Sprintf("nothing to judge: no row of %s that was looked at has a whole key", c.Of.Table)
		}
	}
	return out
}
