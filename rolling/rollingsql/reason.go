package rollingsql

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// valued computes statistics, of windows that are refused as well.
func (w *writing) valued() {
	s := selection{columns: []string{"*"}, from: w.before()}
	for _, o := range w.windows {
		s.columns = append(s.columns, as(o.facts.value, o.column("value")))
	}
	if !w.grouped {
		s.where = []string{fmt.Sprintf("item != %d", atKeys)}
	}
	w.stage("valued", s)
}

// reasoned says of each window whether it is whole, or why not.
func (w *writing) reasoned() {
	s := selection{columns: []string{"*"}, from: w.before()}
	for _, o := range w.windows {
		s.columns = append(s.columns, w.reason(o)+" AS "+o.column("reason"))
	}
	w.stage("reasoned", s)
}

// reason is the first that applies, in the order of package rolling's constants.
func (w *writing) reason(o *window) string {
	f := &o.facts
	var cases []string
	when := func(condition string, r rolling.Reason) {
		if condition != "" {
			cases = append(cases, "WHEN "+condition+" THEN '"+r.String()+"'")
		}
	}
	when(w.lost(), rolling.Null)
	when(f.twice, rolling.Duplicate)
	when(f.missing, rolling.Gap)
	when(f.waiting, rolling.Waiting)
	when(f.null, rolling.Null)
	when(f.short, rolling.Warmup)
	if o.Window().Days() > 0 {
		empty := rolling.Empty
		if o.kind() == "count" || o.kind() == "sum" {
			empty = rolling.Whole
		}
		when(f.places+" = 0", empty)
	}
	span, age := o.Limits()
	if span > 0 {
		when(fmt.Sprintf("%s - %s > %d", f.last, f.first, span*w.perDay()), rolling.Stale)
	}
	if age > 0 {
		when(fmt.Sprintf("%s - %s > %d", f.point, f.last, age*w.perDay()), rolling.Stale)
	}
	value := o.column("value")
	switch o.kind() {
	case "stddev_samp":
		when(f.places+" = 1", rolling.Undefined)
	case "ratio":
		of := w.framing(o)
		when(w.mean(o, of, 0)+" = 0 AND "+w.mean(o, of, 1)+" = 0", rolling.Undefined)
	}
	beyond := value + " IS NULL"
	if o.result == expr.Float64 {
		beyond += " OR IS_INF(" + value + ") OR IS_NAN(" + value + ")"
	}
	when(beyond, rolling.NonFinite)
	return "CASE " + strings.Join(cases, "\n            ") + "\n            ELSE '" + rolling.Whole.String() + "' END"
}

// lost says that the point is a row without a reset, so that there is no history for it
// to see.
func (w *writing) lost() string {
	if w.resets() && w.Points == nil {
		return "r IS NULL"
	}
	return ""
}

// unlessLost is a column of the result that a lost point has otherwise.
func (w *writing) unlessLost(x, otherwise string) string {
	if w.lost() == "" {
		return x
	}
	return "IF(" + w.lost() + ", " + otherwise + ", " + x + ")"
}
