package history

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// Run is a run to be kept.
type Run struct {
	// ID tells it from all others; see [CheckRunID].
	ID     string
	Report *quality.Report
	Terms  []quality.TermValue
	// Digests are those of the files that suites stand in, by the names of the suites.
	Digests map[string]string
	// Variables are what variables of suites stand for, by the names of the suites.
	Variables map[string]map[string]string
}

// CheckRunID refuses an id of a run that could not be told from another one, or not be printed.
func CheckRunID(id string) error {
	if id == "" || len(id) > 200 || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }) {
		return errors.New("an id of a run is 1 to 200 letters, digits and signs of ASCII, without blanks, quotes and backslashes")
	}
	return nil
}

// Records are those of the run, findings first.
func (r Run) Records() []Record {
	var out []Record
	suites := map[string]Record{}
	for _, s := range r.Report.Suites {
		of := r.suite(s)
		suites[s.Suite] = of
		for _, c := range s.Checks {
			out = append(out, findings(of, c)...)
		}
	}
	for _, t := range r.Terms {
		out = append(out, term(suites[t.Suite], t))
	}
	for i := range out {
		out[i].Number, out[i].Records = int64(i+1), int64(len(out))
	}
	return out
}

// suite is what all records of a suite have in common.
func (r Run) suite(s quality.SuiteReport) Record {
	out := Record{
		SchemaVersion: SchemaVersion, RunID: r.ID, At: instant(r.Report.At), Engine: r.Report.Engine, Version: known(r.Report.Version),
		Suite: s.Suite, Digest: known(r.Digests[s.Suite]), Variables: variables(r.Variables[s.Suite]), Table: s.Table,
	}
	if at := instant(r.Report.ReadAt); !at.IsZero() {
		out.ReadAt = &at
	}
	if s.Scope.From.IsValid() {
		out.From = known(s.Scope.From.String())
	}
	if s.Scope.To.IsValid() {
		out.To = known(s.Scope.To.String())
	}
	return out
}

// variables are values as an object of JSON, the same for the same values.
func variables(values map[string]string) *string {
	if len(values) == 0 {
		return nil
	}
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(values); err != nil { // a map of strings
		panic(err)
	}
	return known(strings.TrimSuffix(text.String(), "\n"))
}

// instant is a time as TIMESTAMP has it.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// findings are those of a check: one at least, for it has a verdict in any case.
func findings(of Record, c quality.CheckReport) []Record {
	of.Record, of.CheckID, of.Kind = OfFinding, &c.ID, known(c.Kind)
	found := c.Findings
	if len(found) == 0 {
		found = []quality.Finding{{Verdict: c.Verdict, Reason: c.Reason}}
	}
	var out []Record
	for _, f := range found {
		r := of
		verdict := f.Verdict.String()
		r.Segment, r.Subject, r.Verdict, r.Reason, r.Bound = f.Segment.String(), known(f.Subject), &verdict, known(f.Reason), known(f.Bound())
		if f.Observed != nil {
			figure(&r, *f.Observed, f.Bounds)
		}
		out = append(out, r)
	}
	return out
}

func figure(r *Record, o quality.Observed, bounds []quality.Bound) {
	r.Unit, r.Text = known(string(o.Unit)), known(o.Beside(bounds...))
	if v, ok := o.Float64(); ok {
		r.Observed = &v
	}
	switch o.Unit {
	case quality.UnitShare:
		r.Numerator, r.Denominator = &o.Numerator, &o.Denominator
	case quality.UnitCount:
		r.Numerator = &o.Numerator
	}
}

func term(of Record, t quality.TermValue) Record {
	name, merges := t.Term.Key(), t.Term.Merges()
	of.Record, of.Segment, of.Asked, of.Term, of.Rows, of.Merges, of.Hidden = OfTerm, t.Segment.String(), &t.Asked, &name, &t.Rows, &merges, &t.Hidden
	if typ, err := t.Term.Type(); err == nil {
		of.Type = known(string(typ))
	}
	if !t.Value.IsNull() {
		text := t.Value.String()
		of.Value = &text
	}
	return of
}

// known is null for what there is not.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
