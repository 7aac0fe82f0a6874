package report

import (
	"encoding/xml"
	"io"

	"github.com/intactdata/intact/quality"
)

// JUnit writes the report as JUnit XML, which CI systems read: all suites as one
// document, a testsuite for each and in it a testcase for each check. Its name is the
// check's id and its classname the suite's name, so that the history of a check lines
// up from run to run.
//
// What fails is a failure, unknown and waiting are errors; warn and waived pass and say
// why in system-out; with Strict a warning is a failure. There is no time: a check has
// none of its own, for many share a statement.
//
// The elements and their order are those of Ant and Jenkins:
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
func JUnit(w io.Writer, r *quality.Report, o Options) error {
	o = o.plain()
	out := junitSuites{Name: "intact"}
	for i, s := range r.Suites {
		suite := o.junitSuite(r, s)
		if i == len(r.Suites)-1 {
			suite.Out = junitOut(value(suite.Out) + o.note())
		}
		out.add(suite.junitCounts)
		out.Suites = append(out.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Timestamp  string          `xml:"timestamp,attr"` // in UTC, without a zone
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	Out        *junitText      `xml:"system-out"`
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

func (c *junitCounts) add(d junitCounts) {
	c.Tests += d.Tests
	c.Failures += d.Failures
	c.Errors += d.Errors
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitProblem `xml:"failure"`
	Error   *junitProblem `xml:"error"`
	Out     *junitText    `xml:"system-out"`
}

type junitProblem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",cdata"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

// junitOut is text that goes with a pass, nil for none.
func junitOut(text string) *junitText {
	if text == "" {
		return nil
	}
	return &junitText{text}
}

func value(t *junitText) string {
	if t == nil {
		return ""
	}
	return t.Text
}

func (o Options) junitSuite(r *quality.Report, s quality.SuiteReport) junitSuite {
	out := junitSuite{Name: name(s.Suite), Timestamp: r.At.UTC().Format("2006-01-02T15:04:05")}
	for _, p := range []junitProperty{
		{"table", s.Table}, {"owner", s.Owner}, {"scope", s.Scope.String()}, {"verdict", s.Verdict.String()}, {"engine", r.Engine}, {"version", r.Version},
	} {
		if p.Value != "" {
			out.Properties = append(out.Properties, junitProperty{p.Name, visible(cut(p.Value, longestLine))})
		}
	}
	for _, c := range s.Checks {
		one := junitCase{Name: name(c.ID), Class: out.Name}
		problem := &junitProblem{visible(cut(c.Reason, longestLine)), c.Verdict.String(), o.told(s, c)}
		out.Tests++
		switch {
		case o.blocks(c.Verdict) && (c.Verdict == quality.Fail || c.Verdict == quality.Warn):
			one.Failure = problem
			out.Failures++
		case o.blocks(c.Verdict):
			one.Error = problem
			out.Errors++
		default:
			one.Out = junitOut(problem.Text)
		}
		out.Cases = append(out.Cases, one)
	}
	for _, w := range s.Warnings {
		out.Out = junitOut(value(out.Out) + visible(cut("warning: "+w, longestLine)) + "\n")
	}
	return out
}
