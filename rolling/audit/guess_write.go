package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/panel"
)

// Source is what a check reads beside the stored table, "" for nothing: files or tables.
type Source struct {
	Of, Expected string
	Tables       bool
}

func (s Source) named(name string) string {
	if s.Tables {
		return "table: " + form.Quote(name)
	}
	return "source: " + form.Quote(name)
}

// WriteAnswer writes what was found as YAML: a check for a suite where one that claims
// the rule passes, and all else as comments.
func WriteAnswer(b *strings.Builder, a Answer, from Source, q Question) {
	say := func(format string, args ...any) {
		b.WriteString("# " + strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ") + "\n")
	}
	of := func(c *Candidate) string {
		return fmt.Sprintf("%s of %s", quality.Grouped(c.Equal), quality.Plural(c.Values, "value", "values"))
	}
	switch {
	case a.Values == 0:
		say("%s: it has no value", a.Column)
		return
	case a.Best == nil:
		say("%s: none of %s rules gives any of its %s", a.Column, quality.Grouped(int64(a.Tried)), quality.Plural(a.Values, "value", "values"))
		return
	case a.None():
		say("%s: none of %s rules; the closest, %s, gives %s", a.Column, quality.Grouped(int64(a.Tried)), a.Best, of(a.Best))
		return
	}
	best := *a.Best
	say("%s is %s: %s", a.Column, best, of(a.Best))
	if a.Lies != "" {
		say("  %s", a.Lies)
	}
	if best.Spec.Includes() {
		say("  it sees its row's own time, a leak in what is to be predicted")
	}
	if best.Partial > 0 {
		say("  %s of windows that are not whole, and average what is there", quality.Plural(best.Partial, "is", "are"))
	}
	if best.Due > 0 {
		say("  %s no value where the window is whole", quality.Plural(best.Due, "row has", "rows have"))
	}
	if len(best.Same) > 0 {
		same := make([]string, len(best.Same))
		for i, e := range best.Same {
			same[i] = e.String()
		}
		say("  which is the same rows as %s", strings.Join(same, "; "))
	}
	for _, c := range a.Alike {
		say("  these rows do not tell it from %s", c)
	}
	before := ""
	if !best.Keeps() {
		say("  so this check, of the window that it claims to be, does not pass:")
		before = "# "
	}
	for line := range strings.Lines(best.check(a.Column, from, q)) {
		b.WriteString(before + line)
	}
}

// String says it in words.
func (c Candidate) String() string {
	out := c.Definition.String()
	if !c.Counted.IsZero() {
		out += " where " + c.Counted.String()
	}
	if c.Reset != "" {
		out += ", within a " + c.Reset
	}
	if c.Decimals >= 0 {
		out += fmt.Sprintf(", rounded to %s", quality.Plural(int64(c.Decimals), "decimal", "decimals"))
	}
	return out
}

// check is the check that claims it.
func (c Candidate) check(column string, from Source, q Question) string {
	var b strings.Builder
	key := func(name, value string) { fmt.Fprintf(&b, "  %s: %s\n", name, value) }
	text := func(name, value string) {
		if value != "" {
			key(name, form.Quote(value))
		}
	}
	fmt.Fprintf(&b, "- window: %s\n", form.Quote(column))
	s := c.Spec.Statistic()
	switch {
	case s.Per() != "":
		text("ratio", s.Column()+"/"+s.Per())
	case s.Kind() == "avg":
		text("of", s.Column())
	default:
		text("of", s.Column())
		text("stat", s.Kind())
	}
	if n := c.Spec.Window().Rows(); n > 0 {
		key("last", fmt.Sprint(n))
	} else {
		key("days", fmt.Sprint(c.Spec.Window().Days()))
	}
	if c.Spec.Includes() {
		key("include_current", "true")
	}
	if c.Decimals >= 0 {
		key("decimals", fmt.Sprint(c.Decimals))
	}
	key("entity", form.QuoteAll(q.Keys.Entity))
	text("at", q.Keys.At)
	if len(q.Keys.Order) > 0 {
		key("order", form.QuoteAll(q.Keys.Order))
	}
	text("reset", c.Reset)
	if !c.Counted.IsZero() {
		text("counted", c.Counted.String())
	}
	if q.Keys.Zone != nil {
		text("zone", q.Keys.Zone.String())
	}
	if from := q.Keys.HistoryFrom; from.IsValid() {
		text("history_from", from.String())
	}
	if from.Of != "" {
		of := "{" + from.named(from.Of)
		if len(q.Map) > 0 {
			of += ", map: " + mapText(q.Map, form.Quote)
		}
		key("from", of+"}")
	}
	if from.Expected != "" {
		key("expected", expectedText(from.named(from.Expected), q.Keys.Expected))
	}
	return b.String()
}

func expectedText(source string, x panel.Expected) string {
	out := "{" + source
	if !x.Where.IsZero() {
		out += ", where: " + form.Quote(x.Where.String())
	}
	if len(x.Map) > 0 {
		out += ", map: " + mapText(x.Map, form.QuoteAll)
	}
	if x.By != "" {
		out += ", by: " + form.Quote(x.By)
	}
	if x.Due != "" {
		out += ", due: " + form.Quote(x.Due)
	}
	return out + "}"
}

func mapText[V any](of map[string]V, text func(V) string) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, form.Quote(k)+": "+text(of[k]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
