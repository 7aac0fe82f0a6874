package features

import (
	"math/big"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// other is another table, or its file.
func (w *written) other(of *checks.Against, more ...form.Key) form.Form {
	where := form.Key{Name: "where", Doc: "Limits its rows.", Form: suitefile.Expr(&of.Where)}
	return suitefile.Other(&of.Table, &w.files, slices.Concat([]form.Key{where}, suitefile.Span(&of.Span), more)...)
}

// leaks are the probes.
func (w *written) leaks() form.Form {
	l := &w.Set.Leaks
	names := form.Key{Name: "map", Doc: "What key columns are called there. One that is left out has the same name.", Form: mapped(&l.Evaluation.Map)}
	return form.Map(
		form.Key{Name: "predicts", Doc: "How far from 0 the rank correlation of one feature with the label may be: 0.9.", Form: limit(&l.Predicts)},
		form.Key{Name: "evaluation", Doc: "Rows that the model is judged on, none of whose keys may be trained on.", Form: w.other(&l.Evaluation, names)},
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
	return w.other(&v.Of,
		required(change("populated", "How far the populated share of a feature may be from what is served: ±5 points.", &v.Populated)),
		change("defaults", "How far the share of its defaults may be off.", &v.Defaults),
		change("mean", "How far its mean may be off: ±10%.", &v.Mean),
		form.Key{Name: "quantiles", Doc: "How far each of its quantiles may be off: {0.5: ±10%, 0.95: ±10%}.", Form: v.quantiles()},
		form.Key{Name: "psi", Doc: "The greatest population stability index.", Form: limit(&v.PSI)},
		form.Key{Name: "least", Doc: "How many rows there have to be to compare with. Defaults to 30.", Form: form.Count(&v.Least)},
	)
}

func required(k form.Key) form.Key {
	k.Required = true
	return k
}

// quantiles are bounds on changes, by number.
func (v *Served) quantiles() form.Form {
	return form.Dict(func(name string) form.Form {
		of := ServedQuantile{}
		change := suitefile.ChangeBound(&of.Bounds).Form
		return form.Form{Schema: change.Schema, Read: func(n form.Node) {
			if err := form.Given(form.Plain(name), limit(&of.Q)); err != nil {
				n.Fail("%q is no quantile, which is a number above 0 and up to 1: %w", name, err)
				return
			}
			change.Read(n)
			v.Quantiles = append(v.Quantiles, of)
		}}
	})
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
