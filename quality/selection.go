package quality

import (
	"context"
	"fmt"
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
