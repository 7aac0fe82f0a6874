package features

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// written is a set as it is read.
type written struct {
	File
	reader   suitefile.Reader
	grouping suitefile.Grouping
	grouped  map[string]string // the group that a feature says it is of
	files    []suitefile.Table // that windows and baselines are found in
	at       map[string]form.Node
}

func (w *written) form(done func(File)) form.Form {
	s := &w.Set
	w.grouped, w.at = map[string]string{}, map[string]form.Node{}
	file := suitefile.File{Local: w.Local}
	keys := slices.Concat([]form.Key{
		{Name: "features", Doc: "What reports call the set.", Form: form.Text(&s.Name), Required: true},
		{Name: "key", Doc: "What there is one row of: a column, or a list of them.", Form: form.Texts(&s.Key), Required: true},
		{Name: "at", Doc: "The date column of the event that a row is about. Every scan is bounded by it.", Form: form.Text(&s.Date), Required: true},
		{Name: "event", Doc: "The time of that event, which available_at lies before. Defaults to at.", Form: form.Text(&s.Event)},
		{Name: "label", Doc: "The column that is to be predicted, or {table: …, column: …} where another table has it. Rows without it are not trained on.", Form: w.label(), Required: true},
		{Name: "eligible", Doc: "Limits the rows that are trained on.", Form: suitefile.Expr(&s.Where)},
		{Name: "rows", Doc: "How many rows of each segment are trained on. Defaults to at_least: 1.", Form: form.Map(suitefile.CountBounds(&s.Rows)...)},
		{Name: "leaks", Doc: "Probes for what no model may know.", Form: w.leaks()},
		{Name: "served", Doc: "The rows that the model is given later, and how far what it is trained on may be from them.", Form: w.served()},
	}, w.grouping.Keys(), w.reader.RowKeys(&file), []form.Key{
		{Name: "set", Doc: "The features, by name.", Form: form.Dict(w.feature), Required: true},
		{Name: "groups", Doc: "Features that belong together, by the name of the group.", Form: form.Dict(w.group)},
	})
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			found := n.ReadKeys(keys)
			rule, tables := w.grouping.Rule(found)
			s.By, s.Computed, s.Expect, s.ExpectOf = rule.By, rule.Computed, rule.Expect, rule.ExpectOf
			file.Add(append(tables, w.files...))
			if err := file.Dialect.Check(); err != nil && n.Mistakes() == before {
				n.Fail("%w", err)
			}
			file.Suite.Name, file.Suite.Date, file.Suite.Where = s.Name, s.Date, s.Where
			file.Settle(found)
			s.Suite, w.Local, w.Tables = file.Suite, file.Local, file.Tables
			w.place()
			if n.Mistakes() == before {
				w.mistakes(n)
			}
			if n.Mistakes() == before {
				done(w.File)
			}
		},
	}
}

// place puts features into the groups that they say they are of.
func (w *written) place() {
	for i := range w.Set.Features {
		name := w.Set.Features[i].Name
		group, ok := w.grouped[name]
		if !ok {
			continue
		}
		at := slices.IndexFunc(w.Set.Groups, func(g Group) bool { return g.Name == group })
		if at < 0 {
			w.at[name].Fail("%s: there is no group %q", name, group)
			continue
		}
		if g := &w.Set.Groups[at]; !slices.Contains(g.Of, name) {
			g.Of = append(g.Of, name)
		}
	}
}

// mistakes are told where the feature or the group stands.
func (w *written) mistakes(n form.Node) {
	for _, m := range w.Set.Mistakes() {
		at, ok := w.at[m.Feature]
		if !ok {
			at, ok = w.at["group "+m.Group]
		}
		if !ok {
			at = n
		}
		at.Fail("%w", m.Err)
	}
}

