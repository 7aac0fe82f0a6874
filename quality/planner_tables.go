package quality

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// look asks for all tables that suites say they read, at once.
func (p *planner) look(ctx context.Context, suites []Suite) error {
	var names []string
	for _, s := range suites {
		names = append(names, s.Reads()...)
	}
	return p.ask(ctx, names...)
}

// lookFurther asks for those that requests read besides, at once.
func (p *planner) lookFurther(ctx context.Context, suites []plannedSuite) error {
	var names []string
	for _, s := range suites {
		for _, r := range s.rules {
			for _, q := range r.requests {
				names = append(names, q.Of.Tables()...)
			}
		}
	}
	return p.ask(ctx, names...)
}

// ask has the engine tell of those tables that it has not told of yet.
func (p *planner) ask(ctx context.Context, names ...string) error {
	var unknown []string
	for _, name := range names {
		if _, ok := p.tables[name]; !ok {
			p.tables[name] = TableInfo{Name: name, Err: fmt.Errorf("the engine said nothing of table %s", name)}
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	infos, err := p.engine.Tables(ctx, unknown...)
	if err != nil {
		return err
	}
	for _, info := range infos {
		if info.Err == nil && len(info.Schema) == 0 {
			info.Err = fmt.Errorf("%s has no columns", info.Name)
		}
		if ctx.Err() != nil && p.last == nil {
			p.last = info.Err
		}
		p.tables[info.Name] = info
	}
	return nil
}

// table is the schema of a table.
func (p *planner) table(ctx context.Context, name string) (expr.Schema, error) {
	if err := p.ask(ctx, name); err != nil {
		return nil, err
	}
	info := p.tables[name]
	return info.Schema, info.Err
}

func (p *planner) binder(ctx context.Context) relationBinder {
	return relationBinder{schema: func(table string) (expr.Schema, error) { return p.table(ctx, table) }}
}

// allowed binds what rules have been allowed to read.
func (p *planner) allowed(ctx context.Context) relationBinder {
	return relationBinder{schema: func(table string) (expr.Schema, error) {
		s, err := p.table(ctx, table)
		return withoutOdd(s), err
	}}
}

// other is the rows of another table that a rule reads.
func (p *planner) other(suite Suite, own TableInfo, r *plannedRule, o Other) (Relation, error) {
	rel, date, err := o.resolve(suite, own, p.tables[o.Table], p.now)
	if err != nil {
		return Relation{}, err
	}
	if date == "" && r.scope.Date != "" {
		r.whole = append(r.whole, o.Table)
	}
	if date != "" && !o.NullsOK && o.Table != suite.Table { // of its own they are counted anyhow
		r.others = append(r.others, undatedTable{table: o.Table, date: date})
	}
	return rel, nil
}
