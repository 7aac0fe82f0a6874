package report

import (
	"encoding/json"
	"io"
	"time"

	"github.com/intactdata/intact/harness/history"
)

// HistorySchemaVersion is that of the JSON of a history.
const HistorySchemaVersion = 1

type jsonHistory struct {
	SchemaVersion int          `json:"schema_version"`
	Series        []jsonSeries `json:"series"`
	Changes       []jsonChange `json:"changes"`
}

type jsonOf struct {
	Suite   string  `json:"suite"`
	Check   string  `json:"check_id"`
	Segment string  `json:"segment"`
	Subject *string `json:"subject"`
}

type jsonSeries struct {
	jsonOf
	Runs []history.Record `json:"runs"` // findings
}

type jsonChange struct {
	jsonOf
	RunID  string    `json:"run_id"`
	At     time.Time `json:"run_at"`
	From   string    `json:"from"`
	To     string    `json:"to"`
	Reason *string   `json:"reason"`
}

// HistoryJSON writes series as one indented JSON document: the findings of each, as they
// are kept, and the verdicts that changed.
func HistoryJSON(w io.Writer, series []history.Series) error {
	out := jsonHistory{SchemaVersion: HistorySchemaVersion, Series: []jsonSeries{}, Changes: []jsonChange{}}
	of := func(o history.Of) jsonOf { return jsonOf{o.Suite, o.ID, o.Segment, known(o.Subject)} }
	for _, s := range series {
		out.Series = append(out.Series, jsonSeries{of(s.Of), s.Points})
	}
	for _, c := range history.Changes(series) {
		out.Changes = append(out.Changes, jsonChange{of(c.Of), c.To.RunID, c.To.At, c.From, *c.To.Verdict, c.To.Reason})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
