package quality

import (
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// TermValue is what a term came to in one segment, and over how many rows. What checks
// of a suite share is there once.
type TermValue struct {
	Suite string
	// Asked says of which rows it was asked, in words that are the same whatever the
	// suite's dates are: "where minutes_played > 0 by season". Values of one term that
	// was asked alike, in one segment, over days that have none in common, merge as
	// [Term.Merge] says.
	Asked   string
	Term    Term
	Segment Segment
	// Hidden: it can show what nothing may print, and the Value is left out.
	Hidden bool
	Measurement
}

// Terms lists what was measured of everything that the checks asked for: those that
// the checks cannot be judged by, for want of a measurement, are left out, and so are
// rows at fault.
func (p *Plan) Terms(ms *Measurements) []TermValue {
	var out []TermValue
	for _, s := range p.suites {
		told := map[string]bool{}
		for i := range s.rules {
			r := &s.rules[i]
			if r.err != nil {
				continue
			}
			for _, v := range append([]*plannedRule{r}, r.variants()...) {
				for _, a := range v.asked {
					out = append(out, a.told(s.suite, v.suite, ms, told)...)
				}
			}
		}
	}
	return out
}

// told are the values of those terms that were not told of yet, of a suite or its days
// as far as they are due.
func (a *asked) told(suite, due Suite, ms *Measurements, before map[string]bool) []TermValue {
	var out []TermValue
	rows := a.rows
	if due.To != suite.To {
		rows = strings.TrimSpace(rows + " until " + due.To.String())
	}
	for i, f := range a.folds {
		key := rows + "\n" + f.Key()
		if got := ms.result(f); !before[key] && got.err == nil && !f.Term.lists() {
			before[key] = true
			for _, of := range slices.SortedFunc(maps.Values(got.groups), func(x, y group) int { return x.segment.Compare(y.segment) }) {
				t := TermValue{Suite: suite.label(), Asked: rows, Term: f.Term, Segment: of.segment, Measurement: of.Measurement}
				if t.Hidden = a.hidden[i]; t.Hidden {
					t.Value = expr.Value{}
				}
				out = append(out, t)
			}
		}
	}
	return out
}

// lists reports whether the value is rows and no figure.
func (t Term) lists() bool { return t.Op == OpFirst || t.Op == OpKeyRepeated }

// asks says what the request is of, without the days of the scope.
func (s Scope) asks(q Request, grouping []Column) string {
	var parts []string
	say := func(word string, of expr.Expr) {
		if !of.IsZero() && !of.AlwaysTrue() {
			parts = append(parts, word+" "+of.String())
		}
	}
	rows, where := q.Rows, q.Where
	if q.Of.IsZero() {
		rows, where = or(rows, s.filter), or(where, s.Where)
	}
	if !q.Of.IsZero() {
		parts = append(parts, "of "+strings.ReplaceAll(q.Of.Text(), "\n", "; "))
	}
	say("rows", rows)
	say("where", where)
	if len(grouping) > 0 {
		parts = append(parts, "by "+definitions(grouping))
	}
	return strings.Join(parts, " ")
}

// shows reports whether the value of a term is one of those that nothing may print.
func (s Scope) shows(of Relation, t Term) bool {
	if of.IsZero() {
		of = s.Relation
	}
	value := t.Op == OpMin || t.Op == OpMax || t.Op == OpLargest
	return value && slices.ContainsFunc(t.Columns(), func(column string) bool { return s.Hides(of, column) })
}