// feature reads one feature.
func (w *written) feature(name string) form.Form {
	f := Feature{Name: name}
	required, group := true, ""
	keys := []form.Key{
		{Name: "column", Doc: "The column that holds it: a name, the path of a field, or an element found by name. Defaults to the feature's name.", Form: form.Text(&f.Column)},
		{Name: "required", Doc: "false makes its failures warnings. What could not be told of it still closes the gate: its column is not there, or a rule has no value to judge.", Form: form.Bool(&required)},
		{Name: "populated", Doc: "The share of rows that have a value, at least: 95%. Defaults to all.", Form: shareOrBounds(&f.Populated)},
		{Name: "missing", Doc: "Values that mean none: -999 or a list.", Form: suitefile.Values(&f.Missing)},
		{Name: "range", Doc: "Two ends that its values lie between, both included; null is open. Or {between: [0, 60], at_least: 99%}.", Form: within(&f)},
		{Name: "default", Doc: "Values that stand for one which was not there, and how many of the populated ones they may be. Defaults to none.", Form: form.Map(append([]form.Key{
			{Name: "values", Doc: "A value, or a list of them.", Form: suitefile.Values(&f.Defaults), Required: true},
		}, suitefile.FewBounds(&f.AtMost)...)...)},
		{Name: "distinct", Doc: "How many populated values differ.", Form: form.Map(suitefile.CountBounds(&f.Distinct)...)},
		{Name: "spread", Doc: "The greatest value minus the least.", Form: form.Map(suitefile.NumberBounds(&f.Spread)...)},
		{Name: "round", Doc: "To how many decimals its checksum goes, where a query makes it anew and the last bit can differ. Defaults to all.", Form: form.CountOr(&f.Round)},
		{Name: "drift", Doc: "A baseline that its values are distributed as, written as in the kind drift.", Form: w.drift(&f)},
		{Name: "window", Doc: "The window that it claims to be, recomputed from the rows behind it and written as in the kind window. Entity and at default to the key and at; populated is asked of the rows whose window has a value, and all others are NULL.", Form: w.window(&f)},
		{Name: "null_if", Doc: "Columns that it is made of: where one is NULL so is it.", Form: form.Texts(&f.NullIf)},
		{Name: "available_at", Doc: "The column that says when the value was there: before the row's event, or the row is not trained on.", Form: form.Text(&f.AvailableAt)},
		{Name: "age", Doc: "How many days before at that may be.", Form: suitefile.NumberOfDays(&f.Age)},
		{Name: "group", Doc: "The group that it is of.", Form: form.Text(&group)},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			n.ReadKeys(keys)
			f.Optional = !required
			if group != "" {
				w.grouped[name] = group
			}
			w.at[name] = n
			w.Set.Features = append(w.Set.Features, f)
		},
	}
}

// shareOrBounds is a share that is the least, or a map of bounds.
func shareOrBounds(into *[]quality.Bound) form.Form {
	var least quality.Limit
	share, bounds := suitefile.Share(&least), form.Map(suitefile.ShareBounds(into)...)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{share.Schema(), bounds.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				bounds.Read(n)
				return
			}
			before := n.Mistakes()
			if share.Read(n); n.Mistakes() == before {
				*into = append(*into, quality.AtLeast(least))
			}
		},
	}
}

// within is two ends, or a map of them and bounds.
func within(f *Feature) form.Form {
	ends := suitefile.Ends(func(low, high expr.Value) { f.Low, f.High = low, high })
	bounds := form.Map(append([]form.Key{{Name: "between", Doc: "The two ends.", Form: ends, Required: true}}, suitefile.ShareBounds(&f.Within)...)...)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{ends.Schema(), bounds.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				bounds.Read(n)
				return
			}
			ends.Read(n)
		},
	}
}

// group reads features that belong together.
func (w *written) group(name string) form.Form {
	g := Group{Name: name}
	keys := []form.Key{
		{Name: "of", Doc: "The names of its features.", Form: form.Texts(&g.Of)},
		{Name: "total", Doc: "What they add up to in each row.", Form: suitefile.NumberValue(&g.Total)},
		{Name: "tolerance", Doc: "How far off that may be.", Form: suitefile.NumberValue(&g.Tolerance)},
		{Name: "same", Doc: "Columns that say where the values are from: all of them say one thing where the row has one of the features.", Form: form.Texts(&g.Same)},
		{Name: "null_if", Doc: "Columns that all of them are made of: where one is NULL so are they.", Form: form.Texts(&g.NullIf)},
		{Name: "available_at", Doc: "The column that says when the values were there.", Form: form.Text(&g.AvailableAt)},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			n.ReadKeys(keys)
			w.at["group "+name] = n
			w.Set.Groups = append(w.Set.Groups, g)
		},
	}
}
