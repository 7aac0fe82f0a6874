package mutation

import (
	"encoding/json"
	"io"
)

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
	Kind     string   `json:"kind"`
	Fault    string   `json:"fault"`
	Rows     int64    `json:"rows"`
	Outcome  Outcome  `json:"outcome"`
	CaughtBy []string `json:"caught_by"`
	// Proposal is a position in proposals.
	Proposal *int   `json:"proposal"`
	Why      string `json:"why,omitempty"`
}

// JSON writes results for programs, with each fault.
func JSON(w io.Writer, results []*Result, _ bool) error {
	out := []jsonResult{}
	for _, r := range results {
		j := jsonResult{
			Suite: r.Suite, Table: r.Table, Rows: r.Rows, Seed: r.Seed, Caught: r.Count(Caught), Missed: r.Count(Missed),
			Unseen: r.Count(Unseen), Idle: r.Count(Idle), Faults: []jsonTrial{}, Proposals: append([]string{}, r.Checks...),
		}
		for _, t := range r.Trials {
			f := jsonTrial{Kind: t.Kind, Fault: t.Fault.String(), Rows: t.Rows, Outcome: t.Outcome, CaughtBy: append([]string{}, t.By...), Why: t.Why}
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
