package standard

import (
	"errors"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/internal/rawsql"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var raw = suitefile.Kind{
	Name: "sql", NoRows: true,
	Doc: "A query gives no offending row: one SELECT in GoogleSQL, with @from, @to and @today.",
	Claim: `A query that is written by hand gives no row, or so many at most; the first few, by their text as JSON, are shown, unless a table of the suite has redacted columns. With number: it is the one value that it gives which is bounded, and NULL or no row is unknown. It needs an engine that runs SQL: of rows in memory the verdict is unknown. ` +
		`It is one SELECT and can change nothing; it is bounded by nothing but what it says: @from and @to are the suite's first and last day, @today the day of the clock.`,
	Formula: "rows that the query gives, or the number",
	Example: `
- sql: |
    SELECT game_date, team FROM nba_analytics.team_offense
    WHERE game_date < @today
    GROUP BY game_date, team HAVING SUM(points) = 0
  at_most: 2`,
	New: func() suitefile.Draft {
		var c checks.RawSQL
		return suitefile.Draft{
			Value: query(&c.SQL),
			Keys: append(suitefile.CountBounds(&c.Rows),
				form.Key{Name: "number", Doc: "Bounds on the one number that the query gives, instead of its rows: {at_least: 100}, {between: [95, 105]}.", Form: form.Map(suitefile.NumberBounds(&c.Number)...)}),
			Check: func() quality.Check { return c },
		}
	},
}

// query is one SELECT; a mistake points at the character that is wrong, if that has a
// place of its own.
func query(into *string) form.Form {
	return form.Form{Schema: form.Text(new(string)).Schema, Read: func(n form.Node) {
		text, ok := n.Text()
		if !ok {
			return
		}
		_, err := rawsql.Query(text)
		var at *rawsql.Error
		switch {
		case err == nil:
			*into = text
		case !errors.As(err, &at) || !n.FailAt(at.Offset, err):
			n.Fail("%w", err)
		}
	}}
}
