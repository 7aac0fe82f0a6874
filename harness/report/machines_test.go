package report_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/joshdk/go-junit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// of is a report of one suite, of a check for each verdict.
func of(verdicts ...quality.Verdict) *quality.Report {
	s := quality.SuiteReport{Suite: "games", Table: "d.games", Verdict: quality.Pass}
	for i, v := range verdicts {
		s.Verdict = max(s.Verdict, v)
		s.Checks = append(s.Checks, quality.CheckReport{ID: fmt.Sprint("check", i), Claim: "a claim", Verdict: v, Reason: "because of " + v.String()})
	}
	return &quality.Report{At: time.Date(2026, 1, 2, 6, 0, 0, 0, time.UTC), Engine: "rows", Verdict: s.Verdict, Suites: []quality.SuiteReport{s}}
}

func junitOf(t testing.TB, r *quality.Report, o report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.JUnit(&b, r, o))
	return b.String()
}

func markdownOf(t testing.TB, r *quality.Report, o report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Markdown(&b, r, o))
	return b.String()
}

// read is a document as a CI system reads it.
func read(t testing.TB, text string) []junit.Suite {
	t.Helper()
	out, err := junit.Ingest([]byte(text))
	require.NoError(t, err)
	return out
}

func TestGoldenJUnit(t *testing.T) {
	golden(t, "report.xml", []byte(junitOf(t, every(), report.Options{Note: "\nOPEN: 3 rows\n"})))
}

func TestGoldenMarkdown(t *testing.T) {
	golden(t, "report.md", []byte(markdownOf(t, every(), report.Options{Note: "\nOPEN: 3 rows\n"})))
}

func TestJUnitSaysOfEachVerdictWhatItIs(t *testing.T) {
	all := of(quality.Pass, quality.Waived, quality.Warn, quality.Waiting, quality.Unknown, quality.Fail, 0)
	for strict, want := range map[bool][]junit.Status{
		false: {junit.StatusPassed, junit.StatusPassed, junit.StatusPassed, junit.StatusError, junit.StatusError, junit.StatusFailed, junit.StatusError},
		true:  {junit.StatusPassed, junit.StatusPassed, junit.StatusFailed, junit.StatusError, junit.StatusError, junit.StatusFailed, junit.StatusError},
	} {
		suites := read(t, junitOf(t, all, report.Options{Strict: strict}))
		require.Len(t, suites, 1)
		var got []junit.Status
		for i, c := range suites[0].Tests {
			got = append(got, c.Status)
			assert.Equal(t, fmt.Sprint("check", i), c.Name)
			assert.Equal(t, "games", c.Classname)
			if v := all.Suites[0].Checks[i].Verdict; v != quality.Pass {
				text := c.SystemOut
				if c.Error != nil {
					text = c.Error.Error()
				}
				assert.Contains(t, text, "because of "+v.String())
			}
		}
		assert.Equal(t, want, got, "strict %v", strict)
	}
}

// The attributes add up, which readers believe without counting.
func TestJUnitCounts(t *testing.T) {
	two := of(quality.Pass, quality.Fail, quality.Unknown)
	two.Suites = append(two.Suites, of(quality.Fail, quality.Waiting).Suites...)
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
	}
	require.NoError(t, xml.Unmarshal([]byte(junitOf(t, two, report.Options{})), &got))
	assert.Equal(t, [3]int{5, 2, 2}, [3]int{got.Tests, got.Failures, got.Errors})
}

// hostile are texts that mean something to XML, to Markdown, to HTML or to GitHub.
var hostile = []string{
	"a|b", `a\|b`, "||", "`", "``` ", "~~~", "]]>", "<![CDATA[", "</details>", "<script>", "<!--", "&amp;", "a\nb", "\r\n\r\n| x |", "\x00\x1b[31m", "\xff\xfe", "\ufffe", "\u202egnp",
	"@octocat", "#123", "GH-1", "owner/repo#1", "https://example.com", "www.example.com", "me@example.com", "[a](b)", "![a](b)", "**b**", "_i_", "# h", "- l", "\\", "|---|", "{{x}}", ":smile:", "$x$",
	strings.Repeat("long ", 100_000),
}

// hostileReport has the text wherever a report has one.
func hostileReport(s string) *quality.Report {
	v, err := expr.ValueOf(strings.ToValidUTF8(s, "?"))
	if err != nil {
		panic(err)
	}
	f := quality.Finding{
		Segment: quality.NewSegment([]string{s}, []expr.Value{v}), Verdict: quality.Fail, Reason: s, Subject: s, Explain: s,
		AtFault: []quality.AtFault{{Name: s, Columns: []string{s}, Redacted: []string{s}, Rows: []quality.FaultyRow{{Values: []expr.Value{v}, File: s, Line: 1}}}},
	}
	r := of(quality.Fail, quality.Unknown)
	suite := &r.Suites[0]
	suite.Suite, suite.Table, suite.Owner, suite.Scope.Where, suite.Warnings = s, s, s, s, []string{s}
	for i := range suite.Checks {
		c := &suite.Checks[i]
		c.ID, c.Claim, c.Where, c.Reason = fmt.Sprint(s, i), s, s, s
	}
	suite.Checks[0].Findings = []quality.Finding{f}
	return r
}

