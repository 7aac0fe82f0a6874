package quality

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// NewPlan resolves the suites against the tables that the engine knows, before
// anything is measured. Now is the clock of the run: due times and ages count
// from it, and waivers expire by it. The error is a mistake in a suite; a table or
// column that is not there makes the checks that need it unknown, and no others.
func NewPlan(ctx context.Context, engine Engine, now time.Time, suites ...Suite) (*Plan, error) {
	if len(suites) == 0 {
		return nil, fmt.Errorf("there is no suite, and nothing to judge is never a pass")
	}
	if engine == nil {
		return nil, errors.New("there is no engine to measure the suites: it is nil")
	}
	suites = slices.Clone(suites)
	for i, s := range suites {
		err := s.Validate()
		if err == nil {
			if s, err = s.at(now); err == nil {
				err = s.Validate() // the days by the clock may pass those that are written
			}
		}
		if err != nil {
			return nil, err
		}
		suites[i] = s.settled().completed()
	}
	plan, err := newPlan(ctx, engine, now, suites)
	if err == nil && plan.settle(ctx, engine) {
		return newPlan(ctx, engine, now, suites)
	}
	return plan, err
}

func newPlan(ctx context.Context, engine Engine, now time.Time, suites []Suite) (*Plan, error) {
	p := &planner{engine: engine, now: now, tables: map[string]TableInfo{}, pools: map[string]*pool{}}
	err := p.look(ctx, suites)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Now: now, engine: engine.Name()}
	for _, s := range suites {
		planned := plannedSuite{suite: s}
		ids := s.ids()
		for i, r := range s.Rules {
			planned.rules = append(planned.rules, plannedRule{rule: r, id: ids[i]})
			planned.rules[i].err = p.guarded(func() error { return p.resolve(s, &planned.rules[i]) })
		}
		plan.suites = append(plan.suites, planned)
	}
	if err := p.lookFurther(ctx, plan.suites); err != nil {
		return nil, err
	}
	p.united = unite(plan.suites)
	for i := range plan.suites {
		planned := &plan.suites[i]
		for j := range planned.rules {
			if r := &planned.rules[j]; r.err == nil {
				r.err = p.guarded(func() error { return p.measureAll(ctx, r) })
			}
		}
		planned.filter = p.filter(ctx, planned.rules)
		if ctx.Err() != nil {
			return nil, Ended(ctx, p.last)
		}
	}
	if plan.Statements, plan.held, err = p.statements(ctx); err != nil {
		return nil, err
	}
	for i, s := range plan.suites {
		plan.suites[i].statements = serve(plan.Statements, s)
	}
	return plan, nil
}

// planner pools the folds of all rules.
type planner struct {
	engine Engine
	now    time.Time
	tables map[string]TableInfo // those that suites and relations read
	pools  map[string]*pool     // by relation
	order  []*pool
	united united
	last   error // why a table was not had before the context ended
}

// filter asks for the rows of a suite's dates by its own where, nil where it has
// none or nothing can be measured.
func (p *planner) filter(ctx context.Context, rules []plannedRule) *asked {
	for _, r := range rules {
		if r.err != nil || !r.readsTable() || r.scope.filter.IsZero() {
			continue
		}
		whole := Request{Metric: tallied(r.scope.filter, r.scope.Schema), Rows: or(r.scope.days, expr.Lit(true)), Where: expr.Lit(true), By: []string{}}
		if out, err := p.request(ctx, r.scope, whole); err == nil {
			return out
		}
	}
	return nil
}

// guarded keeps what a check of somebody's own panics of with its rule.
func (p *planner) guarded(do func() error) error { return Guard("the check panicked", do) }

// resolve asks the check what it needs over all rows of its scope, and over those
// that are due.
func (p *planner) resolve(suite Suite, r *plannedRule) (err error) {
	if r.rule.Describe().LooksAtNoRows {
		return p.requests(suite, r)
	}
	if err := p.resolveWaived(suite, r); err != nil || r.late.all(suite) || r.late.none(suite) {
		return err
	}
	due := suite
	due.To = r.late.last
	r.due = &plannedRule{rule: r.rule, id: r.id}
	return p.resolveWaived(due, r.due)
}

