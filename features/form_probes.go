package features

import (
	"math/big"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// other is another table.
func (w *written) other(into *checks.Against) []form.Key {
	return append([]form.Key{
		{Name: "table", Doc: "[project.]dataset.table.", Form: form.Text(&into.Table)},
		{Name: "source", Doc: "A file instead, relative to this one.", Form: suitefile.Source(&into.Table, &w.files)},
		{Name: "where", Doc: "Limits its rows.", Form: suitefile.Expr(&into.Where)},
	}, suitefile.Span(&into.Span)...)
}

// found reads a map that names a table, or a file.
func found(keys []form.Key) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			n.ReadKeys(keys).OneOf("table", "source")
		},
	}
}

// leaks are the probes.
func (w *written) leaks() form.Form {
	l := &w.Set.Leaks
	keys := w.other(&l.Evaluation)
	keys = append(keys, form.Key{Name: "map", Doc: "What key columns are called there. One that is left out has the same name.", Form: mapped(&l.Evaluation.Map)})
	return form.Map(
		form.Key{Name: "predicts", Doc: "How far from 0 the rank correlation of one feature with the label may be: 0.9.", Form: limit(&l.Predicts)},
		form.Key{Name: "evaluation", Doc: "Rows that the model is judged on, none of whose keys may be trained on.", Form: found(keys)},
		form.Key{Name: "cutoff", Doc: "The last day that may be trained on.", Form: form.Date(&l.Cutoff)},
	)
}

// served is what the model is given later.
func (w *written) served() form.Form {
	v := &w.Set.Served
	change := func(name, doc string, into *[]quality.Bound) form.Key {
		key := suitefile.ChangeBound(into)
		key.Name, key.Doc = name, doc
		return key
	}
	return found(append(w.other(&v.Of),
		change("populated", "How far the populated share of a feature may be from what is served: ±5 points.", &v.Populated),
		change("defaults", "How far the share of its defaults may be off.", &v.Defaults),
		change("mean", "How far its mean may be off: ±10%.", &v.Mean),
		form.Key{Name: "psi", Doc: "The greatest population stability index.", Form: limit(&v.PSI)},
		form.Key{Name: "least", Doc: "How many rows there have to be to compare with. Defaults to 30.", Form: form.Count(&v.Least)},
	))
}

// limit is one number.
func limit(into *quality.Limit) form.Form {
	var exact *big.Rat
	f := form.Number(&exact)
	return form.Form{Schema: f.Schema, Read: func(n form.Node) {
		if f.Read(n); exact != nil {
			*into = quality.Number(exact)
		}
	}}
}
