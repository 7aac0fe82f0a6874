package standard

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds about which of two times of a row is before the other.

var after = suitefile.Kind{
	Name: "after",
	Doc:  "Rows were made after what they are made from: {this: processed_at, source: {table: …, column: processed_at, map: {…}}}.",
	Claim: `The time of each row is not before the newest of the rows of its key in the source. With changed: a source that was written anew and whose hash is the one that the row keeps is no newer one; of several rows all have to be it. ` +
		`A row of which there is none in the source does not satisfy, nor does one without a time, unless null: ok sets such rows aside. Times of unlike types are unknown.`,
	Formula: "rows that are not before their source / rows",
	Example: `
- after:
    this: processed_at
    key: [game_id, player]
    source: {table: nba_raw.gamelogs, column: loaded_at, map: {player: player_id}, changed: {source_hash: data_hash}}`,
	New: func() suitefile.Draft {
		var c checks.After
		var source sourceOf
		keys := append(source.keys(), form.Key{Name: "changed", Doc: "The hash of a row of the source, where the table keeps it by the same name, or {ours: theirs}.", Form: form.Form{
			Schema: pairs(nil).Schema,
			Read: func(n form.Node) {
				var of []checks.Pair
				if pairs(&of).Read(n); len(of) > 1 {
					n.Fail("a hash is one column, and here are %d", len(of))
				} else if len(of) == 1 {
					c.Changed = of[0]
				}
			},
		}})
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "this", Doc: "The column that says when a row was made.", Form: form.Text(&c.Column), Required: true},
				form.Key{Name: "key", Doc: "The columns by which rows of the source are found. Defaults to those that map names.", Form: form.Texts(&source.Key)},
				form.Key{Name: "source", Doc: "What rows are made from.", Form: source.form(keys), Required: true}),
			Keys:   suitefile.ShareBounds(&c.Bounds),
			Tables: source.tables,
			Check: func() quality.Check {
				c.Source = source.read()
				return c
			},
		}
	},
}

var available = suitefile.Kind{
	Name:    "available",
	Doc:     "What a row says was there before the event that it is about: {at: available_at, before: tipoff_at}.",
	Claim:   `The one time of each row is strictly before the other, which is a column of the row, or the first time of the rows of its key in another table. NULL on either side, and a row of which there is none in the other table, do not satisfy, unless null: ok sets such rows aside. Times of unlike types are unknown.`,
	Formula: "rows that were there before their event / rows",
	Example: `
- available: {at: available_at, before: tipoff_at}
- available: {at: available_at, key: game_id, of: {table: nba_raw.schedule, column: tipoff_at}}`,
	New: func() suitefile.Draft {
		var c checks.Available
		var source sourceOf
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "at", Doc: "The column that says when it was there.", Form: form.Text(&c.Column), Required: true},
				form.Key{Name: "before", Doc: "The column that says when the event was.", Form: form.Text(&c.Before)},
				form.Key{Name: "key", Doc: "The columns by which the event is found in another table. Defaults to those that map names.", Form: form.Texts(&source.Key)},
				form.Key{Name: "of", Doc: "The table of the events, instead of before.", Form: source.form(source.keys())}),
			Keys:   suitefile.ShareBounds(&c.Bounds),
			Tables: source.tables,
			Check: func() quality.Check {
				c.Source = source.read()
				return c
			},
		}
	},
}

// sourceOf is a time in another table.
type sourceOf struct {
	other
	checks.Source
}

func (r *sourceOf) keys() []form.Key {
	return append(append(r.rowKeys(), suitefile.Span(&r.Span)...),
		form.Key{Name: "column", Doc: "Its column of the time, or an expression.", Form: suitefile.Computed(&r.Time), Required: true})
}

func (r *sourceOf) form(keys []form.Key) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read:   func(n form.Node) { r.other.read(n, keys) },
	}
}

func (r *sourceOf) read() checks.Source {
	r.Source.Of = r.Against
	return r.Source
}
