package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/lineage"
)

// Ready is whether what a table's rows of a date are made from is whole.
type Ready struct {
	Table string
	Date  civil.Date
	Needs []Need
	// Report is of the suites on them, nil where there is none.
	Report *quality.Report
}

// Need is dates of a table, and the suites that say whether they are whole.
type Need struct {
	lineage.Need
	Suites []string
}

// Verdict is the worst of a table's suites; of none it is unknown, and so it is where
// those that pass have seen no row.
func (r *Ready) Verdict(n Need) quality.Verdict {
	worst := quality.Pass
	for _, s := range n.Suites {
		at := -1
		if r.Report != nil {
			at = slices.IndexFunc(r.Report.Suites, func(o quality.SuiteReport) bool { return o.Suite == s })
		}
		if at < 0 {
			return quality.Unknown
		}
		worst = max(worst, r.Report.Suites[at].Verdict)
	}
	if !worst.Blocks() && !r.seen(n) {
		return quality.Unknown
	}
	return worst
}

// seen reports whether one of a table's suites has judged rows, or by a calendar that none
// were due.
func (r *Ready) seen(n Need) bool {
	return r.Report != nil && slices.ContainsFunc(r.Report.Suites, func(s quality.SuiteReport) bool {
		return slices.Contains(n.Suites, s.Suite) && (someRows(s.Scope.WhereCounts) || slices.ContainsFunc(s.Checks, seenBy))
	})
}

// seenBy reports whether a check cannot be what it is of an empty table: a schema can, and
// so can a number of rows that is 0 and was held against no calendar.
func seenBy(c quality.CheckReport) bool {
	switch c.Kind {
	case "schema":
		return false
	case "rows", "distinct":
		return someRows(c.WhereCounts) || slices.ContainsFunc(c.Findings, func(f quality.Finding) bool {
			return f.Observed == nil || f.Observed.Unit != quality.UnitCount || f.Observed.Numerator > 0 || slices.ContainsFunc(f.Bounds, quality.Bound.OfDue)
		})
	}
	return true
}

func someRows(n *quality.FilterCounts) bool { return n != nil && n.True+n.False+n.Null > 0 }

// Write writes it as a table or as JSON.
func (r *Ready) Write(w io.Writer, output string, o Options) error {
	if output == "json" {
		return r.json(w)
	}
	var b strings.Builder
	for _, n := range r.Needs {
		v := r.Verdict(n)
		fmt.Fprintf(&b, "%s %s, %s: %s\n", o.colored(v, v.String()), n.Table, n.dates(), r.why(n))
	}
	if r.Report != nil {
		b.WriteByte('\n')
		if err := Table(&b, r.Report, o); err != nil {
			return err
		}
	}
	b.WriteString(r.last(o))
	_, err := io.WriteString(w, b.String())
	return err
}

// last is the line that says what it came to: the suites' own verdict is not all of it.
func (r *Ready) last(o Options) string {
	var not []string
	for _, n := range r.Needs {
		if v := r.Verdict(n); o.blocks(v) {
			not = append(not, n.Table+": "+v.String())
		}
	}
	if len(not) == 0 {
		return fmt.Sprintf("READY: %s of %s can be built.\n", r.Table, r.Date)
	}
	return fmt.Sprintf("NOT READY: %s of %s (%s)\n", r.Table, r.Date, strings.Join(not, ", "))
}

func (n Need) dates() string {
	switch {
	case !n.From.IsValid():
		return "all dates to " + n.To.String()
	case n.From == n.To:
		return n.To.String()
	}
	return n.From.String() + " to " + n.To.String()
}

func (r *Ready) why(n Need) string {
	if len(n.Suites) == 0 {
		return "no suite says whether it is whole: name one in the file of tables (suites), or give it"
	}
	if r.Verdict(n) == quality.Unknown && !r.seen(n) {
		return "its suites have seen no row, and no calendar says that none was due"
	}
	var words []string
	for _, e := range n.Edges {
		if e.To == r.Table {
			words = append(words, e.Words())
		} else {
			words = append(words, e.To+" is made from it, "+e.Words())
		}
	}
	return strings.Join(words, "; ")
}

type jsonNeed struct {
	Table   string   `json:"table"`
	From    *string  `json:"from"`
	To      string   `json:"to"`
	Suites  []string `json:"suites"`
	Verdict string   `json:"verdict"`
}

func (r *Ready) json(w io.Writer) error {
	needs := []jsonNeed{}
	worst := quality.Pass
	for _, n := range r.Needs {
		v := r.Verdict(n)
		one := jsonNeed{Table: n.Table, To: n.To.String(), Suites: append([]string{}, n.Suites...), Verdict: v.String()}
		if n.From.IsValid() {
			one.From = new(n.From.String())
		}
		worst = max(worst, v)
		needs = append(needs, one)
	}
	out := map[string]any{"table": r.Table, "date": r.Date.String(), "verdict": worst.String(), "needs": needs}
	if r.Report != nil {
		var b bytes.Buffer
		if err := JSON(&b, r.Report); err != nil {
			return err
		}
		out["report"] = json.RawMessage(b.Bytes())
	}
	return indented(w, out)
}
