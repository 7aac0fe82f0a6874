package quality

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// SegmentsOf are the segments that a table has rows of: what a rule expects of the
// suite's. It is read whole but for its own Span, and may not be made from the table
// that is judged. Rows in which a column is NULL say nothing.
type SegmentsOf struct {
	Table string
	// Columns are those of the table for the rule's group-by columns, in their order.
	// None are those of the same names.
	Columns []string
	Where   expr.Expr
	Span    Span
}

func (e *SegmentsOf) validate(columns int) error {
	if e == nil {
		return nil
	}
	if n := len(e.Columns); n > 0 && n != columns {
		return fmt.Errorf("expect names %d columns of %s for %d by columns", n, e.Table, columns)
	}
	if err := e.Where.Mistake(); err != nil {
		return fmt.Errorf("expect: where: %w", err)
	}
	return nil
}

func (e SegmentsOf) other() Other { return Other{Table: e.Table, Oracle: true, Span: e.Span} }

// expects asks for the segments of another table.
func (p *planner) expects(ctx context.Context, r *plannedRule) error {
	e := r.rule.ExpectOf
	if e == nil {
		return nil
	}
	s := r.scope
	s.computed = nil // a computed column has its name there
	columns := e.Columns
	if len(columns) == 0 {
		columns = r.scope.By
	}
	var of []Column
	for i, name := range r.scope.By {
		of = append(of, As(name, expr.Col(columns[i])))
	}
	rows := r.expectedIn.Filter(e.Where).Project(of...)
	for _, name := range r.scope.By {
		rows = rows.Filter(expr.Col(name).IsNotNull())
	}
	if err := r.suite.printable(rows, Columns(r.scope.By...)); err != nil {
		return fmt.Errorf("expect: %w", err)
	}
	a, err := p.request(ctx, s, Request{Of: rows, Metric: Tally{expr.Lit(true)}, By: r.scope.By})
	if err != nil {
		return fmt.Errorf("expect: %w", err)
	}
	for i, c := range a.by {
		if here, there := r.population.by[i].Of.Type(), c.Of.Type(); here != there && here != expr.Null && there != expr.Null {
			return fmt.Errorf("expect: %s is %s and %s of %s is %s, and values of unlike types are no segments of each other: declare them as one type", c.Name, here, columns[i], e.Table, there)
		}
	}
	r.expecting = a
	r.asked = append(r.asked, a)
	return nil
}

// expect adds the segments of another table. That there is none is told: what is
// expected of an empty table is nothing.
func (v *view) expect() {
	a := v.rule.expecting
	if a == nil {
		return
	}
	found := v.readings[a.key].segments
	for _, s := range found {
		v.add(s, FilterCounts{})
	}
	if len(found) == 0 {
		v.others = append(v.others, Finding{Verdict: Unknown, Reason: fmt.Sprintf("no segment is expected, for there is no row of %s to say which", v.rule.rule.ExpectOf.Table)})
	}
}
