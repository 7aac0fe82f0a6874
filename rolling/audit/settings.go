package audit

import (
	"errors"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Settings are what a suite or flags say of stored windows.
type Settings struct {
	stored Stored
	named  []writtenColumn
	shared writtenColumn
	files  []suitefile.Table
}

// Check is the check that they say.
func (w *Settings) Check() (Stored, error) {
	c := w.stored
	for _, column := range w.named {
		read, err := column.over(w.shared).column()
		if err != nil {
			return c, err
		}
		c.Columns = append(c.Columns, read)
	}
	return c, nil
}

// Question asks how the columns were made, of which nothing is said but who they are.
func (w *Settings) Question() (Question, error) {
	c := w.stored
	q := Question{Keys: c.Keys, Map: c.From.Map}
	for _, column := range w.named {
		q.Columns = append(q.Columns, column.name)
		if column != (writtenColumn{name: column.name}) {
			return q, errors.New("what the windows are is guessed: name the columns alone")
		}
	}
	if w.shared != (writtenColumn{}) || len(c.Bounds)+len(c.Leak)+len(c.Matched) > 0 || c.Made+c.Changed != "" {
		return q, errors.New("what is said of windows and their bounds is of no use where they are guessed: leave it out")
	}
	return q, nil
}

// columns are names, or a window for each of them.
func (w *Settings) columns() form.Form {
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
			names = nil // flags are read one after the other
			listed.Read(n)
			for _, name := range names {
				w.named = append(w.named, writtenColumn{name: name})
			}
		},
	}
}

// keys are those beside the columns.
func (w *Settings) keys() []form.Key {
	c := &w.stored
	return append(w.plainKeys(),
		form.Key{Name: "from", Doc: "The rows that windows are over: {table: …}, or a file. Defaults to the suite's table.", Form: suitefile.Other(&c.From.Table, &w.files, w.fromKeys()...)},
		form.Key{Name: "expected", Doc: "The keys that were due, kept apart from the rows: {table: …}, or a file; without them no hole can be seen.", Form: suitefile.Other(&c.Expected, &w.files, c.Keys.Expected.Keys()...)},
		form.Key{Name: "leak", Doc: "Bounds on the share of values that are a leak. Defaults to at_most: 0%.", Form: form.Map(suitefile.FewBounds(&c.Leak)...)},
		form.Key{Name: "matched", Doc: "Bounds on the share of rows whose entity the windows' rows know. Defaults to at_least: 100%.", Form: form.Map(suitefile.ShareBounds(&c.Matched)...)})
}

// plainKeys are those that are no maps of their own.
func (w *Settings) plainKeys() []form.Key {
	c := &w.stored
	out := append(suitefile.ShareBounds(&c.Bounds), w.shared.keys()...)
	for _, key := range c.Keys.Keys() {
		key.Required = key.Name == "entity" || key.Name == "at"
		out = append(out, key)
	}
	return append(out, form.Key{Name: "made", Doc: "The COLUMN that says when a row was stored: a value from before a row of its window was changed is outdated.", Form: form.Text(&c.Made)})
}

func (w *Settings) fromKeys() []form.Key {
	from := &w.stored.From
	return []form.Key{
		{Name: "map", Doc: "COLUMN=NAME: what a key column of the stored table is called among the rows. Defaults to the same name.", Form: form.Dict(func(own string) form.Form {
			var name string
			f := form.Text(&name)
			return form.Form{Schema: f.Schema, Read: func(n form.Node) {
				f.Read(n)
				if from.Map == nil {
					from.Map = map[string]string{}
				}
				from.Map[own] = name
			}}
		})},
		{Name: "changed", Doc: "The COLUMN of the rows that says when one was changed, for made.", Form: form.Text(&w.stored.Changed)},
	}
}

// Flat are the settings without maps, as flags say them: what a suite says of another
// table has its name before it.
func (w *Settings) Flat() []form.Key {
	c := &w.stored
	names := form.Texts(new([]string))
	out := []form.Key{{Name: "column", Doc: "The stored COLUMNS; without a window beside, their names say it: points_avg_last_10.", Form: form.Form{
		Schema: names.Schema,
		Read:   w.columns().Read,
	}}}
	for _, key := range w.plainKeys() {
		if key.Name == "of" { // which is what the rows are of, in flags
			key.Name = "value"
		}
		out = append(out, key)
	}
	prefixed := func(prefix string, keys []form.Key) {
		for _, key := range keys {
			key.Name = prefix + key.Name
			out = append(out, key)
		}
	}
	prefixed("", w.fromKeys())
	prefixed("expected_", c.Keys.Expected.Keys())
	prefixed("leak_", suitefile.FewBounds(&c.Leak))
	prefixed("matched_", suitefile.ShareBounds(&c.Matched)[:2])
	return out
}
