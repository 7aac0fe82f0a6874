package enginetest

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

//go:embed cases/*.txt
var files embed.FS

// readCases reads the case files of a folder, in the order of their names.
func readCases(fsys fs.FS, folder string) ([]group, error) {
	names, err := fs.Glob(fsys, path.Join(folder, "*.txt"))
	if err != nil {
		return nil, err
	}
	r := textReader{tables: map[string]bool{}, ids: map[string]bool{}}
	var out []group
	var all []Table
	var texts []string
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if err := r.file(name, string(data)); err != nil {
			return nil, err
		}
		out, all, texts = append(out, group{r.loaded, r.cases}), append(all, r.loaded...), append(texts, string(data))
		r.loaded, r.cases = nil, nil
	}
	for i := range out {
		out[i].tables = named(all, out[i].tables, texts[i])
	}
	return out, nil
}

// named are a file's own tables, and those of other files that its text names.
func named(all, own []Table, text string) []Table {
	out := slices.Clone(own)
	for _, t := range all {
		if mentioned(text, t.Name) && !slices.ContainsFunc(own, func(o Table) bool { return o.Name == t.Name }) {
			out = append(out, t)
		}
	}
	return out
}

func mentioned(text, name string) bool {
	return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(text)
}

// section is a line that begins a section, and the indented lines below it.
type section struct {
	line int // of the head, from 1
	word string
	rest string
	body []string // a line each, without the indent; the first is at line + 1
}

const indent = "  "

// sections parts a file. Lines that begin with # and empty ones part nothing.
func sections(text string) ([]section, error) {
	var out []section
	for i, line := range strings.Split(text, "\n") {
		body, indented := strings.CutPrefix(line, indent)
		switch {
		case indented && len(out) == 0:
			return nil, fmt.Errorf("%d: an indented line stands below no section", i+1)
		case indented:
		case line == "" || strings.HasPrefix(line, "#"):
			body = ""
		default:
			word, rest, _ := strings.Cut(line, " ")
			out = append(out, section{line: i + 1, word: word, rest: strings.TrimSpace(rest)})
			continue
		}
		if len(out) > 0 {
			last := &out[len(out)-1]
			last.body = append(last.body, body)
		}
	}
	return out, nil
}

// lines are those of the body that are not empty; an error is told with its line.
func (s section) lines(take func(text string) error) error {
	for i, text := range s.body {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if err := take(text); err != nil {
			return fmt.Errorf("line %d: %w", s.line+1+i, err)
		}
	}
	return nil
}

// textReader keeps what was read of the files.
type textReader struct {
	loaded []Table
	tables map[string]bool
	cases  []testCase
	ids    map[string]bool
}

func (r *textReader) file(name, text string) error {
	all, err := sections(text)
	if err != nil {
		return fmt.Errorf("%s:%w", name, err)
	}
	for i := 0; i < len(all); i++ {
		s := all[i]
		var err error
		switch s.word {
		case "load":
			err = r.load(s)
		case "rows":
			err = r.rows(s)
		case "try":
			err = r.try(name, s)
		case "suite", "alone":
			clock := now
			if i+1 < len(all) && all[i+1].word == "at" {
				i++
				if clock, err = time.Parse(time.RFC3339, all[i].rest); err != nil {
					break
				}
			}
			if i+1 == len(all) || all[i+1].word != "expect" {
				err = errors.New("expect must follow")
				break
			}
			i++
			err = r.suite(name, s, all[i], clock)
		default:
			err = fmt.Errorf("unknown section %q: write load, rows, try, suite or alone, and expect after the last two, or at and expect", s.word)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %s %s: %w", name, s.line, s.word, s.rest, err)
		}
	}
	return nil
}

func (r *textReader) add(c testCase) error {
	if c.id == "" || r.ids[c.id] {
		return fmt.Errorf("the id %q is empty, or another case has it", c.id)
	}
	r.ids[c.id] = true
	r.cases = append(r.cases, c)
	return nil
}

// load reads a table, which all files know.
func (r *textReader) load(s section) error {
	t := Table{Name: s.rest}
	if t.Name == "" || r.tables[t.Name] {
		return errors.New("the table has no name, or is loaded already")
	}
	r.tables[t.Name] = true
	err := t.read(s)
	r.loaded = append(r.loaded, t)
	return err
}

// rows reads predicates and their values in each row of a table, by its column id.
func (r *textReader) rows(s section) error {
	return s.lines(func(text string) error {
		id, rest, ok := strings.Cut(text, ": ")
		want, predicate, ok2 := strings.Cut(strings.TrimSpace(rest), " ")
		if !ok || !ok2 || strings.Trim(want, "TFN") != "" {
			return errors.New("write id: TFN predicate")
		}
		e, err := expr.ParseExpr(strings.TrimSpace(predicate))
		if err != nil {
			return err
		}
		rule := quality.Rule{Check: tallyProbe{e}, By: []string{"id"}}
		return r.add(testCase{id: id, suites: []quality.Suite{{Table: s.rest, Rules: []quality.Rule{rule}}}, answer: letters, want: want})
	})
}

// suite reads a suite and what is found. Its lines and columns are those of the
// file.
func (r *textReader) suite(file string, s, expect section, clock time.Time) error {
	yaml := strings.Repeat("\n", s.line-1) + indent + "suite: " + strconv.Quote(s.rest) + "\n" + indent + strings.Join(s.body, "\n"+indent)
	on := func(dataset string) (quality.Suite, error) {
		read, err := suitefile.Parse(file, []byte(tableOf.ReplaceAllString(yaml, "${1}"+dataset+".")), probeKinds...)
		if err == nil && len(read) != 1 {
			err = fmt.Errorf("there are %d suites, not 1", len(read))
		}
		if err != nil {
			return quality.Suite{}, err
		}
		return read[0].Suite, nil
	}
	suite, err := on(testDataset)
	if err != nil {
		return err
	}
	c := testCase{id: s.rest, alone: s.word == "alone" || clock != now, at: clock, want: strings.TrimRight(strings.Join(expect.body, "\n"), "\n")}
	switch expect.rest {
	case "":
		c.answer = describe
	case "reasons":
		c.answer = messages
	default:
		return fmt.Errorf("unknown %q behind expect: nothing or reasons may stand there", expect.rest)
	}
	if !strings.HasPrefix(suite.Table, testDataset+".") {
		return fmt.Errorf("the table %s is not of the dataset %s", suite.Table, testDataset)
	}
	c.suites, c.written = []quality.Suite{suite}, on
	return r.add(c)
}

// tableOf finds where a suite says that a table is of the written dataset.
var tableOf = regexp.MustCompile(`(\W)` + testDataset + `\.`)
