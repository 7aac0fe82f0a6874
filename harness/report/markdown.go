package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
)

// longestMarkdown is how many bytes a document may have: a comment of GitHub has at
// most 65,536 characters, and one that has more is refused whole.
const longestMarkdown = 60_000

// Markdown writes the report as GitHub Flavored Markdown for a pull request: what all
// suites came to, a table with a row for each, the worst first, and what does not pass
// folded behind it. Whatever is of the suites or the data stands in code, where nobody
// is mentioned and nothing is a link, and can end neither that nor a cell.
// https://github.github.com/gfm/
func Markdown(w io.Writer, r *quality.Report, o Options) error {
	o = o.plain()
	var b strings.Builder
	b.WriteString("### Intact: " + strings.TrimSuffix(o.conclusion(r), "\n") + "\n\n")
	suites := slices.Clone(r.Suites)
	slices.SortStableFunc(suites, func(a, b quality.SuiteReport) int { return cmp.Compare(rank(b.Verdict), rank(a.Verdict)) })
	note := o.note()
	if note != "" {
		note = "\n" + fenced(note)
	}
	o.markdownTable(&b, suites, longestMarkdown/2)
	o.markdownDetails(&b, suites, longestMarkdown-len(note))
	b.WriteString(note)
	_, err := io.WriteString(w, b.String())
	return err
}

// rank orders verdicts, of which an unknown number is unknown.
func rank(v quality.Verdict) quality.Verdict {
	if v < quality.Pass || v > quality.Fail {
		return quality.Unknown
	}
	return v
}

// markdownTable writes a row for each suite until the document has so many bytes.
func (o Options) markdownTable(b *strings.Builder, suites []quality.SuiteReport, most int) {
	if len(suites) == 0 {
		return
	}
	b.WriteString("| verdict | suite | table | checks | worst |\n|---|---|---|---|---|\n")
	for i, s := range suites {
		row := fmt.Sprintf("| %s | %s | %s | %s | %s |\n", emphasised(s.Verdict), code(name(s.Suite)), code(name(s.Table)), o.tally(s), code(worst(s)))
		if b.Len()+len(row) > most {
			fmt.Fprintf(b, "\nand %s, of which the worst is %s.\n", quality.Plural(int64(len(suites)-i), "more suite", "more suites"), s.Verdict)
			return
		}
		b.WriteString(row)
	}
}

// tally is how many checks there are and how many of them block.
func (o Options) tally(s quality.SuiteReport) string {
	blocking := 0
	for _, c := range s.Checks {
		blocking += ones(o.blocks(c.Verdict))
	}
	if blocking == 0 {
		return quality.Grouped(int64(len(s.Checks)))
	}
	return fmt.Sprintf("%s of %s block", quality.Grouped(int64(blocking)), quality.Grouped(int64(len(s.Checks))))
}

// worst is the check that the suite's verdict is due to, and why; "" for a pass.
func worst(s quality.SuiteReport) string {
	for _, c := range s.Checks {
		if c.Verdict == s.Verdict && c.Verdict != quality.Pass {
			return visible(cut(c.ID+": "+c.Reason, 200))
		}
	}
	return ""
}

// markdownDetails writes of each check that does not pass what there is to tell, the
// worst first, until the document has so many bytes.
func (o Options) markdownDetails(b *strings.Builder, suites []quality.SuiteReport, most int) {
	type detail struct {
		verdict quality.Verdict
		text    string
		checks  int
	}
	var all []detail
	for _, s := range suites {
		for _, w := range s.Warnings {
			all = append(all, detail{quality.Warn, folded(quality.Warn, s.Suite, visible(cut(w, longestLine))+"\n"), 0})
		}
		for _, checks := range s.ByCause() {
			if told := o.told(s, checks...); told != "" {
				c := checks[0]
				title := s.Suite + ", " + quality.AndMore(c.ID, len(checks))
				all = append(all, detail{rank(c.Verdict), folded(c.Verdict, title, told), len(checks)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b detail) int { return cmp.Compare(b.verdict, a.verdict) })
	for i, d := range all {
		if b.Len()+len(d.text)+100 > most {
			left := 0
			for _, d := range all[i:] {
				left += d.checks
			}
			fmt.Fprintf(b, "\nand %s not shown here, of which the worst is %s.\n", quality.Plural(int64(left), "check that is", "checks that are"), d.verdict)
			return
		}
		b.WriteString("\n" + d.text)
	}
}

func folded(v quality.Verdict, title, text string) string {
	return fmt.Sprintf("<details><summary>%s %s</summary>\n\n%s\n</details>\n", htmlVerdict(v), code(name(title)), fenced(text))
}

func emphasised(v quality.Verdict) string {
	if v.Blocks() {
		return "**" + v.String() + "**"
	}
	return v.String()
}

func htmlVerdict(v quality.Verdict) string {
	if v.Blocks() {
		return "<b>" + v.String() + "</b>"
	}
	return v.String()
}

// code is a text in code, within a line: all that means anything to Markdown, to HTML
// or to a table is a reference to the character.
func code(text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("<code>")
	for _, r := range text {
		if r > 0x7f || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || strings.ContainsRune(" ,=%-()/", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String() + "</code>"
}

// fenced is a block of code, whose fence is longer than any that the text has.
// https://github.github.com/gfm/#fenced-code-blocks
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}
