package lineage

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/panel"
)

// Read reads a file of tables.
func Read(file string, readFile func(name string) ([]byte, error)) (*Graph, error) {
	tables, err := suitefile.Reader{ReadFile: readFile}.ReadTables(file)
	if err != nil {
		return nil, err
	}
	return Of(tables)
}

// made is what a table says of how it is made.
type made struct {
	table    Table
	expected List
	lists    []suitefile.Table
}

func (m *made) keys() map[string]form.Key {
	t := &m.table
	return map[string]form.Key{
		"from":     {Doc: "What the table is made from: a table, a list of them, or by table which rows of it: {on: …}, {window: …} or {earlier: …}, or a list of those.", Form: m.from()},
		"expected": {Doc: "The rows that were due, kept apart from the table: {table: …}, or a file; lost rows are found by it.", Form: listForm(&m.expected, &m.lists, "where", "map")},
		"build":    {Doc: "The command that makes rows of the table anew: {from} and {to} are its first and last date, and {COLUMN} of the key is its values, parted by commas.", Form: form.Text(&t.Build)},
		"suites":   {Doc: "Files of suites on the table, relative to this file.", Form: form.Texts(&t.Suites)},
	}
}

// listForm reads a list of what was due, of which some things can be said.
func listForm(into *List, files *[]suitefile.Table, said ...string) form.Form {
	var keys []form.Key
	for _, k := range into.Keys() {
		if slices.Contains(said, k.Name) {
			keys = append(keys, k)
		}
	}
	return suitefile.Other(&into.Table, files, keys...)
}

// from reads the edges.
func (m *made) from() form.Form {
	var names []string
	plain := form.Texts(&names)
	each := form.Dict(func(table string) form.Form {
		return form.OneOrMore(func() form.Form { return m.edge(table) })
	})
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{plain.Schema(), each.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				each.Read(n)
				return
			}
			plain.Read(n)
			for _, name := range names {
				m.add(Edge{From: name, Reach: Same{}}, n)
			}
		},
	}
}

// add adds an edge, with what goes without saying.
func (m *made) add(e Edge, at form.Node) {
	e.To, e.Place = m.table.Name, at.Place()
	switch r := e.Reach.(type) {
	case Same:
		if e.On == nil {
			e.On = m.table.Entity()
		}
	case Window:
		if r.Entity == nil {
			r.Entity = m.table.Entity()
		}
		if r.At == "" {
			r.At = m.table.Date
		}
		e.Reach, e.On = r, r.Entity
	}
	m.table.From = append(m.table.From, e)
}

// edge reads one.
func (m *made) edge(table string) form.Form {
	e := Edge{From: table, Reach: Same{}}
	var w Window
	var windows panel.Windows
	var due List
	var earlier Earlier
	window := append(w.Keys(), windows.Keys()...)
	window = append(window,
		form.Key{Name: "expected", Doc: "The keys that were due, where windows are refused for a hole: {table: …}, or a file.", Form: listForm(&due, &m.lists, "where", "map", "by")},
		form.Key{Name: "points", Doc: "The TABLE whose rows there is a row each of, where that is not the window's own.", Form: form.Text(&w.Points)})
	keys := []form.Key{
		{Name: "on", Doc: "COLUMNS, beside the date, that rows of both tables agree in. Defaults to the key without the date.", Form: form.Texts(&e.On)},
		{Name: "map", Doc: "COLUMN: NAME of it in the other table, where that is not the same.", Form: form.Dict(func(own string) form.Form {
			var name string
			f := form.Text(&name)
			return form.Form{Schema: f.Schema, Read: func(n form.Node) {
				if f.Read(n); e.Map == nil {
					e.Map = map[string]string{}
				}
				e.Map[own] = name
			}}
		})},
		{Name: "reads", Doc: "COLUMNS of the other table that are looked at. Defaults to all, of a window to those of value and ratio.", Form: form.Texts(&e.Reads)},
		{Name: "makes", Doc: "COLUMNS of this table that come of it. Defaults to all, the row itself among them.", Form: form.Texts(&e.Makes)},
		{Name: "window", Doc: "The rows are made from the places of an entity before them.", Form: form.Map(window...)},
		{Name: "earlier", Doc: "The rows are made from those of dates before: all, or so many days such as 30d.", Form: daysBefore(&earlier)},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			found := n.ReadKeys(keys)
			switch {
			case n.Mistakes() > before:
				return
			case found.Has("window") && found.Has("earlier"):
				n.Fail("it has a window and earlier dates: write an edge for each")
				return
			case found.Has("window") && found.Has("on"):
				found.At("on").Fail("the rows of a window agree in its entity: leave on out")
				return
			case found.Has("earlier"):
				e.Reach = earlier
			case found.Has("window"):
				w.take(windows, due)
				if w.Last+w.Days == 0 {
					found.At("window").Fail("it is over no rows: say last: 10 or days: 7")
					return
				}
				if e.Reads == nil {
					e.Reads = w.reads(windows)
				}
				e.Reach = w
			}
			m.add(e, n)
		},
	}
}

// take takes over what was read of windows that are asked for together.
func (w *Window) take(of panel.Windows, due List) {
	for _, n := range of.Last {
		w.Last = max(w.Last, n)
	}
	for _, n := range of.Days {
		w.Days = max(w.Days, n)
	}
	w.Including = of.IncludeCurrent
	if of.MaxSpan > 0 && of.MaxAge > 0 {
		w.Limit = of.MaxSpan + of.MaxAge
	}
	if due.Table != "" {
		w.Due = &due
	}
}

// reads are the columns that windows are over, nil where nothing is said.
func (w *Window) reads(of panel.Windows) []string {
	out := slices.Clone(of.Value)
	for _, r := range of.Ratio {
		if above, below, ok := cut(r); ok {
			out = append(out, above, below)
		}
	}
	return out
}

var ratio = regexp.MustCompile(`^\s*(.*?)\s*/\s*(.*?)\s*$`)

func cut(text string) (above, below string, ok bool) {
	if part := ratio.FindStringSubmatch(text); part != nil {
		return part[1], part[2], true
	}
	return "", "", false
}

var someDays = regexp.MustCompile(`^([1-9]\d{0,4})d$`)

// daysBefore is all, or a number of days.
func daysBefore(into *Earlier) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: `^(all|[1-9]\d{0,4}d)$`}
		},
		Read: func(n form.Node) {
			text, ok := n.Written("all, or a number of days such as 30d,")
			part := someDays.FindStringSubmatch(text)
			switch {
			case !ok || text == "all":
			case part == nil:
				n.FailExpecting("all, or a number of days such as 30d,", "")
			default:
				into.Days, _ = strconv.ParseInt(part[1], 10, 64)
			}
		},
	}
}

// Schema is the JSON Schema of a file of tables with how they are made.
func Schema() *jsonschema.Schema {
	s := suitefile.TablesSchema()
	table := s.AdditionalProperties
	for name, k := range new(made).keys() {
		table.Properties[name] = k.Form.Schema()
		table.Properties[name].Description = k.Doc
	}
	return s
}
