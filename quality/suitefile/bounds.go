package suitefile

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// comparison is a bound that shares and counts have in common.
type comparison struct {
	name, doc string
	bound     func(quality.Limit) quality.Bound
}

var (
	demands = []comparison{
		{"at_least", "Not less than this.", quality.AtLeast},
		{"more_than", "More than this.", quality.MoreThan},
	}
	caps = []comparison{
		{"at_most", "Not more than this.", quality.AtMost},
		{"less_than", "Less than this.", quality.LessThan},
	}
	comparisons = slices.Concat(demands, caps)
)

// ShareBounds are the keys of bounds on a share: at_least, more_than, at_most,
// less_than, and allow for a number of bad rows.
func ShareBounds(into *[]quality.Bound) []form.Key {
	var allowed int64
	return append(sharesOf(comparisons, into), boundKey("allow", "So many bad rows in each segment.", form.Count(&allowed), into, func() quality.Bound { return quality.Allow(allowed) }))
}

// FewBounds are the keys of bounds on how large a share may be.
func FewBounds(into *[]quality.Bound) []form.Key { return sharesOf(caps, into) }

func sharesOf(of []comparison, into *[]quality.Bound) []form.Key {
	var keys []form.Key
	for _, c := range of {
		var limit quality.Limit
		keys = append(keys, boundKey(c.name, c.doc+" A share: 95% or 19/20.", Share(&limit), into, func() quality.Bound { return c.bound(limit) }))
	}
	return keys
}

// NumberBounds are the keys of bounds on a number, a DATE or a time: between two of them,
// both included, at_least, more_than, at_most, less_than.
func NumberBounds(into *[]quality.Bound) []form.Key {
	keys := []form.Key{between("Two numbers, days or times that it lies between, both included.", "two numbers such as [80, 120]", limit, into)}
	for _, c := range comparisons {
		var at quality.Limit
		keys = append(keys, boundKey(c.name, c.doc+" A number; a day of a DATE; a time of a TIMESTAMP, with a zone, or of a DATETIME.", limit(&at), into, func() quality.Bound { return c.bound(at) }))
	}
	return keys
}

// between is the key of a bound that has two ends.
func between(doc, expected string, end func(*quality.Limit) form.Form, into *[]quality.Bound) form.Key {
	var low, high quality.Limit
	ends := form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "array", Items: end(&low).Schema(), MinItems: jsonschema.Ptr(2), MaxItems: jsonschema.Ptr(2)}
		},
		Read: func(n form.Node) {
			items := n.Items()
			if len(items) != 2 {
				n.FailExpecting(expected, "")
				return
			}
			end(&low).Read(items[0])
			end(&high).Read(items[1])
		},
	}
	return boundKey("between", doc, ends, into, func() quality.Bound { return quality.Between(low, high) })
}

// moment is a time as JSON Schema sees it.
const moment = `^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}`

// limit is a number, a day or a time.
func limit(into *quality.Limit) form.Form {
	var number *big.Rat
	var day civil.Date
	exact, date := form.Number(&number), form.Date(&day)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{exact.Schema(), date.Schema(), {Type: "string", Pattern: moment}}}
		},
		Read: func(n form.Node) {
			text, ok := n.Written("a number, a day or a time")
			if !ok {
				return
			}
			for _, t := range []expr.Type{expr.Date, expr.DateTime, expr.Timestamp} {
				v, err := expr.ParseValue(t, text)
				if err != nil {
					continue
				}
				switch at := v.Go().(type) {
				case civil.Date:
					*into = quality.Day(at)
				case time.Time:
					*into = quality.Timestamp(at)
				case civil.DateTime:
					*into = quality.DateTime(at)
				}
				return
			}
			if exact.Read(n); number != nil {
				*into = quality.Number(number)
			}
		},
	}
}

