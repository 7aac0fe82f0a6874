package report

import (
	"encoding/json"
	"io"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// SchemaVersion is that of the JSON report.
const SchemaVersion = 2

type jsonReport struct {
	SchemaVersion int       `json:"schema_version"`
	At            time.Time `json:"at"`
	Engine        string    `json:"engine"`
	Version       *string   `json:"version"`
	// Queries are those of all suites, and what they read and are billed for.
	Queries      int    `json:"queries"`
	BytesScanned *int64 `json:"bytes_scanned"`
	BytesBilled  *int64 `json:"bytes_billed"`
	Verdict      string `json:"verdict"`
	// Reason is why there is more to the verdict than that of the suites.
	Reason string      `json:"reason,omitempty"`
	Suites []jsonSuite `json:"suites"`
}

type jsonSuite struct {
	Suite        string      `json:"suite"`
	Table        string      `json:"table"`
	Owner        string      `json:"owner"`
	Scope        jsonScope   `json:"scope"`
	Verdict      string      `json:"verdict"`
	Queries      int         `json:"queries"`
	BytesScanned *int64      `json:"bytes_scanned"`
	Warnings     []string    `json:"warnings,omitempty"`
	Checks       []jsonCheck `json:"checks"`
}

type jsonScope struct {
	Date        *string     `json:"date"`
	From        *string     `json:"from"`
	To          *string     `json:"to"`
	Zone        string      `json:"zone"`
	Where       *string     `json:"where"`
	WhereCounts *jsonCounts `json:"where_counts"`
}

type jsonCheck struct {
	ID          string        `json:"id"`
	Kind        string        `json:"kind"`
	Columns     []string      `json:"columns"`
	Claim       string        `json:"claim"`
	Where       *string       `json:"where"`
	WhereCounts *jsonCounts   `json:"where_counts"`
	Verdict     string        `json:"verdict"`
	Reason      string        `json:"reason"`
	Segments    []jsonSegment `json:"segments"`
	// Waiver is what the check's waiver came to; there is none without one.
	Waiver *jsonWaiver `json:"waiver,omitempty"`
}

type jsonWaiver struct {
	Owner   string `json:"owner"`
	Reason  string `json:"reason"`
	Until   string `json:"until"`
	Expired bool   `json:"expired"`
	// Waives is how many findings it lets through; where that is 0 and it meets
	// nothing it can be taken out.
	Waives       int  `json:"waives"`
	MeetsNothing bool `json:"meets_nothing"`
	// Unmet are those of its segments in which nothing fails.
	Unmet []map[string]any `json:"unmet"`
}

type jsonCounts struct {
	True  int64 `json:"true"`
	False int64 `json:"false"`
	Null  int64 `json:"null"`
	// NaN is how many of all those rows rest on a NaN.
	NaN int64 `json:"nan"`
}

type jsonSegment struct {
	Segment map[string]any `json:"segment"`
	Subject *string        `json:"subject"`
	Verdict string         `json:"verdict"`
	Reason  string         `json:"reason"`
	jsonObserved
	Bound   string                  `json:"bound"`
	Details map[string]jsonObserved `json:"details,omitempty"`
	// RowsAtFault are some of the rows that a failure is due to.
	RowsAtFault []jsonAtFault `json:"rows_at_fault,omitempty"`
	// Explain is the query of all of them, where it was asked for.
	Explain string `json:"explain,omitempty"`
}

// jsonAtFault is rows at fault of one sort.
type jsonAtFault struct {
	Name     *string   `json:"name"`
	Columns  []string  `json:"columns"`
	Redacted []string  `json:"redacted"`
	Of       *int64    `json:"of"`
	Rows     []jsonRow `json:"rows"`
}

type jsonRow struct {
	Values []any   `json:"values"`
	Times  *int64  `json:"times"`
	File   *string `json:"file"`
	Line   *int64  `json:"line"`
}

// jsonObserved is what was observed, null throughout where nothing could be.
type jsonObserved struct {
	Unit        *string  `json:"unit"`
	Observed    *float64 `json:"observed"`
	Numerator   *int64   `json:"numerator"`
	Denominator *int64   `json:"denominator"`
	Text        *string  `json:"text"`
}

// JSON writes the report as one indented JSON document.
func JSON(w io.Writer, r *quality.Report) error { return JSONBecause(w, r, "") }

// JSONBecause is JSON of a report that has no suites, or whose verdict is worse than that
// of its suites, and why that is.
func JSONBecause(w io.Writer, r *quality.Report, reason string) error {
	out := jsonReport{
		SchemaVersion: SchemaVersion, At: r.At.UTC(), Engine: r.Engine, Version: known(r.Version),
		Queries: r.Queries, BytesScanned: r.BytesScanned, BytesBilled: r.BytesBilled,
		Verdict: r.Verdict.String(), Reason: reason, Suites: []jsonSuite{},
	}
	for _, s := range r.Suites {
		suite := jsonSuite{
			Suite: s.Suite, Table: s.Table, Owner: s.Owner, Scope: scopeOf(s.Scope), Verdict: s.Verdict.String(),
			Queries: s.Queries, BytesScanned: s.BytesScanned, Warnings: s.Warnings, Checks: []jsonCheck{},
		}
		for _, c := range s.Checks {
			suite.Checks = append(suite.Checks, checkOf(c))
		}
		out.Suites = append(out.Suites, suite)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func checkOf(c quality.CheckReport) jsonCheck {
	out := jsonCheck{
		ID: c.ID, Kind: c.Kind, Columns: append([]string{}, c.Columns...), Claim: c.Claim,
		Verdict: c.Verdict.String(), Reason: c.Reason, Segments: []jsonSegment{},
	}
	out.Where, out.WhereCounts = known(c.Where), countsOf(c.WhereCounts)
	for _, f := range c.Findings {
		out.Segments = append(out.Segments, segmentOf(f))
	}
	if w := c.Waiver; w != nil {
		out.Waiver = &jsonWaiver{w.Owner, w.Reason, w.Until.String(), w.Expired, w.Waives, w.MeetsNothing, []map[string]any{}}
		for _, s := range w.Unmet {
			out.Waiver.Unmet = append(out.Waiver.Unmet, valuesOf(s))
		}
	}
	return out
}

// valuesOf are a segment's values by column.
func valuesOf(s quality.Segment) map[string]any {
	out := map[string]any{}
	for i, column := range s.Columns() {
		out[column] = jsonValue(s.Values()[i])
	}
	return out
}

func scopeOf(s quality.ScopeReport) jsonScope {
	out := jsonScope{Date: known(s.Date), Zone: s.Zone, Where: known(s.Where), WhereCounts: countsOf(s.WhereCounts)}
	if s.From.IsValid() {
		out.From = known(s.From.String())
	}
	if s.To.IsValid() {
		out.To = known(s.To.String())
	}
	return out
}

// known is null for what there is not.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func positive(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func countsOf(c *quality.FilterCounts) *jsonCounts {
	if c == nil {
		return nil
	}
	return &jsonCounts{c.True, c.False, c.Null, c.NaN}
}

func segmentOf(f quality.Finding) jsonSegment {
	out := jsonSegment{Segment: valuesOf(f.Segment), Subject: known(f.Subject), Verdict: f.Verdict.String(), Reason: f.Reason, Bound: f.Bound(), Explain: f.Explain}
	if f.Observed != nil {
		out.jsonObserved = observedOf(*f.Observed, f.Bounds...)
	}
	for _, d := range f.Details {
		if out.Details == nil {
			out.Details = map[string]jsonObserved{}
		}
		out.Details[d.Name] = observedOf(d.Value)
	}
	for _, a := range f.AtFault {
		out.RowsAtFault = append(out.RowsAtFault, atFaultOf(a))
	}
	return out
}

func atFaultOf(a quality.AtFault) jsonAtFault {
	out := jsonAtFault{
		Name: known(a.Name), Columns: append([]string{}, a.Columns...), Redacted: append([]string{}, a.Redacted...),
		Of: positive(a.Of), Rows: []jsonRow{},
	}
	for _, r := range a.Rows {
		row := jsonRow{Values: []any{}, Times: positive(r.Times), File: known(r.File), Line: positive(r.Line)}
		for _, v := range r.Values {
			row.Values = append(row.Values, jsonValue(v))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// observedOf tells shares and counts as integers too; the value beside them is
// the nearest float.
func observedOf(o quality.Observed, bounds ...quality.Bound) jsonObserved {
	out := jsonObserved{Unit: known(string(o.Unit)), Text: known(o.Beside(bounds...))}
	if v, ok := o.Float64(); ok {
		out.Observed = &v
	}
	switch o.Unit {
	case quality.UnitShare:
		out.Numerator, out.Denominator = &o.Numerator, &o.Denominator
	case quality.UnitCount:
		out.Numerator = &o.Numerator
	}
	return out
}

// jsonValue keeps numbers that JSON can hold exactly, booleans and NULL as they
// are; everything else is its text, shortened where that is long.
func jsonValue(v expr.Value) any {
	switch v.Type() {
	case expr.Null:
		return nil
	case expr.Bool, expr.Int64:
		return v.Go()
	}
	return quality.Shortened(v.String())
}