func TestHostileTextsStayTexts(t *testing.T) {
	for _, s := range hostile {
		t.Run(quality.Shortened(s), func(t *testing.T) { staysText(t, s) })
	}
}

func TestAnyTextStaysText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(hostile[:len(hostile)-1]), rapid.String()), 0, 4).Draw(t, "parts")
		staysText(t, strings.Join(parts, ""))
	})
}

// tester is what testing.T and rapid.T have in common.
type tester interface {
	require.TestingT
	Helper()
	Fatalf(string, ...any)
}

func staysText(t tester, s string) {
	t.Helper()
	r := hostileReport(s)
	var written bytes.Buffer
	require.NoError(t, report.JUnit(&written, r, report.Options{Note: s}))
	suites, err := junit.Ingest(written.Bytes())
	require.NoError(t, err)
	require.Len(t, suites, 1)
	require.Len(t, suites[0].Tests, 2)
	require.Equal(t, junit.StatusFailed, suites[0].Tests[0].Status)
	require.NotContains(t, written.String(), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD") // control characters are written out, and not lost
	require.Less(t, written.Len(), 60_000)

	written.Reset()
	require.NoError(t, report.Markdown(&written, r, report.Options{Note: s}))
	require.LessOrEqual(t, written.Len(), 65_536)
	require.NotContains(t, written.String(), "\x00")
	readMarkdown(t, written.Bytes(), s)
}

// readMarkdown holds a document to its form: a heading, a table of five columns, and
// folded code, with nothing that the text has made of it.
func readMarkdown(t tester, source []byte, s string) {
	t.Helper()
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	var rows, cells, fences int
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case east.KindTableHeader, east.KindTableRow:
			rows++
		case east.KindTableCell:
			cells++
		case ast.KindFencedCodeBlock:
			fences++
		case ast.KindDocument, ast.KindHeading, ast.KindText, ast.KindString, ast.KindParagraph, ast.KindHTMLBlock, ast.KindRawHTML, ast.KindEmphasis, east.KindTable:
		default:
			t.Fatalf("%q made a %s of\n%s", quality.Shortened(s), n.Kind(), source)
		}
		return ast.WalkContinue, nil
	})
	require.NoError(t, err)
	if rows != 2 || cells != 10 || fences != 4 { // two checks, a warning, the note
		if s == "" && fences == 3 {
			return
		}
		t.Fatalf("%q made %d rows, %d cells and %d blocks of code of\n%s", quality.Shortened(s), rows, cells, fences, source)
	}
}

// A reader sees in the cells what the report says, to the character.
func TestCellsHoldWhatTheySay(t *testing.T) {
	r := of(quality.Fail)
	r.Suites[0].Suite, r.Suites[0].Table = "a|b`c` @x <b> #1 \\| &amp;", "d.t_x"
	source := []byte(markdownOf(t, r, report.Options{}))
	var page bytes.Buffer
	require.NoError(t, goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(source, &page))
	assert.Contains(t, page.String(), "<table>")
	var cells []string
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() == east.KindTableCell {
			cells = append(cells, shown(n, source))
		}
		return ast.WalkContinue, nil
	})
	assert.Equal(t, []string{
		"verdict", "suite", "table", "checks", "worst",
		"fail", "a|b`c` @x <b> #1 \\| &amp;", "d.t_x", "1 of 1 block", "check0: because of fail",
	}, cells)
}

// shown is the text of a node as a browser shows it.
func shown(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if text, ok := n.(*ast.Text); ok && entering {
			b.WriteString(html.UnescapeString(string(text.Segment.Value(source))))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// What is too much for a comment is left out, and counted.
func TestMarkdownFitsAComment(t *testing.T) {
	r := of()
	for i := range 300 {
		one := of(quality.Fail, quality.Fail, quality.Pass).Suites[0]
		one.Suite = fmt.Sprint("suite", i)
		for j := range one.Checks {
			one.Checks[j].Reason = strings.Repeat("x", 500)
		}
		r.Suites, r.Verdict = append(r.Suites, one), quality.Fail
	}
	got := markdownOf(t, r, report.Options{})
	assert.LessOrEqual(t, len(got), 65_536)
	assert.Contains(t, got, "FAIL: 600 of 900 checks block")
	rows, details := strings.Count(got, "| **fail** |"), strings.Count(got, "<details>")
	assert.Contains(t, got, fmt.Sprintf("and %d more suites", 301-rows))
	// Two checks of a suite have one cause, and one fold.
	assert.Contains(t, got, fmt.Sprintf("and %d checks that are not shown here", 600-2*details))
}
