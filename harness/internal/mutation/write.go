package mutation

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Text writes the result for people: what is missed first, what catches the rest, and
// the checks to add.
func (r *Result) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %s: %s, broken with seed %d\n", r.Suite, r.Table, quality.Plural(int64(r.Rows), "row", "rows"), r.Seed)
	for _, o := range []Outcome{Missed, Unseen, Caught, Idle} {
		if r.Count(o) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s:\n", titles[o])
		for _, t := range r.Trials {
			if t.Outcome == o {
				fmt.Fprintf(&b, "  %s\n", t)
			}
		}
	}
	if len(r.Checks) > 0 {
		b.WriteString("\nChecks that would catch what is missed; each passes on the table as it is, and fails once it is broken:\n")
		for i, c := range r.Checks {
			fmt.Fprintf(&b, "\n  # %d\n  %s\n", i+1, strings.ReplaceAll(c, "\n", "\n  "))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.conclusion())
	_, err := io.WriteString(w, b.String())
	return err
}

var titles = map[Outcome]string{
	Missed: "Missed", Unseen: "Missed, and not to be seen from this table alone", Caught: "Caught", Idle: "Does not apply",
}

// String is the fault in a line, with what became of it.
func (t Trial) String() string {
	text := t.Fault.String()
	if t.Rows > 0 {
		text += " (" + quality.Plural(t.Rows, "row", "rows") + ")"
	}
	switch {
	case len(t.By) > 0:
		text += ": " + strings.Join(t.By, ", ")
	case t.Check >= 0:
		text += fmt.Sprintf(": check %d below", t.Check+1)
	case t.Why != "":
		text += ": " + t.Why
	}
	return text
}

// conclusion is the last line.
func (r *Result) conclusion() string {
	caught, missed := r.Count(Caught), r.Count(Missed)
	return fmt.Sprintf("%s of %s caught (%s); %s not to be seen from this table alone, %s not apply.",
		quality.Grouped(caught), quality.Plural(caught+missed, "fault", "faults"), quality.Share(caught, caught+missed),
		quality.Grouped(r.Count(Unseen)), quality.Grouped(r.Count(Idle)))
}

// jsonResult is the result as JSON.
type jsonResult struct {
	Suite     string      `json:"suite"`
	Table     string      `json:"table"`
	Rows      int         `json:"rows"`
	Seed      uint64      `json:"seed"`
	Caught    int64       `json:"caught"`
	Missed    int64       `json:"missed"`
	Unseen    int64       `json:"unseen"`
	Idle      int64       `json:"does_not_apply"`
	Faults    []jsonTrial `json:"faults"`
	Proposals []string    `json:"proposals"`
}

type jsonTrial struct {
	Fault    string   `json:"fault"`
	Rows     int64    `json:"rows"`
	Outcome  Outcome  `json:"outcome"`
	CaughtBy []string `json:"caught_by"`
	// Proposal is a position in proposals.
	Proposal *int   `json:"proposal"`
	Why      string `json:"why,omitempty"`
}

// JSON writes results for programs.
func JSON(w io.Writer, results []*Result) error {
	out := []jsonResult{}
	for _, r := range results {
		j := jsonResult{
			Suite: r.Suite, Table: r.Table, Rows: r.Rows, Seed: r.Seed, Caught: r.Count(Caught), Missed: r.Count(Missed),
			Unseen: r.Count(Unseen), Idle: r.Count(Idle), Faults: []jsonTrial{}, Proposals: append([]string{}, r.Checks...),
		}
		for _, t := range r.Trials {
			f := jsonTrial{Fault: t.Fault.String(), Rows: t.Rows, Outcome: t.Outcome, CaughtBy: append([]string{}, t.By...), Why: t.Why}
			if t.Check >= 0 {
				f.Proposal = &t.Check
			}
			j.Faults = append(j.Faults, f)
		}
		out = append(out, j)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"schema_version": 1, "suites": out})
}
