// Package shape finds out how texts are formed, and writes the regular expression that
// they have in common.
package shape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Shape is how the texts of a column are formed: as runs of digits, of letters, and of
// others.
type Shape struct {
	forms   [][]run // in the order of appearance, and no more than mostForms
	many    bool    // there are more
	classes string  // of all characters
}

// run is characters of one class: so many of them at least, and at most.
type run struct {
	class       string // \d, [a-z], [A-Z], or the one character, quoted
	least, most int
}

const (
	mostForms   = 4    // that a pattern lists
	mostRuns    = 32   // of a form that says anything to who reads it
	mostRepeats = 1000 // that RE2 counts
)

// Alike reports whether all texts are formed alike, of more than one run of letters.
func (s *Shape) Alike() bool {
	return s != nil && len(s.forms) == 1 && (len(s.forms[0]) > 1 || s.forms[0][0].class == `\d`)
}

// Pattern is a regular expression that the texts match, "" where there is none that says
// anything.
func (s *Shape) Pattern() string {
	switch {
	case s == nil || s.classes == "":
		return ""
	case s.many:
		return "^[" + s.classes + "]+$"
	}
	var forms []string
	for _, runs := range s.forms {
		form := ""
		for _, r := range runs {
			switch form += r.class; {
			case r.most == 1:
			case r.least == r.most && r.most <= mostRepeats:
				form += fmt.Sprintf("{%d}", r.least)
			default:
				form += "+"
			}
		}
		forms = append(forms, form)
	}
	if len(forms) == 1 {
		return "^" + forms[0] + "$"
	}
	return "^(" + strings.Join(forms, "|") + ")$"
}

// Loose is the shape with runs of any length, but for those of one character that is
// neither a letter nor a digit.
func (s *Shape) Loose() *Shape {
	out := &Shape{many: s.many, classes: s.classes}
	for _, runs := range s.forms {
		var form []run
		for _, r := range runs {
			if r.class == `\d` || strings.HasPrefix(r.class, "[") {
				r.most = r.least + 1
			}
			form = append(form, r)
		}
		out.forms = append(out.forms, form)
	}
	return out
}

// Add takes a text into account.
func (s *Shape) Add(text string) {
	runs := runsOf(text)
	for _, r := range runs {
		c := r.class
		if strings.HasPrefix(c, "[") {
			c = c[1 : len(c)-1]
		}
		if !strings.Contains(s.classes, c) {
			s.classes += c
		}
	}
	for _, form := range s.forms {
		if !slices.EqualFunc(form, runs, func(a, b run) bool { return a.class == b.class }) {
			continue
		}
		for i, r := range runs {
			form[i].least, form[i].most = min(form[i].least, r.least), max(form[i].most, r.most)
		}
		return
	}
	if s.many = s.many || len(s.forms) == mostForms || len(runs) == 0 || len(runs) > mostRuns; !s.many {
		s.forms = append(s.forms, runs)
	}
}

func runsOf(text string) []run {
	var out []run
	for _, c := range text {
		class := classOf(c)
		if last := len(out) - 1; last >= 0 && out[last].class == class {
			out[last].least++
			out[last].most++
			continue
		}
		out = append(out, run{class, 1, 1})
	}
	return out
}

func classOf(c rune) string {
	switch {
	case c >= '0' && c <= '9':
		return `\d`
	case c >= 'a' && c <= 'z':
		return "[a-z]"
	case c >= 'A' && c <= 'Z':
		return "[A-Z]"
	case c >= utf8.RuneSelf:
		return `[\x{80}-\x{10ffff}]`
	case c == '-':
		return `\-`
	}
	return regexp.QuoteMeta(string(c))
}
