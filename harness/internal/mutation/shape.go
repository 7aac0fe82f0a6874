package mutation

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/expr"
)

// shape is how the texts of a column are formed: as runs of digits, of letters, and of
// others.
type shape struct {
	forms   [][]run // in the order of appearance, and no more than mostForms
	many    bool    // there are more
	classes string  // of all characters
}

// run is characters of one class: so many of them at least, and at most.
type run struct {
	class       string // \d, [a-z], [A-Z], or the one character, quoted
	least, most int
}

// mostForms is how many forms a pattern lists.
const mostForms = 4

// alike reports whether all texts are formed alike, of more than one run of letters.
func (s *shape) alike() bool {
	return s != nil && len(s.forms) == 1 && (len(s.forms[0]) > 1 || s.forms[0][0].class == `\d`)
}

// pattern is a regular expression that the texts match, "" where there is none that says
// anything.
func (s *shape) pattern() string {
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
			case r.least == r.most:
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

// add takes a text into account.
func (s *shape) add(text string) {
	runs := runsOf(text)
	for _, r := range runs {
		if c := strings.Trim(r.class, "[]"); !strings.Contains(s.classes, c) {
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
	if s.many = s.many || len(s.forms) == mostForms || len(runs) == 0; !s.many {
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

// findShapes looks at all texts of columns of texts.
func (b *bench) findShapes(ctx context.Context) error {
	b.shapes = map[string]*shape{}
	var names []string
	for _, f := range b.table.Columns() {
		if f.Type == expr.String {
			names = append(names, f.Name)
		}
	}
	seen := make([]map[string]bool, len(names))
	for i := range names {
		seen[i] = map[string]bool{}
	}
	for batch, err := range b.table.Scan(ctx, names) {
		if err != nil {
			return err
		}
		for i, name := range names {
			v := &batch.Columns[i]
			for row := range batch.Rows {
				if v.Err != nil || v.Redacted || !v.Valid.Get(row) || seen[i][v.Texts[row]] {
					continue
				}
				s := b.shapes[name]
				if s == nil {
					s = &shape{}
					b.shapes[name] = s
				}
				s.add(v.Texts[row])
				seen[i][v.Texts[row]] = true
			}
		}
	}
	return nil
}