// resolveWaived asks the check what it needs over all keys, and over those that are
// not waived.
func (p *planner) resolveWaived(suite Suite, r *plannedRule) error {
	if err := p.requests(suite, r); err != nil {
		return err
	}
	waived, err := waivedKeys(r.rule, p.tables[suite.Table].Schema)
	if err != nil || waived.IsZero() {
		return err
	}
	suite.Where = expr.AllOf(suite.Where, waived.IsNotTrue())
	r.rest = &plannedRule{rule: r.rule, id: r.id, except: waived}
	return p.requests(suite, r.rest)
}

// measureAll pools what the rule and its variants need.
func (p *planner) measureAll(ctx context.Context, r *plannedRule) (err error) {
	if err := p.measure(ctx, r); err != nil || r.population == nil {
		return err
	}
	for _, v := range r.variants() {
		if err := p.measure(ctx, v); err != nil {
			return err
		}
	}
	for _, v := range append(r.variants(), r) {
		if err := p.trace(ctx, v.suite, v); err != nil {
			return err
		}
	}
	if r.calendar, err = p.calendar(ctx, r.suite, r); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	if r.calendar != nil {
		r.asked = append(r.asked, r.calendar.due, r.calendar.span)
	}
	return nil
}

// requests asks the check what it needs; whatever is wrong stays with the rule.
func (p *planner) requests(suite Suite, r *plannedRule) (err error) {
	own := p.tables[suite.Table]
	if own.Err != nil {
		return own.Err
	}
	own.Schema = allowing(own.Schema, r.rule.Check)
	r.suite = suite
	if r.rule.Describe().LooksAtNoRows { // what the suite says of rows may fit the table or not
		r.scope, err = tableScope(suite, own, p.now)
		return err
	}
	if r.scope, err = p.scope(suite, own, r); err != nil {
		return err
	}
	s := &r.scope
	if r.late, err = lateOf(suite, r.rule, p.now); err != nil {
		return err
	}
	if r.late != nil {
		s.dueUntil = r.late.last
	}
	s.Where, s.By, s.Expect, s.NullsOK, s.Except = r.rule.Where.At(s.Now, s.Zone), r.rule.By, r.rule.Expect, r.rule.NullsOK, r.except
	s.redact = suite.table(suite.Table).Redact
	s.hidden = suite.redacted
	s.redacts = slices.ContainsFunc(suite.Tables, func(t Table) bool { return len(t.Redact) > 0 })
	s.By = spelled(s.By, s.Schema)
	for _, c := range r.rule.Computed {
		s.computed = append(s.computed, As(c.Name, c.Of.At(s.Now, s.Zone)))
	}
	if !s.Where.IsZero() {
		if _, err := s.Where.BindPredicate(s.Schema); err != nil {
			return fmt.Errorf("where: %w", err)
		}
	}
	if err := p.populate(suite, own, r); err != nil {
		return fmt.Errorf("where: %w", err)
	}
	for _, o := range others(r.rule.Check) {
		rel, err := p.other(suite, own, r, o)
		if err != nil {
			return err
		}
		zone, err := suite.zoneOf(o.Table)
		if err != nil {
			return err
		}
		s.Others = append(s.Others, OtherRows{rel, p.tables[o.Table], zone})
	}
	if e := r.rule.ExpectOf; e != nil {
		if r.expectedIn, err = p.other(suite, own, r, e.other()); err != nil {
			return fmt.Errorf("expect: %w", err)
		}
	}
	if r.requests, err = r.rule.Requests(*s); err != nil {
		return err
	}
	for _, t := range datedReads(suite, r.rule.Check, r.requests) {
		r.others = append(r.others, undatedTable{table: t.Name, date: t.Date})
	}
	return nil
}

