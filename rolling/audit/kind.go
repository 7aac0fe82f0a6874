package audit

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
)

// Kinds lists those of this package, as suites write them.
func Kinds() []suitefile.Kind { return []suitefile.Kind{window} }

var window = suitefile.Kind{
	Name: "window",
	Doc:  "Stored averages are what is recomputed: a column whose name says its window, a list of them, or {form: {of: points, last: 10}}.",
	Claim: `Each stored value is, within the tolerance, what its window over the rows comes to, and NULL where that is refused. ` +
		`A value that is not has the first class that fits: leak, the window that includes the row's own time; excused as 0, rows that are not counted as 0; dropped late, rows that are not counted taking a place; other window, rows against days or one more or less; partial, what is there of a window that is not whole; stored though refused; missing though whole; outdated, where a row was changed after the value was made; wrong. ` +
		`NaN and infinities are no values. The share of leaks is of the values for which the two windows differ. A row whose entity the windows' rows do not know is told beside, and is not right where it stores a value; so is one whose key has a NULL part, unless null: ok. Windows of days are of dates, or of 24 hours unless zone says otherwise.`,
	Formula: "values that are right / values that are stored or due; leaks / values for which a leak can be told; rows of known entities / rows",
	Example: `
- window: points_avg_last_10
  of: points
  last: 10
  entity: player
  at: game_date
  counted: is_dnp IS NOT TRUE AND minutes > 0
  reset: season
  from: {table: nba_analytics.player_games, map: {player: player_id}}
  expected: {table: nba_raw.sheet, where: status != 'inactive'}
  at_least: 99%
- window: {form: {of: points, last: 10, decimals: 1}, shots: {ratio: made/taken, days: 30}}
  entity: player
  at: game_date`,
	New: func() suitefile.Draft {
		var w Settings
		return suitefile.Draft{
			Value:  w.columns(),
			Keys:   w.keys(),
			Tables: func() []suitefile.Table { return w.files },
			Check: func() quality.Check {
				c, err := w.Check()
				if err != nil {
					return mistaken{c, err}
				}
				return c
			},
		}
	},
}

// mistaken is a check that is none.
type mistaken struct {
	Stored
	err error
}

// Validate says why.
func (m mistaken) Validate() error { return m.err }
