package quality

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Plan is the statements that measure everything the checks of some suites need:
// metrics pooled by relation and class, each measured once.
type Plan struct {
	Statements []*Statement

	suites []plannedSuite
}

// Statement is what one query measures.
type Statement struct {
	Class    Class
	Relation Relation
	// Schema is the relation's, that the requests were resolved against.
	Schema expr.Schema
	// Columns are those read, in the order of the relation's schema.
	Columns  []string
	Requests []*Request
	// Suites are the names of those that it measures something for.
	Suites []string
}

// Unresolved is a check that nothing can be measured for, and why.
type Unresolved struct {
	Suite, ID string
	Err       error
}

// Unresolved lists the checks that the plan's statements leave out: their
// verdict is unknown whatever is measured.
func (p *Plan) Unresolved() []Unresolved {
	var out []Unresolved
	for _, s := range p.suites {
		for _, r := range s.rules {
			if r.err != nil {
				out = append(out, Unresolved{s.suite.label(), r.id, r.err})
			}
		}
	}
	return out
}

// Request is one metric over some rows of a relation, for each segment. All its
// expressions are bound.
type Request struct {
	Relation Relation
	Metric   Metric
	// Rows and Where must both be TRUE for a row to be measured; zero is all rows.
	Rows, Where expr.Expr
	By          []string

	key string
}

// Key is a text that equal requests, and only those, have in common.
func (r *Request) Key() string { return r.key }

func newRequest(rel Relation, m Metric, rows, where expr.Expr, by []string) *Request {
	names := make([]string, len(by))
	for i, c := range by {
		names[i] = expr.QuoteName(c)
	}
	key := strings.Join([]string{rel.Key(), m.Key(), "rows " + rows.String(), "where " + where.String(), "by " + strings.Join(names, ", ")}, "\n")
	return &Request{Relation: rel, Metric: m, Rows: rows, Where: where, By: by, key: key}
}

// Columns are those that the request reads, each once.
func (r *Request) Columns() []string {
	out := slices.Concat(r.Metric.Columns(), r.Rows.Columns(), r.Where.Columns(), r.By)
	slices.Sort(out)
	return slices.Compact(out)
}

// plannedSuite is a suite with its rules resolved against its table.
type plannedSuite struct {
	suite Suite
	rules []plannedRule
	// filter counts the rows of the suite's dates by its where; zero without one,
	// or where nothing can be measured.
	filter filterRequest
	// statements are those that serve the suite.
	statements []*Statement
}

// plannedRule is a rule with what must be measured for it, or the reason why it
// cannot be.
type plannedRule struct {
	rule Rule
	id   string
	err  error

	base       Scope     // of the suite's table
	scope      Scope     // of the rows that are judged: base, or derived from it
	where      expr.Expr // bound
	expected   []Segment
	waived     []Segment
	population filterRequest
	undated    *Request            // rows of the table; nil without a date column
	metrics    map[string]*Request // by the key of the metric that the check asked for
}

func (r plannedRule) requests() []*Request {
	if r.err != nil {
		return nil
	}
	out := r.population.requests()
	if r.undated != nil {
		out = append(out, r.undated)
	}
	for _, m := range r.metrics {
		out = append(out, m)
	}
	return out
}

// NewPlan resolves the suites against the tables that the engine knows, before
// anything is measured. The error is a mistake in a suite; a table or column
// that is not there makes the checks that need it unknown, and no others.
func NewPlan(ctx context.Context, engine Engine, suites ...Suite) (*Plan, error) {
	if len(suites) == 0 {
		return nil, fmt.Errorf("there is no suite, and nothing to judge is never a pass")
	}
	for _, s := range suites {
		if err := s.Validate(); err != nil {
			return nil, err
		}
	}
	p := &planner{engine: engine, schemas: map[string]schemaResult{}, pool: map[string]*Request{}}
	plan := &Plan{}
	for _, s := range suites {
		planned := plannedSuite{suite: s}
		ids := s.ids()
		for i, r := range s.Rules {
			rule := p.guarded(ctx, s, r)
			rule.id = ids[i]
			planned.rules = append(planned.rules, rule)
			if base := rule.base; rule.err == nil && !base.filter.IsZero() {
				planned.filter = p.filter(base.Relation, base.filter, base.days, nil)
			}
		}
		if ctx.Err() != nil {
			return nil, Ended(ctx, p.last)
		}
		plan.suites = append(plan.suites, planned)
	}
	plan.Statements = p.statements()
	for i, s := range plan.suites {
		plan.suites[i].statements = serve(plan.Statements, s)
	}
	return plan, nil
}

// planner pools the requests of all rules.
type planner struct {
	engine  Engine
	schemas map[string]schemaResult
	pool    map[string]*Request
	order   []*Request
	last    error // why a schema was not had before the context ended
}

type schemaResult struct {
	schema expr.Schema
	err    error
}

func (p *planner) schema(ctx context.Context, rel Relation) (expr.Schema, error) {
	got, ok := p.schemas[rel.Key()]
	if !ok {
		got.schema, got.err = p.engine.Schema(ctx, rel)
		if got.err == nil && len(got.schema) == 0 {
			got.err = fmt.Errorf("%s has no columns", rel)
		}
		if ctx.Err() != nil && p.last == nil {
			p.last = got.err
		}
		p.schemas[rel.Key()] = got
	}
	return got.schema, got.err
}

