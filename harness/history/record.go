package history

import (
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
)

// SchemaVersion is that of a Record. It grows when a field changes its meaning or goes
// away; fields may be added without that.
const SchemaVersion = 1

// The sorts of record.
const (
	OfFinding = "finding" // what a check came to in a segment
	OfTerm    = "term"    // what was measured for checks in a segment
)

// Record is one line of a store. What it has none of is null.
type Record struct {
	SchemaVersion int    `json:"schema_version" jsonschema:"the version of this contract"`
	Record        string `json:"record" jsonschema:"finding: what a check came to in a segment; term: what was measured for checks in a segment"`
	// A run has Records records, of which this is one: the first has Number 1.
	RunID   string `json:"run_id" jsonschema:"what tells the run from all others"`
	Number  int64  `json:"record_number" jsonschema:"which of the run's records it is, from 1"`
	Records int64  `json:"record_count" jsonschema:"how many records the run has"`

	At      time.Time  `json:"run_at" jsonschema:"the clock of the run"`
	ReadAt  *time.Time `json:"read_at" jsonschema:"the one instant that all tables were read at"`
	Engine  string     `json:"engine" jsonschema:"what measured: rows, emulator, bigquery"`
	Version *string    `json:"version" jsonschema:"of the program"`

	Suite  string  `json:"suite" jsonschema:"the suite's name"`
	Digest *string `json:"suite_digest" jsonschema:"sha256: and the SHA-256 of the file that the suite stands in"`
	// Variables tells runs of one file apart that looked at other things.
	Variables *string `json:"suite_variables" jsonschema:"what the variables of the suite stand for, as an object of JSON; null without any"`
	Table     string  `json:"table_name" jsonschema:"the table that the suite is on"`
	From      *string `json:"scope_from" jsonschema:"the first day of the suite, YYYY-MM-DD"`
	To        *string `json:"scope_to" jsonschema:"the last day of the suite, YYYY-MM-DD"`

	Segment string `json:"segment" jsonschema:"the value of the group-by columns, such as season=2023-24 team=BOS; empty without any"`

	// Of a finding.
	CheckID *string `json:"check_id" jsonschema:"the check's id"`
	Kind    *string `json:"kind" jsonschema:"the check's kind"`
	Subject *string `json:"subject" jsonschema:"the column, where the check has several"`
	Verdict *string `json:"verdict"`
	Reason  *string `json:"reason" jsonschema:"one line, with the numbers in it"`
	Bound   *string `json:"bound" jsonschema:"what was held against, such as at_least 0.95"`
	// The figure. Shares and counts are exact as integers.
	Unit        *string  `json:"unit" jsonschema:"what the figure is of: share, count, number, date, timestamp, datetime, age or distance; null where nothing could be observed"`
	Observed    *float64 `json:"observed" jsonschema:"the nearest float: a share as a fraction, an age in seconds, a date in days since 1970-01-01, a time in seconds since then"`
	Numerator   *int64   `json:"numerator" jsonschema:"of shares and counts"`
	Denominator *int64   `json:"denominator" jsonschema:"of shares; 0 where there was nothing to judge"`
	Text        *string  `json:"text" jsonschema:"the figure as reports write it"`

	// Of a term.
	Asked  *string `json:"asked" jsonschema:"which rows the term was asked of, in words that are the same whatever the suite's days are"`
	Term   *string `json:"term" jsonschema:"what was measured of them, such as count_if(usage IS NOT NULL)"`
	Rows   *int64  `json:"row_count" jsonschema:"how many rows it is over"`
	Type   *string `json:"value_type" jsonschema:"the type of the value"`
	Value  *string `json:"value" jsonschema:"the value as text, exact; null is NULL, or a value that is redacted"`
	Hidden *bool   `json:"redacted" jsonschema:"true: the value can show a column that is redacted, and is not kept"`
	Merges *bool   `json:"merges" jsonschema:"whether values over parts make that over the whole"`
}

// isFinding reports whether the record is one, with what each has.
func (r Record) isFinding() bool {
	return r.Record == OfFinding && r.CheckID != nil && r.Verdict != nil
}

// Schema is the JSON Schema of a line. It lets further fields be.
func Schema() (*jsonschema.Schema, error) {
	s, err := jsonschema.For[Record](nil)
	if err != nil {
		return nil, err
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "intact history, a line"
	s.AdditionalProperties = nil
	s.Properties["schema_version"].Enum = []any{SchemaVersion}
	s.Properties["record"].Enum = []any{OfFinding, OfTerm}
	s.Properties["verdict"].Enum = []any{nil}
	for v := quality.Pass; v <= quality.Fail; v++ {
		s.Properties["verdict"].Enum = append(s.Properties["verdict"].Enum, v.String())
	}
	return s, nil
}
