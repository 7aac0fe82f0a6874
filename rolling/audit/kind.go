package audit

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
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
		var w writtenCheck
		return suitefile.Draft{
			Value:  w.columns(),
			Keys:   w.keys(),
			Tables: func() []suitefile.Table { return w.files },
			Check:  func() quality.Check { return w.check() },
		}
	},
}

// writtenCheck is a check as it is read.
type writtenCheck struct {
	Stored
	named  []writtenColumn
	shared writtenColumn
	files  []suitefile.Table
}

func (w *writtenCheck) check() quality.Check {
	for _, column := range w.named {
		read, err := column.over(w.shared).column()
		if err != nil {
			return mistaken{w.Stored, err}
		}
		w.Columns = append(w.Columns, read)
	}
	return w.Stored
}

// mistaken is a check that is none.
type mistaken struct {
	Stored
	err error
}

// Validate says why.
func (m mistaken) Validate() error { return m.err }

// columns are names, or a window for each of them.
func (w *writtenCheck) columns() form.Form {
	var names []string
	listed := form.Texts(&names)
	each := form.Dict(func(name string) form.Form {
		column := writtenColumn{name: name}
		f := form.Map(column.keys()...)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			w.named = append(w.named, column)
		}}
	})
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{listed.Schema(), each.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				each.Read(n)
				return
			}
			listed.Read(n)
			for _, name := range names {
				w.named = append(w.named, writtenColumn{name: name})
			}
		},
	}
}

func (w *writtenCheck) keys() []form.Key {
	out := append(suitefile.ShareBounds(&w.Bounds), w.shared.keys()...)
	for _, key := range w.Keys.Keys() {
		key.Required = key.Name == "entity" || key.Name == "at"
		out = append(out, key)
	}
	x := append([]form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&w.Expected)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: suitefile.Source(&w.Expected, &w.files)},
	}, w.Keys.Expected.Keys()...)
	from := []form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&w.From.Table)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: suitefile.Source(&w.From.Table, &w.files)},
		{Name: "map", Doc: "What a key column of the suite's table is called there. Defaults to the same name.", Form: form.Dict(func(own string) form.Form {
			var name string
			f := form.Text(&name)
			return form.Form{Schema: f.Schema, Read: func(n form.Node) {
				f.Read(n)
				if w.From.Map == nil {
					w.From.Map = map[string]string{}
				}
				w.From.Map[own] = name
			}}
		})},
		{Name: "changed", Doc: "Its column that says when a row was changed, for made.", Form: form.Text(&w.Changed)},
	}
	return append(out,
		form.Key{Name: "from", Doc: "The rows that windows are over. Defaults to the suite's table.", Form: tableForm(from)},
		form.Key{Name: "expected", Doc: "The keys that were due, kept apart from the rows; without them no hole can be seen.", Form: tableForm(x)},
		form.Key{Name: "made", Doc: "The column that says when a row was stored: a value from before a row of its window was changed is outdated.", Form: form.Text(&w.Made)},
		form.Key{Name: "leak", Doc: "Bounds on the share of values that are a leak. Defaults to at_most: 0%.", Form: form.Map(suitefile.FewBounds(&w.Leak)...)},
		form.Key{Name: "matched", Doc: "Bounds on the share of rows whose entity the windows' rows know. Defaults to at_least: 100%.", Form: form.Map(suitefile.ShareBounds(&w.Matched)...)})
}

// tableForm is a map that names a table, or a file.
func tableForm(keys []form.Key) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read:   func(n form.Node) { n.ReadKeys(keys).OneOf("table", "source") },
	}
}
