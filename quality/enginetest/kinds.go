package enginetest

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// testDataset is the dataset that the tables of case files are said to be in; where they
// are is the loader's affair.
const testDataset = "test"

// probeKinds are the probes that suites of case files can use beside real checks: they
// claim nothing, and tell what was measured.
var probeKinds = append(standard.Kinds(), tallyKind, keysKind, doubledKind, termsKind)

var tallyKind = suitefile.Kind{
	Name: "tally", Doc: "Counts where a predicate is TRUE, FALSE and NULL.",
	New: func() suitefile.Draft {
		var p tallyProbe
		return suitefile.Draft{Value: suitefile.Expr(&p.of), Check: func() quality.Check { return p }}
	},
}

var keysKind = suitefile.Kind{
	Name: "key_counts", Doc: "Counts the combinations of some columns.",
	New: func() suitefile.Draft {
		var p keysProbe
		return suitefile.Draft{Value: form.Texts(&p.of), Check: func() quality.Check { return p }}
	},
}

var doubledKind = suitefile.Kind{
	Name: "doubled", Doc: "Measures rows of a derivation: season and twice, the doubled points of the rows with at least so many.",
	New: func() suitefile.Draft {
		var p derivedProbe
		var tally expr.Expr
		var keys []string
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "from", Doc: "The least points.", Form: form.Count(&p.least), Required: true},
				form.Key{Name: "filter", Doc: "The derived rows that are looked at.", Form: suitefile.Expr(&p.where)},
				form.Key{Name: "counted", Doc: "A predicate that is tallied.", Form: suitefile.Expr(&tally)},
				form.Key{Name: "key", Doc: "Columns whose combinations are counted instead.", Form: form.Texts(&keys)},
			),
			Check: func() quality.Check {
				p.of = quality.Tally{Of: tally}
				if len(keys) > 0 {
					p.of = quality.Keys{Of: keys}
				}
				return p
			},
		}
	},
}