// measure pools what the rule needs, once all of it is known to be right.
func (p *planner) measure(ctx context.Context, r *plannedRule) (err error) {
	s, requests := &r.scope, r.requests
	if r.rule.Describe().LooksAtNoRows {
		return nil
	}
	if len(requests) > 0 {
		if s.judged = requests[0].Of; !s.judged.IsZero() {
			s.judgedRows = requests[0].Rows
		}
	}
	for _, q := range append([]Request{s.Population()}, requests...) {
		if err := r.suite.printable(q.Of, q.grouping(*s)); err != nil {
			return err
		}
		a, err := p.request(ctx, *s, q)
		if err != nil {
			return err
		}
		r.asked = append(r.asked, a)
	}
	r.population = r.asked[0]
	if err := r.segments(); err != nil {
		return err
	}
	if err := p.expects(ctx, r); err != nil {
		return err
	}
	if !s.judged.IsZero() && !s.Where.IsZero() {
		if r.filter, err = p.request(ctx, *s, Request{Metric: tallied(s.Where, s.Schema), Where: expr.Lit(true), By: []string{}}); err != nil {
			return err
		}
		r.asked = append(r.asked, r.filter)
	}
	if s.undates() && r.readsTable() {
		if r.undated, err = p.request(ctx, *s, s.Undated()); err != nil {
			return err
		}
		r.asked = append(r.asked, r.undated)
	}
	if r.rule.WhereIn != nil && r.rule.Describe().JudgesZero {
		q := Request{Of: r.keysOf, Metric: Tally{expr.Lit(true)}, Rows: expr.Lit(true), Where: expr.Lit(true), By: []string{}}
		if r.keys, err = p.request(ctx, *s, q); err != nil {
			return err
		}
		r.asked = append(r.asked, r.keys)
	}
	for i, u := range r.others {
		q := Request{Of: Read(u.table), Metric: Tally{expr.Lit(true)}, Rows: expr.Col(u.date).IsNull(), By: []string{}}
		if r.others[i].asked, err = p.request(ctx, *s, q); err != nil {
			return fmt.Errorf("%s: %w", u.table, err)
		}
		r.asked = append(r.asked, r.others[i].asked)
	}
	return nil
}

// segments types what the rule lists for its group-by columns.
func (r *plannedRule) segments() (err error) {
	by := r.population.by
	r.scope.By = columnNames(by)
	if r.expected, err = segmentsOf(r.rule.Expect, by); err != nil {
		return fmt.Errorf("expect: %w", err)
	}
	if w := r.rule.Waiver; w != nil {
		if r.waived, err = segmentsOf(w.Segments, by); err != nil {
			return fmt.Errorf("waive: %w", err)
		}
	}
	return nil
}

// request resolves what a request leaves to the rule, and pools its terms.
func (p *planner) request(ctx context.Context, s Scope, q Request) (*asked, error) {
	if q.Metric == nil || len(q.Metric.Terms()) == 0 {
		return nil, fmt.Errorf("a request has no metric, or one without terms")
	}
	grouping := q.grouping(s)
	out := &asked{key: q.key(), metric: q.Metric, own: q.own(s), limit: s.maxSegments, rows: s.asks(q, grouping)}
	q = q.at(s.Now, s.Zone)
	rel, rows, where := q.Of, q.Rows, q.Where
	if rel.IsZero() {
		rel, rows, where = s.Relation, or(rows, s.Rows), or(where, s.Where)
	}
	rel = p.united.over(rel)
	pool := p.pool(rel)
	terms := q.terms(s.Now, s.Zone)
	wanted := slices.Concat(rows.Columns(), where.Columns())
	for _, c := range grouping {
		wanted = append(wanted, c.Of.Columns()...)
	}
	for _, t := range terms {
		wanted = append(wanted, t.Columns()...)
	}
	schema := s.Schema
	var err error
	switch table := rel.Table(); table {
	case "":
		bound, err := p.binder(ctx).bind(rel, union(nil, wanted))
		if err != nil {
			return nil, err
		}
		schema = bound.schema
	case s.Relation.Table(): // A table tells of all of its columns, so that a misspelt one is told well.
	default:
		if schema, err = p.table(ctx, table); err != nil {
			return nil, err
		}
	}
	if rel.Table() != "" {
		schema = located(schema, wanted)
	}
	if out.by, err = resolveGrouping(schema, grouping); err != nil {
		return nil, fmt.Errorf("by: %w", err)
	}
	if rows, err = filter(rows, schema); err != nil {
		return nil, err
	}
	if where, err = filter(where, schema); err != nil {
		return nil, fmt.Errorf("where: %w", err)
	}
	for _, t := range terms {
		bound, err := t.bind(schema)
		if err != nil {
			return nil, err
		}
		fold := newFold(rel, bound, rows, where, out.by)
		fold.MaxSegments = s.maxSegments
		out.folds = append(out.folds, pool.fold(fold))
		out.hidden = append(out.hidden, s.shows(q.Of, bound))
		pool.wanted = union(pool.wanted, fold.Columns())
	}
	return out, nil
}
