package mutation

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/intactdata/intact/harness/internal/shape"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
)

// Options say how suites are tested.
type Options struct {
	// Read reads a check as the suite would have it, were it written there.
	Read func(text string) (quality.Rule, error)
	// Now is the clock that suites are judged at.
	Now time.Time
	// Seed decides which rows, segments and dates are broken.
	Seed uint64
	// Segments is in how many segments of a grouping the table is broken.
	Segments int
	// Faults are kinds of fault that tables are broken by; none is all of Kinds.
	Faults []string
	// Tried is told, from several goroutines, that one more of all faults has been tried;
	// nil is nobody.
	Tried func(all int)
	// Strict: a check that warns has caught what it warns of.
	Strict bool
}

// Outcome is what became of a fault.
type Outcome string

// The outcomes.
const (
	Caught Outcome = "caught"
	Missed Outcome = "missed"
	// Unseen: the suite misses it, and no check of the table alone was found that
	// passes on the table as it is and sees it.
	Unseen Outcome = "unseen"
	// Idle: it would change nothing.
	Idle Outcome = "does not apply"
)

// Trial is a fault and what became of it.
type Trial struct {
	// Kind is one of Kinds, and Group what it is told together with: null points.
	Kind, Group string
	Fault       faults.Fault
	Rows        int64 // that are lost, there once more, or not as they were
	Outcome     Outcome
	// By are the checks that caught it.
	By []string
	// Check is the one of Result.Checks that would catch it, -1 for none.
	Check int
	// Why says why it does not apply or is not to be seen.
	Why string
}

// Result is what a suite came to.
type Result struct {
	Suite, Table string
	Rows         int
	Seed         uint64
	// Unfit is the report on the table as it is, where that does not pass: then nothing
	// was tried. Otherwise it is nil.
	Unfit  *quality.Report
	Trials []Trial
	// Checks are those that would catch what is missed, as entries of checks: in the
	// suite. Each passes on the table as it is, and not on the broken one.
	Checks []string
}

// Count is how many faults had an outcome.
func (r *Result) Count(o Outcome) int64 {
	n := int64(0)
	for _, t := range r.Trials {
		if t.Outcome == o {
			n++
		}
	}
	return n
}

// Hold reads all rows of tables into memory, once for all suites. What cannot be read
// stays as it is: its error makes unknown what needs it.
func Hold(ctx context.Context, sources map[string]expr.Source) map[string]expr.Source {
	out := maps.Clone(sources)
	for name, src := range sources {
		if held, err := faults.Hold(ctx, src); err == nil {
			out[name] = held
		}
	}
	return out
}

// Run tests a suite on the rows of its table, and those of others that it reads, as Hold
// has them.
func Run(ctx context.Context, o Options, suite quality.Suite, held map[string]expr.Source) (*Result, error) {
	b := newBench(ctx, o, suite, held)
	if _, ok := held[suite.Table]; !ok {
		return nil, fmt.Errorf("there are no rows for table %s: name local files as source in the suite or with --data TABLE=PATH", suite.Table)
	}
	clean, err := b.run(ctx, held[suite.Table], suite.Rules)
	if err != nil {
		return nil, err
	}
	out := &Result{Suite: suite.Name, Table: suite.Table, Seed: o.Seed}
	if clean.Verdict.Blocks() || o.Strict && clean.Verdict == quality.Warn {
		out.Unfit = clean
		return out, nil
	}
	if b.table == nil {
		_, err := faults.Hold(ctx, held[suite.Table])
		return nil, fmt.Errorf("table %s: its rows cannot be held in memory: %w", suite.Table, err)
	}
	out.Rows = b.table.Rows()
	b.suite.Rules = slices.Clone(suite.Rules)
	for i, c := range clean.Suites[0].Checks {
		b.suite.Rules[i].ID = c.ID // its own also where it is run alone
	}
	if err := b.look(ctx); err != nil {
		return nil, err
	}
	if out.Trials, err = b.tryAll(ctx, b.catalogue()); err != nil {
		return nil, err
	}
	for _, p := range b.proposals {
		out.Checks = append(out.Checks, p.text)
	}
	return out, nil
}

// bench is a suite that is tested.
type bench struct {
	Options
	suite     quality.Suite
	sources   map[string]expr.Source // of all tables, as Hold has them
	table     *faults.Table          // the suite's
	others    []string               // the other tables, in order
	schemas   map[string]expr.Schema // of those
	scope     quality.Scope
	reads     []map[string]bool // the columns that each rule reads
	groupings []grouping
	days      []expr.Expr // some dates, each as a predicate
	shapes    map[string]*shape.Shape
	key       *[]string // a key that was found, empty for none
	proposals []proposal
}

func newBench(ctx context.Context, o Options, suite quality.Suite, held map[string]expr.Source) *bench {
	none := 0
	suite.RowsAtFault, suite.Explain = &none, false
	b := &bench{Options: o, suite: suite, sources: held, schemas: map[string]expr.Schema{}}
	for _, name := range slices.Sorted(maps.Keys(held)) {
		table, ok := held[name].(*faults.Table)
		switch {
		case !ok:
		case name == suite.Table:
			b.table = table
		default:
			b.others = append(b.others, name)
			b.schemas[name], _ = table.Schema(ctx) // of rows that are held there is one
		}
	}
	return b
}

// run judges rules on a table.
func (b *bench) run(ctx context.Context, table expr.Source, rules []quality.Rule) (*quality.Report, error) {
	s := b.suite
	s.Rules = rules
	return quality.Run(ctx, b.engine(table), b.Now, s)
}

func (b *bench) engine(table expr.Source) *rows.Engine {
	sources := maps.Clone(b.sources)
	sources[b.suite.Table] = table
	return rows.NewEngine(sources)
}
