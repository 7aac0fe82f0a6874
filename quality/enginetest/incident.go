package enginetest

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// Incident is something that went wrong with data once, as a pair of twins: the tables
// as they were, and as they should have been. The suite must find what is wrong
// with the first, and be silent on the second.
type Incident struct {
	ID, Title string
	At        string // file:line
	// Open says what is still missing before it can be shown. Nothing else is set then.
	Open string
	// Suite is YAML, as users write it.
	Suite string
	// Features: the suite is a set of features, which somebody else reads.
	Features bool
	Clock    time.Time
	Broken   Twin
	// Clean is nil of an incident that is a mistake in the suite alone.
	Clean *Twin
	// Refused is what the error says by which the suite is refused, in parts.
	Refused []string
	// Command is how the command ends that is run on the broken twin as files, or nil.
	Command *Command
	// Blocks is what the reason says, in parts, by which the broken twin's rows are not
	// published, and Aside what is said of those that are set aside while the others are.
	Blocks, Aside []string
	// Only names the one engine that can judge it, "memory" or "emulator", or none.
	Only string

	line int
}

// Twin is one of the pair, with the findings that are no pass, as reports are
// described in the files cases/*.txt but without details that are 0; … at the end of a line stands for anything.
type Twin struct {
	Tables []Table // their names are whole: dataset.table
	Claims []Claim
	Finds  string
	// Write is what a job sends to the suite's table, nil where it sends nothing.
	Write *Write
}

// given is the twin without what is found in it.
func (t Twin) given() Twin {
	t.Finds = ""
	return t
}

// Write is rows that a job sends to days of a table, all of those that the days are to have.
type Write struct {
	Table    // its name is that of the table that they are for
	From, To civil.Date
	// Dropped is how many of them the service loses on the way.
	Dropped int
}

// Claim is dates of a table that somebody claims while the command runs.
type Claim struct {
	Table, Owner string
	From, To     civil.Date
}

// Command is a run of intact in a folder with suite.yaml and a CSV file for each table,
// which is called by its name without the dataset.
type Command struct {
	Args []string
	Exit int
	Says []string // each stands somewhere in what it prints
}

// incidentClock is the clock of an incident that does not say another.
var incidentClock = time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC)

// ReadIncidents reads those of the files that match the pattern.
func ReadIncidents(fsys fs.FS, pattern string) ([]Incident, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, err
	}
	var out []Incident
	ids := map[string]bool{}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		read, err := incidents(name, string(data))
		if err != nil {
			return nil, err
		}
		for _, c := range read {
			if ids[c.ID] {
				return nil, fmt.Errorf("%s: there are two incidents %s", c.At, c.ID)
			}
			ids[c.ID] = true
		}
		out = append(out, read...)
	}
	return out, nil
}

// incidents reads a file twice: once as its broken twins, once as the clean ones.
func incidents(name, text string) ([]Incident, error) {
	broken, err := halves(name, text, "-", "+")
	if err != nil {
		return nil, err
	}
	clean, err := halves(name, text, "+", "-")
	if err != nil {
		return nil, err
	}
	for i := range broken {
		b, c := &broken[i], clean[i]
		if b.Suite != c.Suite {
			return nil, fmt.Errorf("%s: the twins have one suite: only rows can be marked", b.At)
		}
		b.Clean.Tables, b.Clean.Write, b.Clean.Claims = c.Broken.Tables, c.Broken.Write, c.Broken.Claims
		if reflect.DeepEqual(b.Broken.given(), b.Clean.given()) {
			b.Clean = nil
		}
		if err := b.whole(); err != nil {
			return nil, fmt.Errorf("%s: incident %s: %w", b.At, b.ID, err)
		}
	}
	return broken, nil
}

func (c *Incident) whole() error {
	switch {
	case c.Title == "":
		return errors.New("it has no title")
	case c.Open != "":
		return nil
	case c.Suite == "" && c.Broken.Claims == nil:
		return errors.New("it has no suite, and does not say why it is open")
	case c.Broken.Write != nil && c.Blocks == nil && c.Aside == nil, c.Broken.Write == nil && (c.Blocks != nil || c.Aside != nil):
		return errors.New("rows that are sent are blocked or set aside, and nothing else is")
	case c.Refused == nil && c.Command == nil && c.Broken.Finds == "" && c.Broken.Write == nil:
		return errors.New("it says neither what is found nor how it is refused")
	}
	return nil
}

// halves reads a file as one of its twins: lines that are marked as its own are as
// others are, and those of the other do not count.
func halves(name, text, own, other string) ([]Incident, error) {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, own+" "); ok {
			lines[i] = indent + rest
		} else if strings.HasPrefix(line, other+" ") {
			lines[i] = ""
		}
	}
	all, err := sections(strings.Join(lines, "\n"))
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	var out []Incident
	for _, s := range all {
		where := fmt.Sprintf("%s:%d", name, s.line)
		if s.word == "incident" {
			id, title, _ := strings.Cut(s.rest, " ")
			out = append(out, Incident{ID: id, Title: strings.TrimSpace(title), At: where, Clock: incidentClock, Clean: &Twin{}})
			continue
		}
		if len(out) == 0 {
			return nil, fmt.Errorf("%s: %s stands below no incident", where, s.word)
		}
		if err := out[len(out)-1].section(s); err != nil {
			return nil, fmt.Errorf("%s: %s %s: %w", where, s.word, s.rest, err)
		}
	}
	return out, nil
}

