package report

import (
	"encoding/json"
	"io"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// SchemaVersion is that of the JSON report.
const SchemaVersion = 1

type jsonReport struct {
	SchemaVersion int         `json:"schema_version"`
	Verdict       string      `json:"verdict"`
	Suites        []jsonSuite `json:"suites"`
}

type jsonSuite struct {
	Suite        string      `json:"suite"`
	Table        string      `json:"table"`
	Owner        string      `json:"owner"`
	Scope        jsonScope   `json:"scope"`
	Verdict      string      `json:"verdict"`
	Queries      int         `json:"queries"`
	BytesScanned *int64      `json:"bytes_scanned"`
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
}

type jsonCounts struct {
	True  int64 `json:"true"`
	False int64 `json:"false"`
	Null  int64 `json:"null"`
	// NaN is how many of all those rows rest on a NaN.
	NaN int64 `json:"nan"`
}

type jsonSegment struct {
	Segment     map[string]any   `json:"segment"`
	Verdict     string           `json:"verdict"`
	Reason      string           `json:"reason"`
	Observed    *float64         `json:"observed"`
	Numerator   *int64           `json:"numerator"`
	Denominator *int64           `json:"denominator"`
	Bound       string           `json:"bound"`
	Detail      map[string]int64 `json:"detail,omitempty"`
}

// JSON writes the report as one indented JSON document.
func JSON(w io.Writer, r *quality.Report) error {
	out := jsonReport{SchemaVersion: SchemaVersion, Verdict: r.Verdict.String(), Suites: []jsonSuite{}}
	for _, s := range r.Suites {
		suite := jsonSuite{
			Suite: s.Suite, Table: s.Table, Owner: s.Owner, Scope: scopeOf(s.Scope), Verdict: s.Verdict.String(),
			Queries: s.Queries, BytesScanned: s.BytesScanned, Checks: []jsonCheck{},
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

func countsOf(c *quality.FilterCounts) *jsonCounts {
	if c == nil {
		return nil
	}
	return &jsonCounts{c.True, c.False, c.Null, c.NaN}
}

func segmentOf(f quality.Finding) jsonSegment {
	out := jsonSegment{Segment: map[string]any{}, Verdict: f.Verdict.String(), Reason: f.Reason, Bound: f.Bound()}
	for i, column := range f.Segment.Columns() {
		out.Segment[column] = jsonValue(f.Segment.Values()[i])
	}
	if o := f.Observed; o != nil {
		out.Numerator = &o.Numerator
		if !o.IsCount {
			out.Denominator = &o.Denominator
		}
		out.Observed = observed(*o)
	}
	if len(f.Detail) > 0 {
		out.Detail = map[string]int64{}
		for _, d := range f.Detail {
			out.Detail[d.Name] = d.Count
		}
	}
	return out
}

// observed is the quotient as a float; the integers beside it are exact.
func observed(o quality.Observed) *float64 {
	v := float64(o.Numerator)
	if !o.IsCount {
		if o.Denominator == 0 {
			return nil
		}
		v /= float64(o.Denominator)
	}
	return &v
}

// jsonValue keeps numbers that JSON can hold exactly, booleans and NULL as they
// are; everything else is its text.
func jsonValue(v expr.Value) any {
	switch v.Type() {
	case expr.Null:
		return nil
	case expr.Bool, expr.Int64:
		return v.Go()
	}
	return v.String()
}
