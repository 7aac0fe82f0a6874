package standard

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// dueDraft is what those of keys that are due have in common.
func dueDraft(make func(columns []string, of checks.Against, bounds []quality.Bound) quality.Check) suitefile.Draft {
	var of other
	return keysDraft(&of, of.key(of.due()), make)
}

// keysDraft is what they have in common.
func keysDraft(of *other, key form.Key, make func(columns []string, of checks.Against, bounds []quality.Bound) quality.Check, more ...form.Key) suitefile.Draft {
	var columns []string
	var bounds []quality.Bound
	return suitefile.Draft{
		Value:  form.Texts(&columns),
		Keys:   append(append([]form.Key{key}, suitefile.ShareBounds(&bounds)...), more...),
		Tables: of.tables,
		Check:  func() quality.Check { return make(columns, of.Against, bounds) },
	}
}

var cover = suitefile.Kind{
	Name:    "cover",
	Doc:     "Every key that another table says is due has a row: a column, or a list of them.",
	Claim:   `Every key that is due by the other table has a row of the suite's. A due key with a NULL part fails, unless null: ok of the other table sets it aside. Where no key is due the verdict is unknown. The other table may not be made from the suite's own. by: columns are the other table's, or some of the key.`,
	Formula: "due keys with a row / due keys",
	Example: `
- cover: [game_date, team]
  of:
    table: nba_raw.schedule
    where: status = 'final'
    map: {team: [home_team, away_team]}`,
	New: func() suitefile.Draft {
		return dueDraft(func(columns []string, of checks.Against, bounds []quality.Bound) quality.Check {
			return checks.Cover{Columns: columns, Of: of, Bounds: bounds}
		})
	},
}

var only = suitefile.Kind{
	Name:    "only",
	Doc:     "No key but those of another table occurs: a column, or a list of them.",
	Claim:   `Every key of the suite's table is one of the other's: cover turned round. A key with a NULL part fails, unless null: ok sets it aside. by: columns are the suite's table's.`,
	Formula: "keys that the other table has / keys",
	Example: `
- only: player
  of: {source: rosters.csv, map: {player: player_id}}`,
	New: func() suitefile.Draft {
		return dueDraft(func(columns []string, of checks.Against, bounds []quality.Bound) quality.Check {
			return checks.Only{Columns: columns, Of: of, Bounds: bounds}
		})
	},
}

var equal = suitefile.Kind{
	Name:    "equal",
	Doc:     "The keys are those of another table and no others: a column, or a list of them.",
	Claim:   `Every key of either table is one of both: cover and only in one. A key with a NULL part fails, unless null: ok of its own side sets it aside. by: columns are some of the key.`,
	Formula: "keys of both tables / keys of either",
	Example: `
- equal: [game_date, player]
  of:
    table: nba_raw.gamelogs
    map:
      player: {file: crosswalk.csv, from: player_lookup, to: player_id}`,
	New: func() suitefile.Draft {
		return dueDraft(func(columns []string, of checks.Against, bounds []quality.Bound) quality.Check {
			return checks.Equal{Columns: columns, Of: of, Bounds: bounds}
		})
	},
}

var match = suitefile.Kind{
	Name:    "match",
	Doc:     "A join finds the table's keys in another one: a column, or a list of them.",
	Claim:   `The distinct keys without a NULL part are found in the other table. Rows, rows with a NULL key, the most rows that one key finds (fanout) and the populated share of the rows that find one are told beside the share. Where the other table has no key, at_most is unknown. by: columns are the suite's table's.`,
	Formula: "distinct keys that are found / distinct keys",
	Example: `
- match: game_id
  of: {table: nba_analytics.team_offense}
  at_least: 99%
  fanout: 1
  populated: usage_rate`,
	New: func() suitefile.Draft {
		var fanout int64
		var populated string
		var of other
		return keysDraft(&of, of.key(), func(columns []string, of checks.Against, bounds []quality.Bound) quality.Check {
			return checks.Match{Columns: columns, Of: of, Bounds: bounds, Fanout: fanout, Populated: populated}
		},
			form.Key{Name: "fanout", Doc: "The most rows of the other table that one key may find. Defaults to any number.", Form: form.Positive(&fanout)},
			form.Key{Name: "populated", Doc: "A column of the suite's table whose populated share is told of the rows that find a match.", Form: form.Text(&populated)},
		)
	},
}