func (c *Incident) section(s section) (err error) {
	text := strings.TrimRight(strings.Join(s.body, "\n"), "\n")
	switch s.word {
	case "table":
		t := Table{Name: s.rest}
		err = t.read(s)
		c.Broken.Tables = append(c.Broken.Tables, t)
	case "claims":
		c.Broken.Claims, err = claims(s.body)
	case "suite", "features":
		c.Suite, c.Features, c.line = text, s.word == "features", s.line
	case "at":
		c.Clock, err = time.Parse(time.RFC3339, s.rest)
	case "finds":
		c.Broken.Finds = text
	case "sent":
		err = c.sent(s)
	case "dropped":
		if c.Broken.Write == nil {
			return errors.New("no rows have been sent")
		}
		c.Broken.Write.Dropped, err = strconv.Atoi(strings.TrimSpace(text))
	case "blocks":
		c.Blocks = lines(text)
	case "aside":
		c.Aside = lines(text)
	case "clean":
		c.Clean.Finds = text
	case "refused":
		c.Refused = strings.Split(text, "\n")
	case "command":
		c.Command = &Command{Says: strings.Split(text, "\n")}
		args := strings.Fields(s.rest)
		if len(args) < 2 {
			return errors.New("write the exit code, and the arguments of intact")
		}
		c.Command.Args = args[1:]
		c.Command.Exit, err = strconv.Atoi(args[0])
	case "only":
		c.Only, _, _ = strings.Cut(s.rest, ":")
		if c.Only != "memory" && c.Only != "emulator" {
			err = errors.New("write memory or emulator, and why")
		}
	case "open":
		if c.Open = strings.TrimSpace(s.rest + " " + text); c.Open == "" {
			err = errors.New("write what is missing")
		}
	default:
		err = errors.New("there is no such section: write incident, table, claims, suite, features, at, finds, clean, refused, command, sent, dropped, blocks, aside, only or open")
	}
	return err
}

// sent reads the rows of a write: sent nba.team_game 2026-01-04 2026-01-05.
func (c *Incident) sent(s section) error {
	words := strings.Fields(s.rest)
	if len(words) != 3 {
		return errors.New("write the table, and the first and the last day that is written")
	}
	w := &Write{Table: Table{Name: words[0]}}
	c.Broken.Write = w
	var errs [3]error
	w.From, errs[0] = civil.ParseDate(words[1])
	w.To, errs[1] = civil.ParseDate(words[2])
	errs[2] = w.read(s)
	return errors.Join(errs[:]...)
}

func lines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

// Written is the suite as it stands in its file, on tables that are called otherwise.
func (c Incident) Written(name func(table string) string) (file, text string) {
	text = strings.Repeat("\n", c.line) + indent + strings.ReplaceAll(c.Suite, "\n", "\n"+indent)
	for _, t := range c.Broken.Tables {
		whole := regexp.MustCompile(`\b` + regexp.QuoteMeta(t.Name) + `\b`)
		text = whole.ReplaceAllLiteralString(text, name(t.Name))
	}
	file, _, _ = strings.Cut(c.At, ":")
	return file, text
}

// In is the suite on tables that are called otherwise, as they are where they are loaded.
// It may have checks of more kinds than the standard ones.
func (c Incident) In(name func(table string) string, more ...suitefile.Kind) (quality.Suite, error) {
	file, text := c.Written(name)
	read, err := suitefile.Parse(file, []byte(text), append(standard.Kinds(), more...)...)
	if err != nil {
		return quality.Suite{}, err
	}
	if len(read) != 1 {
		return quality.Suite{}, fmt.Errorf("%s: there are %d suites, not 1", c.At, len(read))
	}
	s := read[0].Suite
	s.RowsAtFault = new(int)
	return s, nil
}

// Judge says how a report on a twin differs from what it should find, or "".
func (t Twin) Judge(r quality.SuiteReport) string {
	var checks []quality.CheckReport
	for _, c := range r.Checks {
		if c.Verdict == quality.Pass {
			continue
		}
		var bad []quality.Finding
		for _, f := range c.Findings {
			if f.Verdict != quality.Pass {
				f.Details = told(f)
				bad = append(bad, f)
			}
		}
		c.Findings = bad
		checks = append(checks, c)
	}
	r.Checks = checks
	got := describe(r)
	if matches(t.Finds, got) {
		return ""
	}
	return fmt.Sprintf("(-want +got)\n- %s\n+ %s", strings.ReplaceAll(t.Finds, "\n", "\n- "), strings.ReplaceAll(got, "\n", "\n+ "))
}

func matches(want, got string) bool {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	if len(w) != len(g) {
		return false
	}
	for i, line := range w {
		start, open := strings.CutSuffix(line, "…")
		if !strings.HasPrefix(g[i], start) || !open && g[i] != line {
			return false
		}
	}
	return true
}

// claims are a line each: the table, the first and the last date, and who claims them.
func claims(lines []string) ([]Claim, error) {
	var out []Claim
	for _, line := range lines {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 4 {
			return nil, fmt.Errorf("%q: write the table, two dates, and who claims them", line)
		}
		from, err := civil.ParseDate(words[1])
		to, err2 := civil.ParseDate(words[2])
		if err := errors.Join(err, err2); err != nil {
			return nil, err
		}
		out = append(out, Claim{words[0], words[3], from, to})
	}
	return out, nil
}