// CountBounds are the keys of bounds on a number of rows.
func CountBounds(into *[]quality.Bound) []form.Key {
	keys := []form.Key{between("Two numbers of rows that it lies between, both included.", "two whole numbers such as [19, 36]", count, into)}
	for _, c := range comparisons {
		var limit quality.Limit
		keys = append(keys, boundKey(c.name, c.doc+" A number of rows.", count(&limit), into, func() quality.Bound { return c.bound(limit) }))
	}
	return keys
}

// count is a number of rows.
func count(into *quality.Limit) form.Form {
	var n int64
	whole := form.Count(&n)
	return form.Form{Schema: whole.Schema, Read: func(node form.Node) {
		whole.Read(node)
		*into = quality.Count(n)
	}}
}

// ChangeBound is the key of a bound on a change: ±10% of the baseline, or ±10 points.
func ChangeBound(into *[]quality.Bound) form.Key {
	var bound quality.Bound
	written := form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: `^\s*(±\s*)?[0-9]+(\.[0-9]+)?\s*(%|points?)\s*$`}
		},
		Read: func(n form.Node) {
			text, ok := n.Written("a change such as ±10% or ±10 points")
			if !ok {
				return
			}
			var err error
			if bound, err = quality.ParseChange(text); err != nil {
				n.Fail("%w", err)
			}
		},
	}
	return boundKey("change", "How far it may be off: ±10% of the baseline, or ±10 points, of a share in percent.", written, into, func() quality.Bound { return bound })
}

// RowBounds are those of CountBounds, which may also be shares of what was due by the
// suite's calendar.
func RowBounds(into *[]quality.Bound) []form.Key {
	keys := []form.Key{between("Two numbers of rows, or shares of what was due, that it lies between, both included.", "two numbers such as [19, 36]", rowLimit, into)}
	for _, c := range comparisons {
		var limit quality.Limit
		keys = append(keys, boundKey(c.name, c.doc+" A number of rows, or 90% of due: a share of what was due by the calendar.", rowLimit(&limit), into, func() quality.Bound { return c.bound(limit) }))
	}
	return keys
}

// rowLimit is a number of rows, or a share of what was due.
func rowLimit(into *quality.Limit) form.Form {
	number := count(into)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{number.Schema(), {Type: "string", Pattern: ofDue.String()}}}
		},
		Read: func(node form.Node) {
			text, ok := node.Written("a whole number of 0 or more, or a share such as 90% of due")
			switch {
			case !ok:
			case !strings.HasSuffix(text, "due"):
				number.Read(node)
			default:
				limit, err := quality.ParseOfDue(text)
				if err != nil {
					node.Fail("%w", err)
				}
				*into = limit
			}
		},
	}
}

var ofDue = regexp.MustCompile(`^\s*[0-9.]+\s*(%|/\s*[0-9.]+)\s+of due\s*$`)

func boundKey(name, doc string, limit form.Form, into *[]quality.Bound, bound func() quality.Bound) form.Key {
	return form.Key{Name: name, Doc: doc, Form: form.Form{Schema: limit.Schema, Read: func(n form.Node) {
		before := n.Mistakes()
		if limit.Read(n); n.Mistakes() == before {
			*into = append(*into, bound())
		}
	}}}
}

var share = regexp.MustCompile(`^\s*[0-9.]+\s*(%|/\s*[0-9.]+\s*)$`)

// Share is a share of rows, 95% or 19/20. A bare number is none: 0.95 and 95 are
// each read both ways.
func Share(into *quality.Limit) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Pattern: share.String()} },
		Read: func(n form.Node) {
			const expected = "a share such as 95% or 19/20"
			text, ok := n.Written(expected)
			if !ok {
				return
			}
			limit, err := quality.ParseShare(text)
			switch {
			case err != nil:
				n.Fail("%w", err)
			case !share.MatchString(text):
				n.FailExpecting(expected, "")
			default:
				*into = limit
			}
		},
	}
}