func (p *planner) request(rel Relation, m Metric, rows, where expr.Expr, by []string) *Request {
	r := newRequest(rel, m, rows, where, by)
	if known, ok := p.pool[r.key]; ok {
		return known
	}
	p.pool[r.key] = r
	p.order = append(p.order, r)
	return r
}

// guarded is rule; what a check of somebody's own panics of stays with it, too.
func (p *planner) guarded(ctx context.Context, s Suite, r Rule) (out plannedRule) {
	if err := Guard("the check panicked", func() error { out = p.rule(ctx, s, r); return nil }); err != nil {
		return plannedRule{rule: r, err: err}
	}
	return out
}

// rule resolves one rule; whatever is wrong stays with it.
func (p *planner) rule(ctx context.Context, s Suite, r Rule) plannedRule {
	out := plannedRule{rule: r, metrics: map[string]*Request{}}
	rel := Table(s.Table)
	schema, err := p.schema(ctx, rel)
	if err != nil {
		out.err = err
		return out
	}
	if out.base, out.err = scopeOf(s, rel, schema); out.err != nil {
		return out
	}
	out.scope = out.base
	if d, ok := r.Check.(Deriver); ok {
		if out.scope, out.err = p.derive(ctx, d, out.base); out.err != nil {
			return out
		}
	}
	if out.err = p.resolve(&out); out.err != nil {
		return out
	}
	return p.measure(out)
}

// derive moves the scope to the rows that the check makes of it.
func (p *planner) derive(ctx context.Context, d Deriver, from Scope) (Scope, error) {
	rel, err := d.Derive(from)
	if err != nil {
		return Scope{}, err
	}
	schema, err := p.schema(ctx, rel)
	return Scope{Relation: rel, Schema: schema}, err
}

// resolve binds what any rule can have.
func (p *planner) resolve(r *plannedRule) (err error) {
	s := &r.scope
	s.NullsOK = r.rule.NullsOK
	if s.Where = r.rule.Where; !s.Where.IsZero() {
		if r.where, err = s.Where.BindPredicate(s.Schema); err != nil {
			return fmt.Errorf("where: %w", err)
		}
	}
	if s.By, err = resolveColumns(s.Schema, r.rule.By); err != nil {
		return fmt.Errorf("by: %w", err)
	}
	if r.expected, err = segmentsOf(r.rule.Expect, s.By, s.Schema); err != nil {
		return fmt.Errorf("expect: %w", err)
	}
	if w := r.rule.Waiver; w != nil {
		if r.waived, err = segmentsOf(w.Segments, s.By, s.Schema); err != nil {
			return fmt.Errorf("waive: %w", err)
		}
	}
	return nil
}

// measure asks for what the rule needs, once all of it is known to be right.
func (p *planner) measure(r plannedRule) plannedRule {
	s := r.scope
	metrics, err := r.rule.Metrics(s)
	if err != nil {
		r.err = err
		return r
	}
	bound := make([]Metric, len(metrics))
	for i, m := range metrics {
		if bound[i], r.err = m.bind(s.Schema); r.err != nil {
			return r
		}
	}
	r.population = p.filter(s.Relation, r.where, s.Rows, s.By)
	if r.base.Date != "" {
		undated, err := expr.Col(r.base.Date).IsNull().Bind(r.base.Schema)
		if err != nil {
			r.err = err
			return r
		}
		r.undated = p.request(r.base.Relation, Tally{expr.Lit(true)}, expr.AllOf(undated, r.base.filter), expr.Expr{}, nil)
	}
	for i, m := range metrics {
		r.metrics[m.Key()] = p.request(s.Relation, bound[i], s.Rows, r.where, s.By)
	}
	return r
}

// statements groups the requests: one fold statement for a relation, one keyed
// statement for each of its key sets.
func (p *planner) statements() []*Statement {
	var out []*Statement
	at := map[string]*Statement{}
	for _, r := range p.order {
		class := r.Metric.Class()
		key := r.Relation.Key() + "\n" + class.String()
		if class == Keyed {
			key += "\n" + r.Metric.Key()
		}
		s, ok := at[key]
		if !ok {
			s = &Statement{Class: class, Relation: r.Relation, Schema: p.schemas[r.Relation.Key()].schema}
			at[key] = s
			out = append(out, s)
		}
		s.Requests = append(s.Requests, r)
	}
	for _, s := range out {
		s.Columns = columnsOf(s)
	}
	return out
}

// columnsOf are those that a statement reads, in the order of the schema.
func columnsOf(s *Statement) []string {
	read := map[string]bool{}
	for _, r := range s.Requests {
		for _, c := range r.Columns() {
			read[c] = true
		}
	}
	var out []string
	for _, f := range s.Schema {
		if read[f.Name] {
			out = append(out, f.Name)
		}
	}
	return out
}

// serve notes the statements that measure something for a suite.
func serve(statements []*Statement, s plannedSuite) []*Statement {
	wanted := map[*Request]bool{}
	for _, q := range s.filter.requests() {
		wanted[q] = true
	}
	for _, r := range s.rules {
		for _, q := range r.requests() {
			wanted[q] = true
		}
	}
	var out []*Statement
	for _, st := range statements {
		if slices.ContainsFunc(st.Requests, func(r *Request) bool { return wanted[r] }) {
			st.Suites = append(st.Suites, s.suite.label())
			out = append(out, st)
		}
	}
	return out
}
