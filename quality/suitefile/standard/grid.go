package standard

import (
	"slices"

	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var grid = suitefile.Kind{
	Name: "grid",
	Doc:  "Every due date has rows, by a column of dates.",
	Claim: `Every date that is due has at least one row, in each segment. What is due say the suite's calendar, days or weekdays (Monday to Friday) of the suite's dates, or another table, never the table itself; a day that is not over by the clock of the run is not due yet, unless a due time says so. ` +
		`A date counts by the suite's zone. Missing dates are named as ranges; rows on dates that are not due are counted and no failure. A row, here or there, without a date or a segment makes the verdict unknown, unless null: ok sets it aside; so does nothing that is due. ` +
		`by: columns that the other table has too part the dates there; of others expect lists the values, each of which is due on every date.`,
	Formula: "due dates that have rows / due dates",
	Example: `
- grid: game_date
  every: {table: nba_raw.schedule, where: status = 'final', column: day}
  except: {first_days: 14, of: season}
  by: season`,
	New: func() suitefile.Draft {
		var c checks.Grid
		every := schedule{days: &c.Every.Days}
		return suitefile.Draft{
			Value: form.Text(&c.Column),
			Keys: append([]form.Key{
				{Name: "every", Doc: "day, weekday, or the table that says what is due. Defaults to the suite's calendar.", Form: every.form()},
				{Name: "except", Doc: "Dates that are not due: dates and ranges {from, to}, or {first_days: 14, of: season}, as many days from the first due date of each value of a column of the other table.", Form: exceptions(&c)},
			}, suitefile.ShareBounds(&c.Bounds)...),
			Tables: every.tables,
			Check: func() quality.Check {
				c.Every.Of = every.against(c.Column)
				return c
			},
		}
	},
}

// schedule is the key every:, words for days or another table.
type schedule struct {
	other
	days *checks.Days
	date expr.Expr
}

// against is the other table, whose date the suite's column is.
func (e *schedule) against(column string) checks.Against {
	if !e.date.IsZero() {
		e.Map = append(e.Map, checks.Mapping{Column: column, To: []expr.Expr{e.date}})
	}
	return e.Against
}

func (e *schedule) form() form.Form {
	var word string
	words := form.Choice(&word, string(checks.EveryDay), string(checks.EveryWeekday))
	keys := append(e.rowKeys(), e.due(),
		form.Key{Name: "column", Doc: "Its column of dates, or an expression. Defaults to the same name.", Form: suitefile.Computed(&e.date)})
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{words.Schema(), form.MapSchema(keys)}}
		},
		Read: func(n form.Node) {
			if !n.IsMap() {
				words.Read(n)
				*e.days = checks.Days(word)
				return
			}
			e.read(n, keys)
		},
	}
}

// exceptions are dates, ranges of them, and the first days of something.
func exceptions(c *checks.Grid) form.Form {
	return form.OneOrMore(func() form.Form {
		var day civil.Date
		var r checks.DateRange
		date := form.Date(&day)
		ends := form.Map(
			form.Key{Name: "from", Doc: "The first day.", Form: form.Date(&r.From), Required: true},
			form.Key{Name: "to", Doc: "The last day.", Form: form.Date(&r.To), Required: true},
		)
		first := form.Map(
			form.Key{Name: "first_days", Doc: "How many days, of a calendar on the wall.", Form: form.Positive(&c.FirstDays), Required: true},
			form.Key{Name: "of", Doc: "A column of the other table, such as season.", Form: form.Text(&c.FirstDaysOf), Required: true},
		)
		return form.Form{
			Schema: func() *jsonschema.Schema {
				return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{date.Schema(), ends.Schema(), first.Schema()}}
			},
			Read: func(n form.Node) {
				isFirst := slices.ContainsFunc(n.Entries(), func(e form.Entry) bool { return e.Name == "first_days" || e.Name == "of" })
				switch {
				case isFirst:
					first.Read(n)
					return
				case n.IsMap():
					ends.Read(n)
				default:
					date.Read(n)
					r = checks.DateRange{From: day, To: day}
				}
				c.Except = append(c.Except, r)
			},
		}
	})
}
