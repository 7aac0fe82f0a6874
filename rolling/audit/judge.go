package audit

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// relation is the judged rows, with what their stored values are.
func (c Stored) relation(s quality.Scope) quality.Relation {
	return quality.Derived(c.derivation(s)).Filter(s.Rows).Filter(s.Where)
}

// tally counts the values of a stored column by class.
type tally struct{ column, at string }

// tallied is what a tally reads as.
type tallied struct {
	of    map[Class]int64
	told  int64      // of how many values it can be told whether they are a leak
	since expr.Value // the time of the first one that is
}

// Terms count the classes.
func (t tally) Terms() []quality.Term {
	class := expr.Col(classColumn(t.column))
	var out []quality.Term
	for _, c := range Classes() {
		out = append(out, quality.CountWhere(class.Eq(int64(c))))
	}
	return append(out, quality.CountWhere(expr.Col(toldColumn(t.column))), quality.MinOf(expr.If(class.Eq(int64(Leak)), expr.Col(t.at), nil)))
}

// Read names them.
func (t tally) Read(rows int64, values []expr.Value) (any, error) {
	out := tallied{of: map[Class]int64{}, since: values[len(values)-1]}
	var sum int64
	for i, c := range Classes() {
		n, ok := values[i].Go().(int64)
		if !ok {
			return nil, fmt.Errorf("the values that are %s were counted as %s", c, values[i].SQL())
		}
		out.of[c] = n
		sum += n
	}
	out.told, _ = values[len(values)-2].Go().(int64)
	if sum != rows {
		return nil, fmt.Errorf("the counts contradict each other: of %d rows %d are of a class", rows, sum)
	}
	return out, nil
}

func (c Stored) tally(s quality.Scope, column int) quality.Request {
	return quality.Request{Of: c.relation(s), Metric: tally{c.Columns[column].Name, c.Keys.At}}
}

// matched asks how many rows are of entities that are known.
func (c Stored) matched(s quality.Scope) quality.Request {
	return quality.Request{Of: c.relation(s), Metric: quality.Tally{Of: expr.Col(matchedColumn)}}
}

// listed asks of how many rows' entities the keys that were due let a hole be seen.
func (c Stored) listed(s quality.Scope) quality.Request {
	return quality.Request{Of: c.relation(s), Metric: quality.Tally{Of: expr.Col(dueColumn)}}
}

// Requests begins with the table's rows, which are judged whatever they hold.
func (c Stored) Requests(s quality.Scope) ([]quality.Request, error) {
	d := c.derivation(s)
	schemas := []expr.Schema{s.Schema}
	if _, err := d.Schema(schemas); err != nil {
		return nil, err
	}
	for _, name := range c.key() {
		if _, err := s.Schema.Field(name); err != nil {
			return nil, err
		}
	}
	out := []quality.Request{s.Population(), c.matched(s)}
	if c.expects() {
		out = append(out, c.listed(s))
	}
	for i := range c.Columns {
		out = append(out, c.tally(s, i))
		if c.shows(s) {
			out = append(out, c.example(s, i))
		}
	}
	return out, nil
}

// Judge holds the shares of each column that are right, and a leak, against the bounds.
func (c Stored) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for i := range c.Columns {
		counts, example := c.tally(s, i), c.example(s, i)
		out = append(out, quality.EachSegment(m, counts, func(seg quality.Segment, n tallied) quality.Finding { return c.right(s, i, seg, n) })...)
		for seg := range m.Segments() {
			n, err := quality.Get[tallied](m, counts, seg)
			if err != nil || n.told == 0 {
				continue
			}
			f := c.leaks(i, seg, n)
			if n.of[Leak] > 0 && c.shows(s) {
				f.Reason += fmt.Sprintf(", since %s%s", n.since, exampleText(m, example, seg))
			}
			out = append(out, f)
		}
	}
	if c.expects() {
		listed := c.listed(s)
		for seg := range m.Segments() {
			if n, err := quality.Get[quality.Counts](m, listed, seg); err == nil && n.True == 0 && n.False > 0 {
				out = append(out, quality.Finding{Segment: seg, Subject: c.entity(), Verdict: quality.Unknown, Reason: fmt.Sprintf(
					"of the %s of %s no key of %s owes and meets a row, so no hole can be seen: is it of another time, or written otherwise?", c.entity(), quality.Plural(n.False, "row", "rows"), c.Expected)})
			}
		}
	}
	return append(out, quality.EachSegment(m, c.matched(s), func(seg quality.Segment, n quality.Counts) quality.Finding {
		return c.matching(seg, n)
	})...)
}

