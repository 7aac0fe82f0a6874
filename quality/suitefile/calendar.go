package suitefile

import (
	"regexp"
	"strings"

	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// calendar is a suite's calendar that is being read.
type calendar struct {
	*quality.Calendar
	tables []Table // that only it reads
}

func (c *calendar) form() form.Form {
	var of quality.Calendar
	var source string // the name of what is read of it
	keys := []form.Key{
		{Name: "table", Doc: "The table that says what was due: [project.]dataset.table.", Form: form.Text(&of.Table)},
		{Name: "source", Doc: "Instead of a table, a local file of its rows, relative to this file.", Form: Source(&source, &c.tables)},
		{Name: "date", Doc: "Its date column. Defaults to what tables says of it, else to the suite's.", Form: form.Text(&of.Date)},
		{Name: "where", Doc: "Names the rows that say what was due.", Form: Expr(&of.Where)},
		{Name: "map", Doc: "What columns of the suite's table are called there: {team: [home_team, away_team]} makes two rows of each.", Form: paired(&of.Map)},
		{Name: "due", Doc: "When the rows of a date are due, such as 06:00 America/New_York + 36h. Defaults to at once.", Form: DueTime(&of.Due)},
		{Name: "covers", Doc: "The first and the last day that it knows of, 2021-10-19..2026-06-30. Defaults to those of its rows, which are read whole.", Form: covers(&of.From, &of.To)},
		{Name: "season", Doc: "A column of it whose values each have a first and a last day of their own.", Form: form.Text(&of.Season)},
		{Name: "null", Doc: "ok: its rows without a date are set aside.", Form: form.Word(&of.NullsOK, "ok")},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema {
			s := form.MapSchema(keys)
			s.OneOf = []*jsonschema.Schema{{Required: []string{"table"}}, {Required: []string{"source"}}}
			return s
		},
		Read: func(n form.Node) {
			before := n.Mistakes()
			n.ReadKeys(keys)
			if n.Mistakes() > before {
				return
			}
			switch {
			case (of.Table == "") == (source == ""):
				n.Fail("a calendar has a table, or a source")
				return
			case source != "":
				of.Table = source
			}
			c.Calendar = &of
		},
	}
}

// paired reads what columns are called in another table: a name, or a list of them.
func paired(into *[]quality.Paired) form.Form {
	return form.Dict(func(column string) form.Form {
		var names []string
		f := form.Texts(&names)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, quality.Paired{Column: column, With: names})
		}}
	})
}

// DueTime is when the rows of a date are due, such as 06:00 America/New_York + 36h.
func DueTime(into **quality.DueTime) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: quality.DueTimePattern}
		},
		Read: func(n form.Node) {
			text, ok := n.Text()
			if !ok {
				return
			}
			d, err := quality.ParseDueTime(text)
			if err != nil {
				n.Fail("%w", err)
				return
			}
			*into = &d
		},
	}
}

var dayRange = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$`)

// covers is a first and a last day.
func covers(first, last *civil.Date) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: dayRange.String()}
		},
		Read: func(n form.Node) {
			const expected = "a first and a last day such as 2021-10-19..2026-06-30"
			text, ok := n.Written(expected)
			if !ok {
				return
			}
			a, b, _ := strings.Cut(text, "..")
			from, err1 := civil.ParseDate(a)
			to, err2 := civil.ParseDate(b)
			if !dayRange.MatchString(text) || err1 != nil || err2 != nil || !from.IsValid() || !to.IsValid() {
				n.FailExpecting(expected, "")
				return
			}
			*first, *last = from, to
		},
	}
}
