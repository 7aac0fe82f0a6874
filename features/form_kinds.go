package features

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/quality/suitefile/standard"
	"github.com/intactdata/intact/rolling/audit"
)

// Features have keys that are kinds of check, of which they say the column.

// kindNamed is one that is there.
func kindNamed(name string) suitefile.Kind {
	all := slices.Concat(standard.Kinds(), audit.Kinds())
	return all[slices.IndexFunc(all, func(k suitefile.Kind) bool { return k.Name == name })]
}

// drift is the kind without its column.
func (w *written) drift(f *Feature) form.Form {
	draft := kindNamed("drift").New()
	return form.Form{
		Schema: func() *jsonschema.Schema { return without(draft.Value.Schema(), "column") },
		Read: func(n form.Node) {
			before := n.Mistakes()
			draft.Value.Read(n.With(n.Entry("column", f.column())))
			if n.Mistakes() > before {
				return
			}
			w.add(draft)
			if found, ok := draft.Check().(checks.Drift); ok {
				f.Drift = &found
			}
		},
	}
}

// window is the kind without its column, and with an entity and a time that can be left
// out.
func (w *written) window(f *Feature) form.Form {
	draft := kindNamed("window").New()
	keys := slices.Clone(draft.Keys)
	for i := range keys {
		keys[i].Required = false
	}
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			n.ReadKeys(keys)
			draft.Value.Read(n.Entry("window", f.Name).Value)
			if n.Mistakes() > before {
				return
			}
			w.add(draft)
			switch found := draft.Check().(type) {
			case audit.Stored:
				f.Window = &found
			case interface{ Validate() error }:
				n.Fail("%w", found.Validate())
			}
		},
	}
}

// add declares the files that a check finds rows in.
func (w *written) add(d suitefile.Draft) {
	if d.Tables != nil {
		w.files = append(w.files, d.Tables()...)
	}
}

// without is the schema of a map without one of its keys.
func without(s *jsonschema.Schema, key string) *jsonschema.Schema {
	same := func(name string) bool { return name == key }
	delete(s.Properties, key)
	s.PropertyOrder, s.Required = slices.DeleteFunc(s.PropertyOrder, same), slices.DeleteFunc(s.Required, same)
	return s
}