// right is the share of the values, stored or due, that are right.
func (c Stored) right(s quality.Scope, column int, seg quality.Segment, n tallied) quality.Finding {
	bounds := quality.OrAll(c.Bounds)
	name := c.Columns[column].Name
	judged := int64(0)
	var told []string
	var details []quality.Detail
	for _, class := range Classes() {
		if of := n.of[class]; class != RightlyNull && (class != Unkeyed || !s.NullsOK) {
			judged += of
			if of > 0 && class != Right {
				told = append(told, fmt.Sprintf("%s %s", quality.Grouped(of), class))
			}
		}
		if class != Right {
			details = append(details, quality.CountDetail(class.detail(), n.of[class]))
		}
	}
	f := quality.Finding{Verdict: quality.Unknown, Bounds: bounds, Observed: quality.ObservedShare(0, 0), Segment: seg,
		Reason: fmt.Sprintf("nothing to judge: no value of %s is stored or due (%s rightly NULL)", name, quality.Grouped(n.of[RightlyNull]))}
	if judged > 0 {
		text := fmt.Sprintf("%s of %s of %s, stored or due, %s right (%s)", quality.Grouped(n.of[Right]), quality.Plural(judged, "value", "values"), name,
			are(n.of[Right]), quality.Share(n.of[Right], judged, bounds...))
		f = quality.Hold(seg, quality.ObservedShare(n.of[Right], judged).Of("value"), bounds, text)
		if len(told) > 0 {
			f.Reason += ": " + strings.Join(told, ", ")
		}
		if null := n.of[RightlyNull]; null > 0 {
			f.Reason += fmt.Sprintf(", beside %s rightly NULL", quality.Grouped(null))
		}
	}
	f.Subject, f.Details = name, details
	return f
}

func are(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func equal(n int64) string {
	if n == 1 {
		return "equals"
	}
	return "equal"
}

// leaks is the share of the values that equal the window which includes their own time.
func (c Stored) leaks(column int, seg quality.Segment, n tallied) quality.Finding {
	name, bounds := c.Columns[column].Name, c.leak()
	text := fmt.Sprintf("%s of %s of %s that tell the two apart %s the window that includes their own time, a leak (%s)",
		quality.Grouped(n.of[Leak]), quality.Plural(n.told, "value", "values"), name, equal(n.of[Leak]), quality.Share(n.of[Leak], n.told, bounds...))
	f := quality.Hold(seg, quality.ObservedShare(n.of[Leak], n.told).Of("value"), bounds, text)
	f.Subject = leakOf(name)
	return f
}

// leakOf is what findings of its leaks are about.
func leakOf(column string) string { return column + " leak" }

// matching is the share of the rows whose entity is known.
func (c Stored) matching(seg quality.Segment, n quality.Counts) quality.Finding {
	bounds := quality.OrAll(c.Matched)
	known := n.True + n.False
	if known == 0 {
		return quality.Finding{Segment: seg, Subject: c.entity(), Verdict: quality.Unknown, Bounds: bounds, Observed: quality.ObservedShare(0, 0),
			Reason: fmt.Sprintf("nothing to judge: %s lacks a part of its key in all %s", strings.Join(c.key(), ", "), quality.Plural(n.Null, "row", "rows"))}
	}
	text := fmt.Sprintf("%s of %s %s in what the windows are over (%s)", quality.Grouped(n.True), quality.Plural(known, "row", "rows"),
		"have a "+c.entity()+" that is", quality.Share(n.True, known, bounds...))
	f := quality.Hold(seg, quality.ObservedShare(n.True, known), bounds, text)
	f.Subject, f.Details = c.entity(), []quality.Detail{quality.CountDetail("unkeyed_rows", n.Null)}
	return f
}

func (c Stored) entity() string { return strings.Join(c.Keys.Entity, ", ") }

// shows reports whether values of rows may be printed.
func (c Stored) shows(s quality.Scope) bool { return !s.Redacts() }
