package files

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// explain is the error of a column that is not decided.
func (c *cells) explain(name string, d decision) error {
	t := c.sum()
	out := &expr.OddCellsError{Odd: t.oddTexts()}
	switch d.why {
	case isDecided:
		return nil
	case byVoid:
		out.Err = t.explainVoid(name)
	case byWords:
		first, n := t.first[word], t.n[word]
		if !t.lostNames() {
			first, n = earlier(first, t.firstNamed), n+t.named[0]+t.named[1]
		}
		out.Err = t.say(name, first, n, "is a word", mendNulls)
	case byTypes:
		first, n := t.rarest()
		out.Odd = nil
		out.Err = t.say(name, first, n, "is "+string(first.typ()), "no type is that of both: mend them, or declare the column's type")
	case byQuotes:
		out.Err = t.say(name, t.first[notFinite], t.n[notFinite], "stands in quotes", "there is nothing else: declare the column FLOAT64, or nulls: [%s]")
	}
	return out
}

// oddTexts are those that stand for no value in the column, as far as they are few.
func (t *tally) oddTexts() []string {
	return slices.DeleteFunc(slices.Clone(t.odd.texts), func(text string) bool {
		m, _ := typed(numerals{}, []byte(text))
		return m.class == notFinite && !t.voidNaN() && t.of(integer, decimal) > 0
	})
}

const mendNulls = "declare what stands for no value, nulls: [%s], or the column's type"

func (t *tally) explainVoid(name string) error {
	first, n := t.first[void], t.n[void]
	if t.lostNames() {
		first, n = earlier(first, t.firstNamed), n+t.named[0]+t.named[1]
	}
	if t.voidNaN() {
		first, n = earlier(first, t.first[notFinite]), n+t.n[notFinite]
	}
	switch {
	case first.unfit != "":
		return t.say(name, first, n, first.unfit, "mend them, declare nulls: [%s], or declare the column STRING")
	case first == t.firstNamed:
		return t.say(name, first, n, "is the column's own name", "are there header lines among the rows? Take them out, or declare nulls: [%s]")
	}
	return t.say(name, first, n, "stands for no value", mendNulls)
}

// say is an error about the first of n cells.
func (t *tally) say(name string, first place, n int64, what, mend string) error {
	beside := ""
	if others := t.typedText(first); others != "" && t.n[code] == 0 { // behind a code cells are not told apart
		beside = ", beside " + others
	}
	mend = strings.ReplaceAll(mend, "%s", t.nullsText(first))
	err := fmt.Errorf("column %q: %s %s (%s of %s%s): %s",
		name, quoted([]byte(first.text)), what, quality.Grouped(n), cellsText(t.total()), beside, mend)
	if !first.there() {
		return err
	}
	return first.file.named(lineError{first.line, err})
}

// nullsText lists what would have to be declared, as YAML has it, if that is short.
func (t *tally) nullsText(first place) string {
	odd := t.oddTexts()
	if len(odd) == 0 || len(odd) > 5 || !slices.Contains(odd, first.text) {
		odd = []string{first.text}
	}
	for i, text := range odd {
		odd[i] = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return strings.Join(odd, ", ")
}

// typedText says what there is beside the odd cells.
func (t *tally) typedText(odd place) string {
	var parts []string
	add := func(one, more string, some ...class) {
		switch n := t.of(some...); {
		case n == 0, slices.ContainsFunc(some, func(c class) bool { return t.first[c] == odd }):
		case n == 1:
			parts = append(parts, "1 "+one)
		default:
			parts = append(parts, quality.Grouped(n)+" "+more)
		}
	}
	if t.voidNaN() {
		add("number", "numbers", integer, decimal)
	} else {
		add("number", "numbers", integer, decimal, notFinite)
	}
	add("number in dress", "numbers in dress", dressed)
	add("date", "dates", date, dateTime)
	add("timestamp", "timestamps", timestamp)
	add("boolean", "booleans", boolean)
	return strings.Join(parts, " and ")
}

// rarest is the first cell of the type that fewest cells have.
func (t *tally) rarest() (first place, n int64) {
	types := [][]class{{integer, decimal, notFinite}, {date, dateTime}, {timestamp}, {boolean}}
	types = slices.DeleteFunc(types, func(g []class) bool { return t.of(g...) == 0 })
	rare := slices.MinFunc(types, func(a, b []class) int { return int(t.of(a...) - t.of(b...)) })
	for _, c := range rare {
		first = earlier(first, t.first[c])
	}
	return first, t.of(rare...)
}

// typ is the type of a typed cell.
func (p place) typ() expr.Type {
	m, _ := typed(numerals{}, []byte(p.text))
	var one tally
	one.n[m.class]++
	typ, _ := one.joined()
	return typ
}

// note is what is worth telling of a column that is text; "" is nothing.
func (c *cells) note(name string, d decision) string {
	t := c.sum()
	var err error
	switch {
	case d.why != isDecided || d.typ != expr.String || c.bare.total() == 0:
	case t.n[dressed] > 0 && t.of(code, word) == 0:
		err = t.say(name, t.first[dressed], t.n[dressed], "is a number in dress", "the column is STRING; declare decimal or thousands to have such numbers read")
	case t.n[void] > 0 && t.n[code] > 0:
		err = t.say(name, t.first[void], t.n[void], "may stand for no value", "the column is STRING and the cell a text like any other; nulls: [%s] leaves it out")
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

func cellsText(n int64) string {
	if n == 1 {
		return "1 cell"
	}
	return quality.Grouped(n) + " cells"
}

func earlier(a, b place) place {
	if !a.there() || b.there() && a.file == b.file && b.line < a.line {
		return b
	}
	return a
}

var errChanged = errors.New("the file has changed since it was opened: let it be finished first, or read what was there at first (as_of_open)")
