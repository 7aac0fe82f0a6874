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

// Verdict is the worst of a table's suites; of none it is unknown.
func (r *Ready) Verdict(n Need) quality.Verdict {
	worst := quality.Verdict(0)
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
	return max(worst, quality.Pass*quality.Verdict(min(1, len(n.Suites))))
}

// Write writes it as a table or as JSON.
func (r *Ready) Write(w io.Writer, output string, o TableOptions) error {
	if output == "json" {
		return r.json(w)
	}
	var b strings.Builder
	for _, n := range r.Needs {
		v := r.Verdict(n)
		fmt.Fprintf(&b, "%s %s, %s: %s\n", o.colored(v, v.String()), n.Table, n.dates(), n.why())
	}
	if r.Report != nil {
		b.WriteByte('\n')
		if err := Table(&b, r.Report, o); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
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

func (n Need) why() string {
	if len(n.Suites) == 0 {
		return "no suite says whether it is whole: name one in the file of tables (suites), or give it"
	}
	var words []string
	for _, e := range n.Edges {
		words = append(words, e.Words())
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
