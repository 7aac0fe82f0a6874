package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/intactdata/intact/quality"
)

// How long what a program is to read may be, in bytes. What is longer is cut, and
// says so: a comment on a pull request of GitHub has at most 65,536 characters, and
// CI systems keep a report in memory.
const (
	longestLine = 1_000
	longestTold = 8_000 // of one check
)

// plain is the options without what only a terminal shows.
func (o Options) plain() Options {
	o.Color, o.rows = false, true
	return o
}

// told is what there is to say of a check that does not just pass, in lines: what was
// claimed of which rows, what was seen, the rows at fault, the query of all of them.
func (o Options) told(s quality.SuiteReport, checks ...quality.CheckReport) string {
	lines := o.lines(checks, false)
	if len(lines) == 0 {
		return ""
	}
	claims := []string{}
	for _, c := range checks {
		claims = append(claims, "claimed: "+Claim(c))
	}
	where := "of " + s.Table
	if scope := s.Scope.String(); scope != "" {
		where += ", " + scope
	}
	if s.Owner != "" {
		where += " (owner: " + s.Owner + ")"
	}
	return fit(append(append(claims, where), lines[1:]...), longestTold)
}

// Claim is what a check claims, of which rows, and how many of them its filter was TRUE,
// FALSE and NULL for.
func Claim(c quality.CheckReport) string {
	claim := c.Claim
	if c.Where != "" {
		claim += " where " + c.Where
		if n := c.WhereCounts; n != nil {
			claim += " " + n.String()
		}
	}
	return claim
}

// fit are lines that have so many bytes together, with how many there are besides.
func fit(lines []string, most int) string {
	var b strings.Builder
	for i, line := range lines {
		for part := range strings.SplitSeq(line, "\n") {
			part = visible(cut(part, longestLine))
			if b.Len()+len(part) > most {
				fmt.Fprintf(&b, "… and %s more\n", quality.Plural(int64(len(lines)-i), "line", "lines"))
				return b.String()
			}
			b.WriteString(part + "\n")
		}
	}
	return b.String()
}

// note is what a command adds, "" for nothing.
func (o Options) note() string {
	if text := strings.Trim(o.Note, "\n"); text != "" {
		return fit(strings.Split(text, "\n"), longestTold)
	}
	return ""
}

// cut is a text of at most so many bytes, and how long it was if it was longer.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most
	for end > most-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return fmt.Sprintf("%s… (%s bytes)", text[:end], quality.Grouped(int64(len(text))))
}

// name is what something is called where programs tell one from another by it.
func name(text string) string { return visible(quality.Shortened(text)) }
