package quality

import (
	"context"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Selection is all rows that a finding is due to, for a query of them that somebody
// runs elsewhere: see googlesql.Renderer.Select.
type Selection struct {
	// Name is what they are, "" for rows of the table.
	Name string
	// Statement has one fold, whose term gives the rows: FirstRows or RepeatedKeys.
	Statement *Statement
	// Segment is the one that they are of.
	Segment Segment
}

// selected is a selection in any segment.
type selected struct {
	Fault
	statement *Statement
}

// elsewhere is an engine of which no more is known than that it measures: where rows
// stand says nothing to somebody else.
type elsewhere struct{ Engine }

// selection resolves rows at fault without asking for them, nil where nothing of them
// can be shown.
func (p *planner) selection(ctx context.Context, s Suite, scope Scope, f Fault) (*selected, error) {
	apart := &planner{engine: elsewhere{p.engine}, now: p.now, tables: p.tables, pools: map[string]*pool{}}
	t, err := apart.shown(ctx, s, scope, f, 1)
	if err != nil || t == nil {
		return nil, err
	}
	of, err := bound(apart.binder(ctx), apart.order)
	if err != nil {
		return nil, err
	}
	if len(of) != 1 || len(of[0].Folds) != 1 {
		return nil, fmt.Errorf("they are of %s", Plural(int64(len(of)), "statement", "statements"))
	}
	return &selected{f, of[0]}, nil
}

// SelectionOf is the rows of a suite that a filter is TRUE for, with some columns of
// each. Nothing is measured for it.
func SelectionOf(ctx context.Context, engine Engine, now time.Time, s Suite, where expr.Expr, columns ...string) (Selection, error) {
	s, err := s.at(now)
	if err != nil {
		return Selection{}, err
	}
	s = s.settled()
	p := &planner{engine: elsewhere{engine}, now: now, tables: map[string]TableInfo{}, pools: map[string]*pool{}}
	if err := p.look(ctx, []Suite{s}); err != nil {
		return Selection{}, err
	}
	info := p.tables[s.Table]
	if info.Err != nil {
		return Selection{}, info.Err
	}
	scope, err := p.scope(s, info, new(plannedRule))
	if err != nil {
		return Selection{}, err
	}
	var of []expr.Expr
	for _, name := range columns {
		of = append(of, expr.Col(name))
	}
	if _, err := p.request(ctx, scope, Request{Where: where, Metric: shownRows{FirstRows(1, of...)}, By: []string{}}); err != nil {
		return Selection{}, err
	}
	statements, err := bound(p.binder(ctx), p.order)
	if err != nil {
		return Selection{}, err
	}
	return Selection{Statement: statements[0]}, nil
}
