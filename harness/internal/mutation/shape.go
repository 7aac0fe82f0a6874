package mutation

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/expr"
)

// shape is how the texts of a column are formed: as runs of digits, of letters, and of
// others, if all are formed alike.
type shape struct {
	runs    []run
	mixed   bool // they are not formed alike
	classes string
}

// run is characters of one class: so many of them at least, and at most.
type run struct {
	class       string // \d, [a-z], [A-Z], or the one character, quoted
	least, most int
}

// alike reports whether all texts are formed alike, of more than one run of letters.
func (s *shape) alike() bool {
	return s != nil && !s.mixed && len(s.runs) > 0 && (len(s.runs) > 1 || s.runs[0].class == `\d`)
}

// pattern is a regular expression that the texts match, "" where there is none that says
// anything.
func (s *shape) pattern() string {
	switch {
	case s == nil || s.classes == "":
		return ""
	case s.mixed:
		return "^[" + s.classes + "]+$"
	}
	out := "^"
	for _, r := range s.runs {
		switch out += r.class; {
		case r.most == 1:
		case r.least == r.most:
			out += fmt.Sprintf("{%d}", r.least)
		default:
			out += "+"
		}
	}
	return out + "$"
}

// add takes a text into account.
func (s *shape) add(text string, first bool) {
	runs := runsOf(text)
	for _, r := range runs {
		if c := strings.Trim(r.class, "[]"); !strings.Contains(s.classes, c) {
			s.classes += c
		}
	}
	switch {
	case first:
		s.runs = runs
	case len(runs) != len(s.runs):
		s.mixed = true
	}
	for i := range runs {
		if s.mixed || runs[i].class != s.runs[i].class {
			s.mixed = true
			return
		}
		s.runs[i].least, s.runs[i].most = min(s.runs[i].least, runs[i].least), max(s.runs[i].most, runs[i].most)
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
	for _, f := range b.scope.Schema {
		if _, err := b.scope.Schema.Field(f.Name); err == nil && f.Type == expr.String {
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
				s.add(v.Texts[row], len(seen[i]) == 0)
				seen[i][v.Texts[row]] = true
			}
		}
	}
	return nil
}
