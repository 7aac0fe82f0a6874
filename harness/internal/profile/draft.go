package profile

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Place says what the suite is called and where the rows of its table are.
type Place struct {
	Suite string
	// Source is the local file, "" of a table that an engine knows by itself.
	Source string
	// Dialect is how it is written, as far as that was found out: Delimiter, Decimal,
	// Thousands, Nulls and Times.
	Dialect dialect.Dialect
	// Notes are told of the file.
	Notes []string
}

// Draft is a suite that can still lose checks.
type Draft struct {
	place   Place
	profile *Profile
	checks  []check
	// decide are checks that only a person can decide upon.
	decide []check
	told   []string
}

// Told is what the suite leaves out, and why, and what is told of the file.
func (d *Draft) Told() []string {
	out := slices.Clone(d.told)
	for _, n := range d.place.Notes {
		out = append(out, oneLine(n))
	}
	return out
}

// check is one of a suite, and why it is there.
type check struct {
	node *yaml.Node
	why  string
}

// Draft makes a suite of what was found.
func (p *Profile) Draft(at Place) *Draft {
	d := &Draft{place: at, profile: p}
	for _, c := range p.Columns {
		switch {
		case c.Err != nil:
			d.tell("column %s is left out: %v", form.Quote(c.Name), c.Err)
		case c.Unknown != nil:
			d.tell("of the values of column %s nothing is claimed: %v", form.Quote(c.Name), c.Unknown)
		case p.Date == nil && c.tellsTime() && c.Values > 0:
			d.tell("column %s is not the suite's date: %s of %s have none, and belong to no day", form.Quote(c.Name), quality.Grouped(p.Rows-c.Values), quality.Plural(p.Rows, "row", "rows"))
		}
	}
	if len(p.Columns) == 1 {
		if at := strings.IndexAny(p.Columns[0].Name, ";\t|"); at >= 0 {
			d.tell("the only column is %s: where cells end otherwise declare delimiter: %q", form.Quote(p.Columns[0].Name), p.Columns[0].Name[at:at+1])
		}
	}
	for _, err := range p.Unanswered {
		d.tell("what was not found: %v", err)
	}
	d.rows()
	d.keys()
	d.complete()
	d.ranges()
	d.texts()
	d.listed()
	d.shares()
	d.days()
	return d
}

func (d *Draft) tell(format string, args ...any) {
	d.told = append(d.told, oneLine(fmt.Sprintf(format, args...)))
}

// add adds a check: what it claims, and its further keys.
func (d *Draft) add(why string, kind string, of *yaml.Node, keys ...*yaml.Node) {
	d.checks = append(d.checks, newCheck(why, kind, of, keys...))
}

// suggest adds a check that stands as a comment.
func (d *Draft) suggest(why string, kind string, of *yaml.Node, keys ...*yaml.Node) {
	d.decide = append(d.decide, newCheck(why, kind, of, keys...))
}

func newCheck(why string, kind string, of *yaml.Node, keys ...*yaml.Node) check {
	return check{mapping(append([]*yaml.Node{text(kind), of}, keys...)...), oneLine(why)}
}

// Drop takes checks out, by their place in the suite, and tells why.
func (d *Draft) Drop(why map[int]string) {
	var kept []check
	for i, c := range d.checks {
		if reason, out := why[i]; out {
			d.tell("the check {%s} is left out: %s", strings.ReplaceAll(strings.TrimSpace(dump(c.node)), "\n", ", "), reason)
		} else {
			kept = append(kept, c)
		}
	}
	d.checks = kept
}

// Checks is how many there are.
func (d *Draft) Checks() int { return len(d.checks) }

// YAML is the suite.
func (d *Draft) YAML() []byte {
	p := d.profile
	head := fmt.Sprintf("A first suite on %s, drafted by intact init from %s on %s.\nEvery check holds today. Take out what need not hold, and tighten what must.",
		form.Quote(p.Table), quality.Plural(p.Rows, "row", "rows"), p.Now.UTC().Format("2006-01-02"))
	root := mapping(text("suite"), text(d.place.Suite), text("table"), text(p.Table))
	if d.place.Source != "" {
		root.Content = append(root.Content, text("source"), text(d.place.Source))
	}
	root.Content = append(root.Content, d.place.dialect()...)
	root.Content = append(root.Content, d.scope()...)
	checks := &yaml.Node{Kind: yaml.SequenceNode}
	for _, c := range d.checks {
		checks.Content = append(checks.Content, c.noted())
	}
	root.Content = append(root.Content, text("checks"), checks)
	doc := &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{note(root, head)}}
	doc.FootComment = d.foot()
	return []byte(dump(doc))
}

// dialect says how the file is written.
func (at Place) dialect() []*yaml.Node {
	var out []*yaml.Node
	if delimiter := at.Dialect.Delimiter; delimiter != "" {
		out = append(out, note(text("delimiter"), "The header has no comma, and each of the first lines as many of these."), text(delimiter))
	}
	if decimal := at.Dialect.Decimal; decimal != "" {
		out = append(out, note(text("decimal"), "More columns are numbers so than with a point."), text(decimal))
	}
	if thousands := at.Dialect.Thousands; thousands != "" {
		out = append(out, text("thousands"), text(thousands))
	}
	if nulls := at.Dialect.Nulls; len(nulls) > 0 {
		out = append(out, note(text("nulls"), "Stand for no value where numbers, dates or nothing else stand, and then in every column."), texts(nulls))
	}
	if times := at.Dialect.Times; len(times) > 0 {
		columns := mapping()
		for _, c := range slices.Sorted(maps.Keys(times)) {
			columns.Content = append(columns.Content, text(c), flow(mapping(text("format"), text(times[c].Format))))
		}
		out = append(out, note(text("columns"), "All texts are dates in this format, and not in the other usual ones."), columns)
	}
	return out
}

// foot is what stands behind the checks, as comments.
func (d *Draft) foot() string {
	var parts []string
	if len(d.decide) > 0 {
		of := &yaml.Node{Kind: yaml.SequenceNode}
		for _, c := range d.decide {
			of.Content = append(of.Content, c.noted())
		}
		parts = append(parts, "To decide:\n"+strings.TrimRight(dump(of), "\n"))
	}
	if told := d.Told(); len(told) > 0 {
		parts = append(parts, "Not in this suite:\n"+strings.Join(told, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// noted is the check with its reason: beside it where both are short, else above it.
func (c check) noted() *yaml.Node {
	out := *c.node
	flow(&out)
	if line := strings.TrimSpace(dump(&out)); len(line)+len(c.why) > lineWidth || strings.Contains(line, "\n") {
		return note(c.node, c.why)
	}
	out.LineComment = c.why
	return &out
}

// lineWidth is how long a check may be together with its reason to stand on one line.
const lineWidth = 150

// note is a node with a comment above it.
func note(n *yaml.Node, comment string) *yaml.Node {
	out := *n
	out.HeadComment = comment
	return &out
}

// dump writes YAML. What is written is made of nodes alone, which cannot fail.
func dump(n *yaml.Node) string {
	var out bytes.Buffer
	w, err := yaml.NewDumper(&out, yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err == nil {
		err = w.Dump(n)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "# " + oneLine(err.Error()) + "\n"
	}
	return out.String()
}

// oneLine is a text for a comment: nothing in it ends the line.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			return ' '
		}
		return r
	}, s)
}
