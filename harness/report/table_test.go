package report_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

var names = rapid.OneOf(rapid.StringMatching(`[a-z_]{1,40}`), rapid.String())

// draw makes any report: any number of checks, claims and segments of any width.
func draw(t *rapid.T) *quality.Report {
	verdicts := rapid.SampledFrom([]quality.Verdict{
		quality.Pass, quality.Waived, quality.Warn, quality.Waiting, quality.Unknown, quality.Fail,
	})
	counts := rapid.Int64Range(0, 1e12)
	r := &quality.Report{Verdict: verdicts.Draw(t, "verdict")}
	for range rapid.IntRange(0, 3).Draw(t, "suites") {
		s := quality.SuiteReport{Suite: names.Draw(t, "suite"), Table: names.Draw(t, "table"), Owner: names.Draw(t, "owner"), Verdict: r.Verdict}
		if rapid.Bool().Draw(t, "scoped") {
			s.Scope = quality.ScopeReport{Date: names.Draw(t, "date"), From: civil.Date{Year: 2024, Month: 1, Day: 1}, Where: names.Draw(t, "scope")}
		}
		for range rapid.IntRange(0, 4).Draw(t, "checks") {
			c := quality.CheckReport{
				ID: names.Draw(t, "id"), Claim: names.Draw(t, "claim"), Where: names.Draw(t, "where"),
				Verdict: verdicts.Draw(t, "verdict"), Reason: names.Draw(t, "reason"),
			}
			if rapid.Bool().Draw(t, "counted") {
				c.WhereCounts = &quality.FilterCounts{
					Counts: quality.Counts{True: counts.Draw(t, "true"), False: counts.Draw(t, "false"), Null: counts.Draw(t, "null")},
					NaN:    counts.Draw(t, "nan"),
				}
			}
			for range rapid.IntRange(0, 30).Draw(t, "segments") {
				c.Findings = append(c.Findings, finding(t, verdicts, counts))
			}
			s.Checks = append(s.Checks, c)
		}
		r.Suites = append(r.Suites, s)
	}
	return r
}

func finding(t *rapid.T, verdicts *rapid.Generator[quality.Verdict], counts *rapid.Generator[int64]) quality.Finding {
	f := quality.Finding{Verdict: verdicts.Draw(t, "verdict"), Reason: names.Draw(t, "reason")}
	if rapid.Bool().Draw(t, "grouped") {
		f.Segment = quality.NewSegment([]string{names.Draw(t, "column")}, []expr.Value{must(expr.ValueOf(names.Draw(t, "value")))})
	}
	switch rapid.IntRange(0, 2).Draw(t, "observed") {
	case 1:
		f.Observed = quality.ObservedCount(counts.Draw(t, "count"))
		f.Bounds = []quality.Bound{quality.AtLeast(quality.Count(counts.Draw(t, "least")))}
	case 2:
		of := counts.Draw(t, "of")
		f.Observed = quality.ObservedShare(rapid.Int64Range(0, of).Draw(t, "share"), of)
		f.Bounds = []quality.Bound{quality.AtLeast(quality.Percent(95)), quality.AtMost(quality.Percent(99))}
	}
	return f
}

// No width can fail: every report is written, whole and with its verdict last.
func TestEveryReportCanBeWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			everyFormIsWritten(t, draw(t))
		}
	})
}

func everyFormIsWritten(t *rapid.T, r *quality.Report) {
	o := report.Options{Color: rapid.Bool().Draw(t, "color"), All: rapid.Bool().Draw(t, "all"), Strict: rapid.Bool().Draw(t, "strict")}
	for name, write := range map[string]func(io.Writer) error{
		"table": func(w io.Writer) error { return report.Table(w, r, o) },
		"lines": func(w io.Writer) error { return report.Lines(w, r, o) },
	} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(name, err)
		}
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if verdict := strings.ToUpper(r.Verdict.String()); !strings.Contains(lines[len(lines)-1], verdict) {
			t.Fatalf("%s: the last line does not say %s:\n%s", name, verdict, b.String())
		}
	}
}

func TestAllLinesNameEveryCheckAndSegment(t *testing.T) {
	var b strings.Builder
	r := every()
	if err := report.Lines(&b, r, report.Options{All: true}); err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Suites {
		for _, c := range s.Checks {
			wanted := []string{c.ID + "\n"}
			for _, f := range c.Findings {
				wanted = append(wanted, fmt.Sprintf("  %s: %s", strings.Join(strings.Fields(fmt.Sprint(f.Verdict, " ", f.Segment, " ", f.Subject)), " "), f.Reason))
			}
			if len(c.Findings) == 0 {
				wanted = append(wanted, fmt.Sprintf("  %s: %s\n", c.Verdict, c.Reason))
			}
			for _, line := range wanted {
				if !strings.Contains(b.String(), line) {
					t.Errorf("there is no line %q in\n%s", line, b.String())
				}
			}
		}
	}
}
