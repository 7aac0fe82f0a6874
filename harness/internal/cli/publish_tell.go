package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/publish"
)

// tellPublished writes what became of a publication.
func (p Process) tellPublished(r *publish.Report, failed error, output string) error {
	all := publishedChecks(r)
	if all != nil {
		all.Version = p.Version
	}
	if output == "json" {
		return p.publishedJSON(r, all)
	}
	if all != nil && r.Verdict != quality.Pass {
		shown := slices.DeleteFunc(slices.Clone(all.Suites), func(s quality.SuiteReport) bool { return s.Verdict == quality.Pass })
		if n := int64(len(all.Suites) - len(shown)); n > 0 {
			fmt.Fprintf(p.Stdout, "%s that pass are not shown.\n\n", quality.Plural(n, "suite of guards or checks", "suites of guards or checks"))
		}
		all.Suites = shown
		if err := p.write(all, report.Options{Color: p.Terminal}, report.Table); err != nil {
			return err
		}
	}
	if failed != nil {
		return nil
	}
	_, err := fmt.Fprint(p.Stdout, publishedText(r))
	return err
}

// publishedChecks is the guards and suites as one report, nil where none was run.
func publishedChecks(r *publish.Report) *quality.Report {
	if len(r.Runs) == 0 {
		return nil
	}
	out := *r.Runs[len(r.Runs)-1]
	out.Suites, out.Verdict = nil, r.Verdict
	for _, run := range r.Runs {
		out.Suites = append(out.Suites, run.Suites...)
	}
	return &out
}

func publishedText(r *publish.Report) string {
	days := r.From.String()
	if r.To != r.From {
		days += " to " + r.To.String()
	}
	of := fmt.Sprintf("%s, %s", r.Table, days)
	aside, verb := "", "set aside"
	if !r.Published { // they are kept only with what is
		verb = "to be set aside"
	}
	for _, s := range r.SetAside {
		if s.Rows > 0 {
			aside += fmt.Sprintf("%s by %s: %s of %s\n", verb, s.ID, quality.Grouped(s.Rows), quality.Plural(r.Read, "row", "rows"))
		}
	}
	switch {
	case r.Already:
		return fmt.Sprintf("ALREADY PUBLISHED: %s: the run %q had put its rows there, and nothing is done.\n", of, r.Run)
	case r.Published:
		return aside + fmt.Sprintf("PUBLISHED: %s: %s in the place of %s (%s read, %s set aside).\n", of,
			quality.Plural(r.Sent, "row", "rows"), quality.Grouped(r.Replaced), quality.Grouped(r.Read), quality.Grouped(r.Aside))
	}
	if r.Reason == "" { // it was not tried
		return aside + fmt.Sprintf("NOT PUBLISHED, as nothing is written: %s: %s the guards that need no table.\n", of, quality.Plural(r.Sent, "row passes", "rows pass"))
	}
	return aside + fmt.Sprintf("NOT PUBLISHED: %s is as it was: %s\n", of, r.Reason)
}

// publishedReport is what -o json prints.
type publishedReport struct {
	Verdict   string          `json:"verdict"`
	Published bool            `json:"published"`
	Already   bool            `json:"already"`
	Reason    string          `json:"reason,omitempty"`
	Table     string          `json:"table"`
	From      string          `json:"from"`
	To        string          `json:"to"`
	Run       string          `json:"run"`
	Token     int64           `json:"token,omitempty"`
	Read      int64           `json:"rows_read"`
	Aside     int64           `json:"rows_set_aside"`
	Sent      int64           `json:"rows_sent"`
	Replaced  int64           `json:"rows_replaced"`
	SetAside  []asideReport   `json:"set_aside,omitempty"`
	Report    json.RawMessage `json:"report,omitempty"`
}

type asideReport struct {
	Suite string `json:"suite"`
	ID    string `json:"id"`
	Rows  int64  `json:"rows"`
	Bound string `json:"bound"`
	Holds bool   `json:"holds"`
}

func (p Process) publishedJSON(r *publish.Report, all *quality.Report) error {
	out := publishedReport{
		Verdict: r.Verdict.String(), Published: r.Published, Already: r.Already, Reason: r.Reason, Table: r.Table,
		From: r.From.String(), To: r.To.String(), Run: r.Run, Token: r.Token,
		Read: r.Read, Aside: r.Aside, Sent: r.Sent, Replaced: r.Replaced,
	}
	for _, s := range r.SetAside {
		out.SetAside = append(out.SetAside, asideReport{s.Suite, s.ID, s.Rows, s.Bound.String(), s.Holds})
	}
	if all != nil {
		var text bytes.Buffer
		if err := report.JSON(&text, all); err != nil {
			return evaluationError{err}
		}
		out.Report = text.Bytes()
	}
	e := json.NewEncoder(p.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
