package quality

import (
	"slices"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Plan is the statements that measure everything the checks of some suites need:
// terms pooled by relation and class, each measured once.
type Plan struct {
	Statements []*Statement
	// Now is the clock of the run.
	Now time.Time

	engine string
	suites []plannedSuite
	held   []*Statement // that others measure with their own
}

// apart is a plan for the statements whose figures were held by one that failed: they
// have done nothing wrong. Nil is none.
func (p *Plan) apart(ms *Measurements) *Plan {
	out := &Plan{Now: p.Now, engine: p.engine}
	for _, st := range p.held {
		if slices.ContainsFunc(st.Folds, func(f *Fold) bool { return ms.result(f).err != nil }) {
			out.Statements = append(out.Statements, st)
		}
	}
	if len(out.Statements) == 0 {
		return nil
	}
	return out
}

// Statement is what one query measures.
type Statement struct {
	Class    Class
	Relation Relation
	// Schema is the relation's, that the folds were resolved against.
	Schema expr.Schema
	// Columns are those read, in the order of the relation's schema.
	Columns []string
	Folds   []*Fold
	// Suites are the names of those that it measures something for.
	Suites []string
	// MaxBytes refuses the statement if it would be billed for more: the least that
	// one of its suites says, 0 for no limit.
	MaxBytes int64
	// Labels are those of its suites, for the jobs of engines that have any.
	Labels map[string]string
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

// Whole is another table that a check reads whole though its suite has dates; of a
// calendar, which tells by its rows which days it knows of, the ID is "".
type Whole struct{ Suite, ID, Table string }

// Whole lists the tables that are read whole because nothing pairs their dates with
// those of the suite.
func (p *Plan) Whole() []Whole {
	var out []Whole
	for _, s := range p.suites {
		if c := s.suite.Calendar; c != nil && !c.covered() {
			out = append(out, Whole{Suite: s.suite.label(), Table: c.Table})
		}
		for _, r := range s.rules {
			for _, table := range r.whole {
				out = append(out, Whole{s.suite.label(), r.id, table})
			}
		}
	}
	return out
}

// plannedSuite is a suite with its rules resolved against its table.
type plannedSuite struct {
	suite Suite
	rules []plannedRule
	// filter counts the rows of the suite's dates by its where; nil without one,
	// or where nothing can be measured.
	filter *asked
	// statements are those that serve the suite.
	statements []*Statement
}

// plannedRule is a rule with what must be measured for it, or the reason why it
// cannot be.
type plannedRule struct {
	rule Rule
	id   string
	err  error

	scope      Scope
	expected   []Segment
	expectedIn Relation // rows that say which more are expected
	expecting  *asked   // for them; nil where there are none
	waived     []Segment
	filter     *asked // counts by the rule's where, of the table; nil without one
	population *asked
	undated    *asked // rows of the table; nil without a date column
	others     []undatedTable
	keysOf     Relation // rows of the table that WhereIn names
	keys       *asked   // how many there are; nil where nothing hangs on it
	whole      []string // other tables that the suite's dates do not bound
	asked      []*asked // everything, population and undated included
	requests   []Request
	traced     []traced // rows at fault
	selected   []selected

	suite    Suite // whose scope it is
	late     *late // which rows are not due yet; nil without a due time
	calendar *plannedCalendar
	// due is the rule over the rows that are due, nil where that is all or none of
	// them.
	due *plannedRule
	// rest is the rule over the rows of all keys but those that are waived, nil where
	// none is.
	rest *plannedRule
	// except is TRUE for the rows of the keys that are left out, zero of none.
	except expr.Expr
}

// variants are the rule over fewer rows.
func (r *plannedRule) variants() []*plannedRule {
	var out []*plannedRule
	for _, v := range []*plannedRule{r.due, r.rest} {
		if v != nil {
			out = append(out, v)
			out = append(out, v.variants()...)
		}
	}
	return out
}

// asked is a request that was resolved: a fold for each term of its metric, all
// over the same rows.
type asked struct {
	key    string // of the request
	metric Metric
	folds  []*Fold
	own    bool // over the rows and segments that are judged
	by     []Column
	limit  int64 // on the segments: folds can be shared with a suite that has a higher one

	rows   string // which they are, see [TermValue]
	hidden []bool // of each fold: its value can show what nothing may print
}

// readsTable reports whether the rule looks at rows of the suite's own table.
func (r plannedRule) readsTable() bool {
	own := r.suite.Table
	reads := func(q Request) bool { return q.Of.IsZero() || slices.Contains(q.Of.Tables(), own) }
	return r.population != nil && (len(r.requests) == 0 || slices.ContainsFunc(r.requests, reads))
}

func (r plannedRule) folds() []*Fold {
	var out []*Fold
	if r.err == nil {
		for _, v := range append([]*plannedRule{&r}, r.variants()...) {
			for _, a := range v.asked {
				out = append(out, a.folds...)
			}
			for _, t := range v.traced {
				out = append(out, t.asked.folds...)
			}
		}
	}
	return out
}

// columnsOf are those that a statement reads, in the order of the schema.
func columnsOf(s *Statement) []string {
	read := map[string]bool{}
	for _, f := range s.Folds {
		for _, c := range f.Columns() {
			read[c] = true
		}
	}
	var out []string
	for _, f := range s.Schema {
		if read[f.Name] && f.Name != PositionColumn {
			out = append(out, f.Name)
		}
	}
	return out
}

// serve notes a suite that the statement measures something for.
func (s *Statement) serve(of Suite) {
	s.Suites = append(s.Suites, of.label())
	if of.MaxBytes > 0 && (s.MaxBytes == 0 || of.MaxBytes < s.MaxBytes) {
		s.MaxBytes = of.MaxBytes
	}
	for name, value := range of.Labels {
		if s.Labels == nil {
			s.Labels = map[string]string{}
		}
		if _, taken := s.Labels[name]; !taken {
			s.Labels[name] = value
		}
	}
}

// serve notes the statements that measure something for a suite.
func serve(statements []*Statement, s plannedSuite) []*Statement {
	wanted := map[*Fold]bool{}
	want := func(folds []*Fold) {
		for _, f := range folds {
			if wanted[f] = f.held == nil; f.held != nil {
				wanted[f.held.rows], wanted[f.held.value] = true, true
			}
		}
	}
	if s.filter != nil {
		want(s.filter.folds)
	}
	for _, r := range s.rules {
		want(r.folds())
	}
	var out []*Statement
	for _, st := range statements {
		if slices.ContainsFunc(st.Folds, func(f *Fold) bool { return wanted[f] }) {
			st.serve(s.suite)
			out = append(out, st)
		}
	}
	return out
}
