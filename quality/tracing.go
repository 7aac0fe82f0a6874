package quality

import (
	"context"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// traced are rows at fault that are measured for a rule.
type traced struct {
	Fault
	columns  []string
	redacted []string
	asked    *asked
}

// MostRowsAtFault is how many rows of a finding can be shown.
const MostRowsAtFault = 100

// rowsAtFault is how many are shown where the suite says nothing.
const rowsAtFault = 5

// mostShown is how many columns of a row are shown.
const mostShown = 10

// shownRows gives the rows of a term as they were measured.
type shownRows struct{ term Term }

// Terms is the one.
func (s shownRows) Terms() []Term { return []Term{s.term} }

// Read gives the rows as a value.
func (shownRows) Read(_ int64, values []expr.Value) (any, error) { return values[0], nil }

// shownOf is how many rows at fault a suite shows of each finding.
func (p *planner) shownOf(s Suite) int {
	switch {
	case s.RowsAtFault != nil:
		return *s.RowsAtFault
	case locates(p.engine):
		return rowsAtFault
	}
	return 0
}

// trace asks for the rows at fault of a rule.
func (p *planner) trace(ctx context.Context, s Suite, r *plannedRule) error {
	c, ok := r.rule.Check.(Tracer)
	n := p.shownOf(s)
	if !ok || n == 0 && !s.Explain {
		return nil
	}
	faults, err := c.AtFault(r.scope)
	if err != nil {
		return err
	}
	for _, f := range faults {
		if s.Explain {
			of, err := p.selection(ctx, s, r.scope, f)
			if err != nil {
				return fmt.Errorf("its rows at fault: %w", err)
			}
			if of != nil {
				r.selected = append(r.selected, *of)
			}
		}
		if n == 0 {
			continue
		}
		t, err := p.shown(ctx, s, r.scope, f, n)
		if err != nil {
			return fmt.Errorf("its rows at fault: %w", err)
		}
		if t != nil {
			r.traced = append(r.traced, *t)
		}
	}
	return nil
}

// shown asks for some rows, nil where nothing of them can be shown.
func (p *planner) shown(ctx context.Context, s Suite, scope Scope, f Fault, n int) (*traced, error) {
	rel := f.Of
	if rel.IsZero() {
		rel = scope.Relation
	}
	out := &traced{Fault: f}
	out.columns, out.redacted = divided(f.candidates(s, scope), rel, s.redacted)
	q := Request{Of: f.Of, Where: f.Where, By: f.By}
	switch placed := locates(p.engine) && placed(rel); {
	case f.Repeated:
		columns := f.Columns
		if placed {
			columns = append(slices.Clip(columns), PositionColumn)
		}
		q.Where, q.Metric = expr.Expr{}, shownRows{RepeatedKeys(n, columns...)}
	default:
		var values []expr.Expr
		for _, name := range out.columns {
			values = append(values, expr.Col(name))
		}
		if placed {
			values = append(values, expr.Col(PositionColumn))
		}
		if len(values) == 0 {
			return nil, nil
		}
		if f.Of.IsZero() {
			q.Where = expr.AllOf(scope.Where, f.Where)
		}
		q.Metric = shownRows{FirstRows(n, values...)}
	}
	var err error
	out.asked, err = p.request(ctx, scope, q)
	return out, err
}

// candidates are the columns that tell of a row, those that tell it from others first.
func (f Fault) candidates(s Suite, scope Scope) []string {
	if f.Repeated {
		return f.Columns
	}
	if !f.Of.IsZero() {
		all := union(nil, f.Columns)
		return all[:min(mostShown, len(all))]
	}
	key := s.table(s.Table).Key
	if len(key) == 0 && scope.Date != "" {
		key = []string{scope.Date}
	}
	var out []string
	for _, name := range union(union(nil, key), f.Columns) {
		if field, err := scope.Schema.Field(name); err == nil && field.Type.Computable() && len(out) < mostShown {
			out = append(out, field.Name)
		}
	}
	return out
}

// divided parts columns of a relation into those that may be printed and the others.
func divided(columns []string, rel Relation, redacted func(table, column string) bool) (shown, hidden []string) {
	for _, name := range columns {
		if rel.shows(name, redacted) {
			hidden = append(hidden, name)
		} else {
			shown = append(shown, name)
		}
	}
	return shown, hidden
}

// explained is a finding with the rows that a failure is due to, whatever the rule
// makes of that. What could not be had of them is left out: the finding does not rest
// on it.
func (r plannedRule) explained(f Finding, ms *Measurements) Finding {
	if !explains(f.Verdict) {
		return f
	}
	for _, of := range r.selected {
		if of.explains(f) {
			f.Selections = append(f.Selections, Selection{of.Name, of.statement, f.Segment})
		}
	}
	for _, t := range r.traced {
		if !t.explains(f) {
			continue
		}
		if got, ok := t.rows(f.Segment, ms); ok {
			f.AtFault = append(f.AtFault, got)
		}
	}
	return f
}

// explains reports whether the rows are what a finding is due to.
func (t Fault) explains(f Finding) bool {
	return t.Subject == f.Subject && (t.shows == nil || t.shows(f))
}

// explains reports whether rows at fault explain a verdict.
func explains(v Verdict) bool { return v == Fail || v == Warn || v == Waived }

// rows are those of a segment.
func (t traced) rows(s Segment, ms *Measurements) (AtFault, bool) {
	out := AtFault{Name: t.Name, Columns: t.columns, Redacted: t.redacted}
	fold := t.asked.folds[0]
	g, ok := ms.result(fold).groups[s.Key()]
	if !ok {
		return out, false
	}
	rows, err := fold.Term.Rows(g.Value)
	if err != nil || len(rows) == 0 {
		return out, false
	}
	if !t.Repeated {
		out.Of = g.Rows
	}
	at := t.places(fold.Term)
	for _, values := range rows {
		row := FaultyRow{}
		for _, c := range at {
			row.Values = append(row.Values, values[c])
		}
		rest := values[t.known(fold.Term):]
		if t.Repeated {
			last := len(rest) - 1
			row.Times, _ = rest[last].Go().(int64)
			rest = rest[:last]
		}
		if len(rest) > 0 {
			if position, ok := rest[0].Go().(int64); ok {
				row.File, row.Line = ms.place(position)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out, true
}

// known is how many values of a row are columns'; behind them stand the rest.
func (t traced) known(bound Term) int {
	_, values := bound.First()
	n := len(values)
	if c, ok := values[n-1].Node().(expr.ColumnExpr); ok && c.Name == PositionColumn {
		n--
	}
	return n
}

// places are those of the columns among the values of the bound term, which has the
// columns of a key in its own order.
func (t traced) places(bound Term) []int {
	_, values := bound.First()
	out := make([]int, len(t.columns))
	for i, name := range t.columns {
		for at, e := range values {
			if c, ok := e.Node().(expr.ColumnExpr); ok && expr.SameColumn(c.Name, name) {
				out[i] = at
			}
		}
	}
	return out
}