var compare = suitefile.Kind{
	Name:    "compare",
	Doc:     "Columns say by key what another table says: [points, {minutes: seconds / 60}], a column and an expression over the other table.",
	Claim:   `Of each key that is on both sides, every copy here is as every copy there: equal, or numbers no further apart than tolerance. NULL is as NULL and differs from a value; NaN differs from all. A key on one side only fails, unless keys: both; one with a NULL part fails, unless null: ok of its own side sets it aside. Each column is judged by itself. by: columns are the suite's table's.`,
	Formula: "keys of both tables whose copies agree / keys of both tables, for each column",
	Example: `
- compare: [points, {minutes_played: seconds / 60}]
  key: [game_date, player]
  of: {table: nba_raw.gamelogs, map: {player: player_id}}
  tolerance: 0.1`,
	New: func() suitefile.Draft {
		var c checks.Compare
		var of other
		return suitefile.Draft{
			Value: form.OneOrMore(func() form.Form { return pairs(&c.Pairs) }),
			Keys: append(suitefile.ShareBounds(&c.Bounds),
				of.key(),
				form.Key{Name: "key", Doc: "The columns by which rows are found.", Form: form.Texts(&c.Key), Required: true},
				form.Key{Name: "tolerance", Doc: "How far numbers may be apart. Defaults to 0.", Form: suitefile.NumberValue(&c.Tolerance)},
				form.Key{Name: "keys", Doc: "both: a key on one side only is told and no failure.", Form: form.Word(&c.BothOnly, "both")}),
			Tables: of.tables,
			Check: func() quality.Check {
				c.Of = of.Against
				return c
			},
		}
	},
}

var reconcile = suitefile.Kind{
	Name:    "reconcile",
	Doc:     "A measure of each group is what it is in another table: {measure: {sum: points}, by: game_date, with: {table: …, column: pts}}.",
	Claim:   `Of each group of rows that both tables have, the measure is the same, or no further apart than tolerance; over nothing on both sides it is. The measure is said as for against, without assert and spread; complete is how many rows are populated. A group on one side only fails; one with a NULL part fails, unless null: ok of its own side sets it aside. NaN and infinities are left out of numbers. FLOAT64 is added in an order of the engine's own: give sums of it a tolerance.`,
	Formula: "groups of both tables whose measures agree / groups of both tables",
	Example: `
- reconcile: {measure: {sum: points}, by: [game_date, team], with: {table: nba_raw.team_boxscores, map: {team: team_abbr}, column: pts}, tolerance: 0}`,
	New: func() suitefile.Draft {
		var c checks.Reconcile
		var with other
		keys := append(append(with.rowKeys(), suitefile.Span(&with.Span)...),
			form.Key{Name: "column", Doc: "What is measured there, a column or an expression. Defaults to the same name.", Form: suitefile.Computed(&c.With)})
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "measure", Doc: "rows, or a measure of a column: {sum: points}.", Form: measure(&c.Measure), Required: true},
				form.Key{Name: "by", Doc: "The columns to group by.", Form: form.Texts(&c.By), Required: true},
				form.Key{Name: "with", Doc: "The other table.", Form: form.Form{
					Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
					Read:   func(n form.Node) { with.read(n, keys) },
				}, Required: true},
				form.Key{Name: "tolerance", Doc: "How far the measures may be apart. Defaults to 0.", Form: suitefile.NumberValue(&c.Tolerance)}),
			Keys:   suitefile.ShareBounds(&c.Bounds),
			Tables: with.tables,
			Check: func() quality.Check {
				c.Of = with.Against
				return c
			},
		}
	},
}

// pairs are a column of both tables, or {ours: theirs}, columns and expressions.
func pairs(into *[]checks.Pair) form.Form {
	var name string
	plain := form.Text(&name)
	mapped := form.Dict(func(column string) form.Form {
		p := checks.Pair{Column: column}
		f := suitefile.Computed(&p.To)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, p)
		}}
	})
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{plain.Schema(), mapped.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				mapped.Read(n)
			} else if plain.Read(n); name != "" {
				*into = append(*into, checks.Pair{Column: name})
			}
		},
	}
}
